"""What was said is not said again, whatever the database is doing."""

from __future__ import annotations

import pytest

from channels.wechat.api.parts import OpenId
from channels.wechat.late import LEASE, NOT_YET, Owed
from channels.wechat.promises import Promises
from service_hall.shared.errors import OutOfReach
from service_hall.shared.ids import MessageId
from tests.fake_late_answers import FakeLateAnswers
from tests.fakes import FixedClock

LI, ONE, OTHER = OpenId("openid-of-li"), MessageId("m_1"), MessageId("m_2")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def late() -> FakeLateAnswers:
    return FakeLateAnswers()


@pytest.fixture
def promises(late: FakeLateAnswers, clock: FixedClock) -> Promises:
    return Promises(late, clock)


async def test_what_is_sought_is_due_once_nobody_can_be_seeking_it(promises: Promises, clock: FixedClock) -> None:
    await promises.make(LI, ONE)
    assert promises.owing() == [] and promises.due(LI) == []
    clock.at += LEASE
    assert promises.owing() == [LI] and promises.due(LI) == [Owed(ONE, NOT_YET)]


async def test_what_was_said_while_the_database_was_away_is_not_due(
    promises: Promises, late: FakeLateAnswers, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OutOfReach

    await promises.make(LI, ONE)
    await promises.make(LI, OTHER)
    with monkeypatch.context() as outage:
        outage.setattr(late, "said", away)
        await promises.settle(ONE)
    clock.at += LEASE
    assert promises.due(LI) == [Owed(OTHER, NOT_YET)]
    assert list(late.kept) == [OTHER]


async def test_what_cannot_be_kept_holds_up_nothing(
    promises: Promises, late: FakeLateAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OutOfReach

    monkeypatch.setattr(late, "keep", away)
    await promises.make(LI, ONE)
    assert promises.due(LI) == []

"""One suite for every implementation of `channels.wechat.late`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from channels.wechat.api.parts import OpenId
from channels.wechat.late import LEASE, NOT_YET, LateAnswers, Owed
from server.storage.engine import open_database
from server.storage.wechat_late import LateAnswerStore
from service_hall.shared.ids import MessageId
from tests.contract.conftest import DATABASES, MakeDatabase
from tests.contract.sample_visits import NINE
from tests.fake_late_answers import FakeLateAnswers

LI, WANG = OpenId("openid-of-li"), OpenId("openid-of-wang")
ONE, OTHER = Owed(MessageId("m_1")), Owed(MessageId("m_2"), 40)
A_SECOND = timedelta(seconds=1)


@pytest.fixture(params=["fake", *DATABASES])
def late(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[LateAnswers]:
    if request.param == "fake":
        yield FakeLateAnswers()
        return
    engine = open_database(make_database(request.param))
    yield LateAnswerStore(engine)
    engine.dispose()


def test_what_was_kept_is_said_once_the_oldest_first(late: LateAnswers) -> None:
    late.keep(LI, OTHER, NINE)
    late.keep(LI, ONE, NINE + A_SECOND)
    assert late.take(LI, NINE + 2 * A_SECOND) == [OTHER, ONE]
    assert list(late.take(LI, NINE + 3 * A_SECOND)) == []


def test_it_is_hers_alone(late: LateAnswers) -> None:
    late.keep(LI, ONE, NINE)
    assert list(late.take(WANG, NINE)) == []
    assert late.take(LI, NINE) == [ONE]


def test_what_somebody_is_saying_is_said_by_nobody_else_until_it_is_clear_that_it_was_not(late: LateAnswers) -> None:
    late.keep(LI, ONE, NINE, NINE + LEASE)
    assert list(late.take(LI, NINE + LEASE - A_SECOND)) == []
    assert late.take(LI, NINE + LEASE) == [ONE]
    assert late.take(LI, NINE + 2 * LEASE) == [ONE], "whoever took it has died"


def test_it_is_known_who_waits_for_something_the_longest_wait_in_front(late: LateAnswers) -> None:
    assert list(late.owing(NINE)) == []
    late.keep(WANG, ONE, NINE, NINE + LEASE)
    late.keep(LI, OTHER, NINE + A_SECOND)
    late.keep(LI, Owed(MessageId("m_3"), NOT_YET), NINE + A_SECOND)
    assert list(late.owing(NINE + A_SECOND)) == [LI]
    assert list(late.owing(NINE + LEASE)) == [WANG, LI]
    assert late.take(WANG, NINE + LEASE) == [ONE]
    assert list(late.owing(NINE + LEASE)) == [LI]


def test_what_was_said_is_gone(late: LateAnswers) -> None:
    late.keep(LI, ONE, NINE)
    late.said(ONE.message_id)
    assert list(late.take(LI, NINE)) == []


def test_it_goes_on_where_it_stopped(late: LateAnswers) -> None:
    late.keep(LI, ONE, NINE, NINE + LEASE)
    late.keep(LI, Owed(ONE.message_id, 100), NINE + A_SECOND)
    assert late.take(LI, NINE + A_SECOND) == [Owed(ONE.message_id, 100)]


def test_what_is_old_is_forgotten(late: LateAnswers) -> None:
    late.keep(LI, ONE, NINE)
    assert late.forget(NINE) == 0 and late.forget(NINE + A_SECOND) == 1
    assert list(late.take(LI, NINE)) == []


def test_of_many_who_ask_at_once_one_says_it(late: LateAnswers) -> None:
    late.keep(LI, ONE, NINE)
    together = threading.Barrier(4)

    def take(_: int) -> int:
        together.wait()
        return len(late.take(LI, NINE))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(4))) == 1

"""One suite for every implementation: who waits for which answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from server.storage.awaited_store import AwaitedStore
from server.storage.conversation_store import ConversationStore
from server.storage.engine import open_database
from server.storage.forgotten_store import ForgottenVisitors
from service_hall.reminders.awaited import MOST_OPEN, AwaitedInMemory, AwaitedRecords, new_awaited
from service_hall.shared.errors import VisitorForgotten
from service_hall.shared.ids import VisitorId
from tests.contract.conftest import MakeDatabase
from tests.contract.crowds import at_once
from tests.contract.sample_visits import NINE

HER, OTHER = VisitorId("v-her"), VisitorId("v-other")
ASKED = "养蚕要办什么"


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def awaited(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[AwaitedRecords]:
    if request.param == "memory":
        yield AwaitedInMemory()
        return
    engine = open_database(make_database(request.param))
    yield AwaitedStore(engine)
    engine.dispose()


def test_it_is_kept_and_told_once(awaited: AwaitedRecords) -> None:
    wanted = new_awaited(HER, ASKED, None, NINE)
    assert awaited.keep(wanted) and list(awaited.open_ones()) == [wanted]
    assert awaited.find(wanted.awaited_id) == wanted
    assert awaited.told(wanted.awaited_id, NINE) and not awaited.told(wanted.awaited_id, NINE)
    assert awaited.open_ones() == [] and awaited.find(wanted.awaited_id) is not None


def test_the_same_question_is_waited_for_once_and_only_so_many_at_all(awaited: AwaitedRecords) -> None:
    assert awaited.keep(new_awaited(HER, ASKED, None, NINE))
    assert not awaited.keep(new_awaited(HER, ASKED, None, NINE))
    assert awaited.keep(new_awaited(OTHER, ASKED, None, NINE))
    kept = [awaited.keep(new_awaited(HER, f"{ASKED}{number}", None, NINE)) for number in range(MOST_OPEN)]
    assert kept == [True] * (MOST_OPEN - 1) + [False]


def test_the_oldest_come_first_and_are_dropped_in_the_end(awaited: AwaitedRecords) -> None:
    for days in (3, 1, 2):
        awaited.keep(new_awaited(HER, f"{ASKED}{days}", "880101", NINE - timedelta(days=days)))
    assert [each.question[-1] for each in awaited.open_ones()] == ["3", "2", "1"]
    assert awaited.drop(NINE - timedelta(days=2)) == 1 and len(awaited.open_ones(1)) == 1


def test_of_two_nodes_one_has_told_it(database_url: str) -> None:
    store = AwaitedStore(open_database(database_url))
    wanted = new_awaited(HER, ASKED, None, NINE)
    store.keep(wanted)
    assert sorted(at_once([partial(store.told, wanted.awaited_id, NINE)] * 4)) == [False, False, False, True]


def test_who_is_forgotten_waits_for_nothing(database_url: str) -> None:
    engine = open_database(database_url)
    store, forgotten = AwaitedStore(engine), ForgottenVisitors(engine)
    store.keep(new_awaited(HER, ASKED, None, NINE))
    ConversationStore(engine).forget_conversation(HER)
    assert store.open_ones() == []
    store.keep(new_awaited(HER, ASKED, None, NINE))
    forgotten.add(HER, NINE)
    assert store.open_ones() == []
    with pytest.raises(VisitorForgotten):
        store.keep(new_awaited(HER, ASKED, None, NINE))

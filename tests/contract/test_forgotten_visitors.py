"""Nothing is written for whoever wanted to be forgotten: of records and ledger alike, in the fakes and both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from server.storage.conversation_store import ConversationStore
from server.storage.engine import Database, open_database
from server.storage.forgotten_store import ForgottenVisitors
from server.storage.visit_ledger import VisitLedger
from service_hall.conversation.context import Context
from service_hall.conversation.records import ConversationRecords
from service_hall.conversation.reply import TextReply
from service_hall.shared.errors import VisitorForgotten
from service_hall.shared.ids import VisitorId, new_visitor_id
from service_hall.visits.ledger import Ledger, Page, office_lock, visitor_lock
from tests.contract.conftest import DATABASES, MakeDatabase, OpenAgain
from tests.contract.sample_visits import NINE
from tests.contract.test_conversation_records import turn
from tests.fake_ledger import FakeLedger
from tests.fake_records import FakeRecords

GOES_ON_SECONDS = 0.2
"""How long whoever does not wait for the other one would have had."""


@dataclass
class Hall:
    records: ConversationRecords
    ledger: Ledger
    forget: Callable[[VisitorId], None]


@pytest.fixture(params=["fake", *DATABASES])
def hall(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[Hall]:
    if request.param == "fake":
        records, ledger = FakeRecords(), FakeLedger()

        def forget(visitor_id: VisitorId) -> None:
            records.forgotten_visitors.add(visitor_id)
            ledger.forgotten.add(visitor_id)

        yield Hall(records, ledger, forget)
        return
    engine = open_database(make_database(request.param))
    forgotten = ForgottenVisitors(engine)
    yield Hall(ConversationStore(engine), VisitLedger(engine), lambda visitor_id: forgotten.add(visitor_id, NINE))
    engine.dispose()


def test_neither_a_turn_nor_a_notice_is_kept_for_the_forgotten(hall: Hall) -> None:
    one, other = new_visitor_id(), new_visitor_id()
    hall.forget(one)
    with pytest.raises(VisitorForgotten):
        hall.records.record(turn(one), Context())
    with pytest.raises(VisitorForgotten):
        hall.records.push(one, TextReply(text="您好。"), NINE, once="n_1")
    hall.records.record(turn(other), Context())
    assert hall.records.conversation_of(one) == [] and hall.records.turns_of(one) == []
    assert hall.records.conversation_of(other) != []


def test_the_ledger_gives_no_lock_of_the_forgotten(hall: Hall) -> None:
    one, other = new_visitor_id(), new_visitor_id()
    hall.forget(one)
    with pytest.raises(VisitorForgotten):
        hall.ledger.write([office_lock("o"), visitor_lock(one)], lambda _: pytest.fail("it was given"))
    assert hall.ledger.write([office_lock("o"), visitor_lock(other)], lambda _: 1) == 1


def test_whoever_forgets_waits_for_what_is_in_work(engine: Database, another_node: OpenAgain) -> None:
    """What comes after that deletes it too."""
    ledger, forgotten = VisitLedger(engine), ForgottenVisitors(another_node())
    visitor_id, in_work, is_forgotten = new_visitor_id(), threading.Event(), threading.Event()

    def work(_: Page) -> bool:
        in_work.set()
        return is_forgotten.wait(GOES_ON_SECONDS)

    def forget() -> None:
        in_work.wait()
        forgotten.add(visitor_id, NINE)
        is_forgotten.set()

    with ThreadPoolExecutor(2) as pool:
        overtaken = pool.submit(ledger.write, [visitor_lock(visitor_id)], work)
        pool.submit(forget).result()
    assert not overtaken.result() and is_forgotten.is_set()


def test_of_whom_something_is_left_is_known(engine: Database) -> None:
    records, forgotten = ConversationStore(engine), ForgottenVisitors(engine)
    talked, told, other = (new_visitor_id() for _ in range(3))
    assert forgotten.still_kept() == []
    for visitor_id in (talked, other):
        records.record(turn(visitor_id), Context())
    records.push(told, TextReply(text="您好。"), NINE)
    for visitor_id in (talked, told, new_visitor_id()):
        forgotten.add(visitor_id, NINE)
    assert sorted(forgotten.still_kept()) == sorted([talked, told])

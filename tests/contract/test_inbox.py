"""One suite for every implementation of `service_hall.conversation.inbox`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from server.storage.conversation_store import ConversationStore
from server.storage.engine import open_database
from server.storage.inbox_store import InboxStore
from service_hall.conversation.context import Context
from service_hall.conversation.inbox import FORGOTTEN, LEASE, Inbox, Taken
from service_hall.conversation.message import Door
from service_hall.conversation.records import ConversationRecords
from service_hall.shared.ids import MessageId, VisitorId, new_message_id, new_visitor_id
from tests.contract.conftest import DATABASES, MakeDatabase, OpenAgain
from tests.contract.sample_visits import NINE
from tests.contract.test_conversation_records import turn
from tests.fake_records import FakeInbox, FakeRecords

KEY = "k" * 64
ONE, OTHER = MessageId("m_1"), MessageId("m_2")
A_MOMENT = timedelta(milliseconds=1)


@dataclass
class Node:
    inbox: Inbox
    records: ConversationRecords

    def take(self, message_id: MessageId = OTHER, seconds: float = 0.0, key: str = KEY) -> Taken:
        return self.inbox.take(Door.WEB, key, message_id, NINE + timedelta(seconds=seconds))

    def answer(self, message_id: MessageId = ONE, visitor_id: VisitorId | None = None) -> None:
        self.records.record(replace(turn(visitor_id or new_visitor_id()), message_id=message_id), Context())

    def others_were_answered(self) -> None:
        """Before anything else: the table is never empty."""
        for number in range(3):
            message_id = new_message_id()
            self.take(message_id, seconds=-60, key=f"of another {number}")
            self.answer(message_id)


@pytest.fixture(params=["fake", *DATABASES])
def node(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[Node]:
    if request.param == "fake":
        records = FakeRecords()
        node = Node(FakeInbox(records), records)
        node.others_were_answered()
        yield node
        return
    engine = open_database(make_database(request.param))
    node = Node(InboxStore(engine), ConversationStore(engine))
    node.others_were_answered()
    yield node
    engine.dispose()


def test_the_first_one_has_it_and_every_other_learns_by_which_id_it_is_known(node: Node) -> None:
    assert node.take(ONE) == Taken(ONE, is_ours=True)
    assert node.take() == node.take(new_message_id()) == Taken(ONE, is_ours=False)


def test_each_key_is_another_message(node: Node) -> None:
    assert node.take(ONE).is_ours and node.take(OTHER, key="l" * 64) == Taken(OTHER, is_ours=True)


def test_whoever_died_over_it_has_it_no_longer(node: Node) -> None:
    node.take(ONE)
    lease = LEASE.total_seconds()
    assert not node.take(seconds=lease - 0.001).is_ours
    assert node.take(seconds=lease) == Taken(ONE, is_ours=True)
    assert not node.take(seconds=2 * lease - 0.001).is_ours


def test_what_is_answered_is_taken_by_nobody_again(node: Node) -> None:
    node.take(ONE)
    node.answer()
    assert node.take(seconds=24 * 3600 - 1) == Taken(ONE, is_ours=False)
    assert node.records.turn(ONE) is not None and node.records.turn(OTHER) is None


def test_what_is_given_back_is_taken_by_the_next(node: Node) -> None:
    node.take(ONE)
    node.inbox.give_back(Door.WEB, KEY)
    assert node.take(OTHER) == Taken(OTHER, is_ours=True)


def test_what_is_answered_cannot_be_given_back(node: Node) -> None:
    node.take(ONE)
    node.answer()
    node.inbox.give_back(Door.WEB, KEY)
    assert not node.take().is_ours


def test_what_was_answered_together_with_another_is_known_by_that_one(node: Node) -> None:
    node.take(ONE)
    node.take(OTHER, key="l" * 64)
    node.answer(ONE)
    node.inbox.join(Door.WEB, "l" * 64, ONE)
    for seconds in (0, 2 * LEASE.total_seconds()):
        assert node.take(new_message_id(), seconds, "l" * 64) == Taken(ONE, is_ours=False)


def test_what_was_answered_by_itself_is_joined_to_nothing(node: Node) -> None:
    node.take(ONE)
    node.answer(ONE)
    node.inbox.join(Door.WEB, KEY, OTHER)
    assert node.take() == Taken(ONE, is_ours=False)


def test_what_was_answered_and_forgotten_is_neither_new_nor_free(node: Node) -> None:
    visitor_id = new_visitor_id()
    node.take(ONE)
    node.answer(ONE, visitor_id)
    node.take(OTHER, key="l" * 64)
    node.answer(OTHER)
    node.records.forget_conversation(visitor_id)
    node.inbox.give_back(Door.WEB, KEY)
    for seconds in (0, 2 * LEASE.total_seconds()):
        assert node.take(new_message_id(), seconds) == Taken(FORGOTTEN, is_ours=False)
        assert node.take(new_message_id(), seconds, "l" * 64) == Taken(OTHER, is_ours=False)


def test_what_died_is_taken_anew_though_its_visitor_was_forgotten(node: Node) -> None:
    visitor_id = new_visitor_id()
    node.take(ONE)
    node.answer(OTHER, visitor_id)
    node.records.forget_conversation(visitor_id)
    assert node.take(seconds=LEASE.total_seconds()) == Taken(ONE, is_ours=True)


def test_it_is_forgotten_when_it_is_old(node: Node) -> None:
    node.take(ONE)
    assert node.inbox.forget_taken(NINE) == 3, "those of others, a minute before"
    assert node.inbox.forget_taken(NINE + A_MOMENT) == 1
    assert node.take(OTHER) == Taken(OTHER, is_ours=True)


@pytest.mark.parametrize("seconds", [0.0, LEASE.total_seconds()])
def test_of_many_nodes_at_once_one_has_it(another_node: OpenAgain, seconds: float) -> None:
    """The first time, and when the first one has died."""
    engines = [another_node() for _ in range(3)]
    nodes = [InboxStore(engine) for engine in engines]
    Node(nodes[0], ConversationStore(engines[0])).others_were_answered()
    if seconds:
        nodes[0].take(Door.WEB, KEY, ONE, NINE)
    together = threading.Barrier(6)

    def take(number: int) -> Taken:
        together.wait()
        return nodes[number % 3].take(Door.WEB, KEY, MessageId(f"m_{number}"), NINE + timedelta(seconds=seconds))

    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(take, range(6)))
    assert [each.is_ours for each in taken].count(True) == 1
    assert len({each.message_id for each in taken}) == 1

"""What a door hands in again: the same answer, no second effect, and nothing that counts against the citizen."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from channels.switchboard import inbox as door_inbox
from channels.switchboard.lines import EarlierStillOpen, TooBusy
from channels.switchboard.receive import Receipt, Switchboard
from channels.waiting_line import WaitingLine
from service_hall.conversation.context import Context
from service_hall.conversation.inbox import LEASE, kept_key
from service_hall.conversation.message import CitizenMessage, Door
from service_hall.conversation.records import RecordedTurn
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.shared.ids import MessageId, VisitorId, new_message_id, new_visitor_id
from tests.fake_records import FakeInbox, FakeRecords
from tests.fakes import FixedClock, town_hall
from tests.stand_ins import Heard, UnderstandingRasa

QUESTION = "借书证丢了怎么补办"


class Desk:
    def __init__(self) -> None:
        self.clock = FixedClock()
        self.rasa = UnderstandingRasa(town_hall(self.clock))
        self.records = FakeRecords()
        self.inbox = FakeInbox(self.records)
        self.admitted = 0
        self.switchboard = self.node()

    def node(self, line: WaitingLine | None = None) -> Switchboard:
        """Another one, with a line of visitors of its own."""
        return Switchboard(self.rasa.hall, self.records, self.inbox, self.rasa.client(), line)

    def message(self, text: str = QUESTION, key: str = "k-1", visitor: str = "v_1") -> CitizenMessage:
        return CitizenMessage(VisitorId(visitor), self.clock(), text, key=key)

    async def say(self, text: str = QUESTION, key: str = "k-1", visitor: str = "v_1") -> Receipt:
        return await self.switchboard.receive(self.message(text, key, visitor), self.admit)

    async def admit(self) -> None:
        self.admitted += 1

    def answered_elsewhere(self, message_id: MessageId) -> None:
        said = RecordedTurn(
            message_id, VisitorId("v_1"), self.clock(), QUESTION, Outcome.DONE, (TextReply(text="那边办好了。"),), 9
        )
        self.records.record(said, Context())

    def taken_elsewhere(self) -> MessageId:
        message = self.message()
        return self.inbox.take(Door.WEB, kept_key(message), new_message_id(), self.clock()).message_id


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(door_inbox, "LOOK_SECONDS", 0)
    return Desk()


async def test_a_repeat_gets_the_first_ones_answer(desk: Desk) -> None:
    first = await desk.say()
    again = [await desk.say() for _ in range(3)]
    assert again == [first] * 3
    assert len(desk.records.turns) == len(desk.rasa.heard) == desk.admitted == 1


async def test_a_repeat_of_what_is_in_work_waits_for_it(desk: Desk) -> None:
    in_work, may_go_on = asyncio.Event(), asyncio.Event()

    async def hold(_: Heard) -> None:
        in_work.set()
        await may_go_on.wait()

    desk.rasa.before = hold
    first = asyncio.create_task(desk.say())
    await in_work.wait()
    # One comes to the same node, one to another, which has no line in common with it.
    other_node = desk.node()
    again = [
        asyncio.create_task(desk.say()),
        asyncio.create_task(other_node.receive(desk.message(), desk.admit)),
    ]
    for _ in range(5):
        await asyncio.sleep(0.01)
    assert not any(task.done() for task in again)
    may_go_on.set()
    assert [await task for task in again] == [await first] * 2
    assert len(desk.records.turns) == desk.admitted == 1


async def test_the_same_key_of_another_visitor_is_another_message(desk: Desk) -> None:
    first, other = await desk.say(), await desk.say(visitor="v_2")
    assert first.message_id != other.message_id and len(desk.records.turns) == 2


async def test_without_a_key_everything_is_new(desk: Desk) -> None:
    ids = {(await desk.say(key="")).message_id for _ in range(3)}
    assert len(ids) == 3 == desk.admitted


async def test_what_another_node_answers_meanwhile_is_told(desk: Desk) -> None:
    message_id = desk.taken_elsewhere()
    waiting = asyncio.create_task(desk.say())
    for _ in range(5):
        await asyncio.sleep(0.01)
    desk.answered_elsewhere(message_id)
    receipt = await waiting
    assert (receipt.message_id, receipt.outcome) == (message_id, Outcome.DONE)
    assert desk.rasa.heard == [] and desk.admitted == 0


async def test_what_died_in_work_is_taken_anew_under_the_same_id(desk: Desk) -> None:
    message_id = desk.taken_elsewhere()
    waiting = asyncio.create_task(desk.say())
    for _ in range(5):
        await asyncio.sleep(0.01)
    assert not waiting.done()
    desk.clock.at += LEASE
    receipt = await waiting
    assert (receipt.message_id, receipt.outcome) == (message_id, Outcome.ANSWERED)
    assert await desk.say() == receipt


async def test_while_a_repeat_waits_the_visitors_line_is_free(desk: Desk) -> None:
    desk.taken_elsewhere()
    waiting = asyncio.create_task(desk.say())
    for _ in range(5):
        await asyncio.sleep(0.01)
    assert (await asyncio.wait_for(desk.say(key="k-2"), 3)).outcome is Outcome.ANSWERED
    assert (await asyncio.wait_for(desk.say(key=""), 3)).outcome is Outcome.ANSWERED
    await asyncio.wait_for(desk.switchboard.forget(VisitorId("v_1")), 3)
    assert not waiting.done()
    desk.clock.at += LEASE
    assert (await waiting).outcome is Outcome.ANSWERED


async def test_a_repeat_of_what_was_answered_and_deleted_is_told_so_and_done_no_more(desk: Desk) -> None:
    first = await desk.say()
    await desk.switchboard.forget(VisitorId("v_1"))
    desk.clock.at += 2 * LEASE
    again = await desk.say()
    assert (again.outcome, [reply.text for reply in again.replies]) == (
        Outcome.DONE,
        [door_inbox.ANSWERED_AND_FORGOTTEN],
    )
    assert again.message_id != first.message_id
    assert len(desk.rasa.heard) == desk.admitted == 1 and desk.records.spoken == []


async def test_nobody_waits_for_ever(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_inbox, "LONGEST_WAIT_SECONDS", 0.05)
    desk.taken_elsewhere()
    with pytest.raises(EarlierStillOpen):
        await desk.say()


async def test_of_two_that_answered_the_first_one_counts(desk: Desk) -> None:
    """This node was slow, and another took it for dead."""
    message_ids: list[MessageId] = []

    async def overtaken(heard: Heard) -> None:
        message_ids.append(heard["metadata"]["message_id"])
        desk.answered_elsewhere(message_ids[0])

    desk.rasa.before = overtaken
    receipt = await desk.say()
    assert (receipt.message_id, [reply.text for reply in receipt.replies]) == (message_ids[0], ["那边办好了。"])
    assert len(desk.records.turns) == 1


async def test_what_found_no_place_is_free_for_the_next_try(desk: Desk) -> None:
    full = WaitingLine(at_once=1, longest=0, patience_s=0)
    desk.switchboard = desk.node(full)
    desk.rasa.is_up = False
    async with full.place():
        with pytest.raises(TooBusy):
            await desk.say()
    desk.rasa.is_up = True
    assert (await desk.say()).outcome is Outcome.ANSWERED


async def test_whoever_is_refused_by_the_door_may_try_again(desk: Desk) -> None:
    async def refuse() -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        await desk.switchboard.receive(desk.message(), refuse)
    assert desk.rasa.heard == []
    assert (await desk.say()).outcome is Outcome.ANSWERED


async def test_a_key_of_any_length_is_kept_as_a_digest() -> None:
    message = CitizenMessage(new_visitor_id(), FixedClock()(), "你好", key="k")
    keys = {kept_key(message), kept_key(replace(message, key="k" * 500)), kept_key(replace(message, key="\ud800"))}
    assert len(keys) == 3 and {len(key) for key in keys} == {64}


def test_no_message_waits_as_long_as_a_lease() -> None:
    from channels.switchboard.lines import CITIZEN_SECONDS

    assert timedelta(seconds=2 * CITIZEN_SECONDS) < LEASE

"""More citizens than Rasa carries: they wait in turn, the search answers the rest, and nobody is left hanging."""

from __future__ import annotations

import asyncio
import dataclasses
import threading
from collections import Counter
from collections.abc import Callable

import pytest

from channels.breaker import FAULTS_IN_A_ROW, REST_SECONDS, Breaker, State
from channels.rasa_client import RasaClient
from channels.switchboard import receive
from channels.switchboard.lines import ALONE_AT_ONCE, COME_AGAIN_SECONDS, EarlierStillOpen, TooBusy
from channels.switchboard.receive import Receipt, Switchboard
from channels.waiting_line import WaitingLine
from service_hall.conversation.context import Context
from service_hall.conversation.message import CitizenMessage
from service_hall.conversation.reply import Outcome, Reply
from service_hall.conversation.turn import Turn
from service_hall.hall import Hall
from service_hall.reception import Reception
from service_hall.shared.ids import VisitorId, new_visitor_id
from tests.fake_records import FakeInbox, FakeRecords
from tests.fakes import FixedClock, town_hall
from tests.stand_ins import FakeSeconds, Heard, UnderstandingRasa, wide_line

AT_ONCE, LONGEST = 2, 5
QUESTION = "借书证丢了怎么补办"


class Gate:
    """Rasa takes a message in, and answers when it is let go: its pace is what the test says."""

    def __init__(self) -> None:
        self._is_open = asyncio.Event()
        self.most_in_work = self._in_work = 0

    async def hold(self, _: Heard) -> None:
        self._in_work += 1
        self.most_in_work = max(self.most_in_work, self._in_work)
        await self._is_open.wait()
        self._in_work -= 1

    def open(self) -> None:
        self._is_open.set()


class SlowSearch(Reception):
    """Answers alone when it is let go."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.may_answer = threading.Event()
        self.most_in_work = self._in_work = 0
        self._lock = threading.Lock()

    def respond_alone(self, visitor_id: VisitorId, text: str, context: Context) -> Turn:
        with self._lock:
            self._in_work += 1
            self.most_in_work = max(self.most_in_work, self._in_work)
        self.may_answer.wait()
        with self._lock:
            self._in_work -= 1
        return self._hall.reception.respond_alone(visitor_id, text, context)

    def take_out_person(self, *asked: object) -> object:  # type: ignore[override]
        return self._hall.reception.take_out_person(*asked)  # type: ignore[arg-type]

    def shown_whole(self, visitor_id: VisitorId, turn: Turn) -> tuple[Reply, ...]:
        return self._hall.reception.shown_whole(visitor_id, turn)


class Desk:
    def __init__(self, line: WaitingLine | None = None, breaker: Breaker | None = None) -> None:
        self.gate, self.records = Gate(), FakeRecords()
        self.rasa = UnderstandingRasa(town_hall(), before=self.gate.hold)
        self.line = line or WaitingLine(AT_ONCE, LONGEST, patience_s=60)
        self.client: RasaClient = self.rasa.client(600_000, self.line, breaker)
        self.search = SlowSearch(town_hall())
        # Rasa's actions have a reception that keeps its pace, the same turns lie open for both.
        hall = dataclasses.replace(self.rasa.hall, reception=self.search)
        self.switchboard = Switchboard(
            hall, self.records, FakeInbox(self.records), self.client, WaitingLine(ALONE_AT_ONCE, 20, patience_s=60)
        )

    def says(self, text: str = QUESTION, visitor: VisitorId | None = None) -> asyncio.Task[Receipt]:
        said = CitizenMessage(visitor or new_visitor_id(), FixedClock()(), text, "", None)
        return asyncio.create_task(self.switchboard.receive(said))

    async def fill_rasas_line(self) -> list[asyncio.Task[Receipt]]:
        """One after the other, so that it is known who came first."""
        tasks = []
        for number in range(AT_ONCE + LONGEST):
            tasks.append(self.says(f"{QUESTION} {number}"))
            await until(lambda: self.line.in_work + self.line.waiting == len(tasks))
        assert self.line.is_full
        return tasks

    async def fill_the_line_alone(self) -> list[asyncio.Task[Receipt]]:
        alone = self.switchboard.alone
        tasks = [self.says() for _ in range(alone.at_once + alone.longest)]
        await until(lambda: alone.is_full)
        return tasks


@pytest.fixture
async def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    # The machine may be slow, and no test is about that.
    monkeypatch.setattr(receive, "CITIZEN_SECONDS", 60.0)
    return Desk()


async def until(holds: Callable[[], bool]) -> None:
    """Threads take part: pytest's time-out bounds it."""
    while not holds():
        await asyncio.sleep(0)


def outcomes(tasks: list[asyncio.Task[Receipt]]) -> Counter[Outcome]:
    return Counter(task.result().outcome for task in tasks)


async def test_rasa_is_asked_by_so_many_at_a_time_and_in_the_order_of_their_coming(desk: Desk) -> None:
    tasks = await desk.fill_rasas_line()
    desk.gate.open()
    await asyncio.wait(tasks)
    assert outcomes(tasks) == {Outcome.ANSWERED: AT_ONCE + LONGEST}
    assert desk.rasa.messages == [f"{QUESTION} {number}" for number in range(AT_ONCE + LONGEST)]
    assert desk.gate.most_in_work == AT_ONCE


async def test_whoever_finds_the_line_full_is_answered_by_the_search_at_once(desk: Desk) -> None:
    waiting = await desk.fill_rasas_line()
    desk.search.may_answer.set()
    others = [desk.says() for _ in range(20)]
    await asyncio.wait(others)
    assert outcomes(others) == {Outcome.DEGRADED: 20}
    assert not any(task.done() for task in waiting)
    desk.gate.open()
    await asyncio.wait(waiting)
    assert outcomes(waiting) == {Outcome.ANSWERED: AT_ONCE + LONGEST}
    assert len(desk.records.turns) == AT_ONCE + LONGEST + 20


async def test_the_search_is_asked_by_few_at_a_time(desk: Desk) -> None:
    waiting = await desk.fill_rasas_line()
    others = await desk.fill_the_line_alone()
    await until(lambda: desk.search.most_in_work == ALONE_AT_ONCE)
    desk.search.may_answer.set()
    desk.gate.open()
    await asyncio.wait(waiting + others)
    assert desk.search.most_in_work == ALONE_AT_ONCE


async def test_whoever_waits_too_long_is_answered_by_the_search() -> None:
    desk = Desk(WaitingLine(at_once=1, longest=10, patience_s=0.01))
    desk.search.may_answer.set()
    first = desk.says()
    await until(lambda: desk.line.in_work == 1)
    others = [desk.says() for _ in range(5)]
    await asyncio.wait(others)
    assert outcomes(others) == {Outcome.DEGRADED: 5}
    assert desk.client.breaker.state is State.CLOSED
    desk.gate.open()
    assert (await first).outcome is Outcome.ANSWERED


async def test_when_both_lines_are_full_the_next_are_asked_to_come_again_and_nothing_is_kept_of_them(
    desk: Desk,
) -> None:
    tasks = await desk.fill_rasas_line()
    tasks += await desk.fill_the_line_alone()
    for _ in range(10):
        with pytest.raises(TooBusy) as busy:
            await desk.says()
        assert COME_AGAIN_SECONDS[0] <= busy.value.retry_after_s <= COME_AGAIN_SECONDS[1]
    assert desk.records.turns == []
    desk.gate.open()
    desk.search.may_answer.set()
    await asyncio.wait(tasks)
    assert sum(outcomes(tasks).values()) == len(tasks) == len(desk.records.turns)
    assert (await desk.says()).outcome is Outcome.ANSWERED


async def test_at_twice_the_load_everybody_hears_something(desk: Desk) -> None:
    """All at once, twice as many as there are places."""
    desk.gate.open()
    desk.search.may_answer.set()
    alone = desk.switchboard.alone
    places = AT_ONCE + LONGEST + alone.at_once + alone.longest
    heard = await asyncio.gather(*(desk.says() for _ in range(2 * places)), return_exceptions=True)
    refused = [each for each in heard if isinstance(each, TooBusy)]
    answered = [each for each in heard if isinstance(each, Receipt)]
    assert len(refused) + len(answered) == 2 * places
    assert len(answered) == len(desk.records.turns) >= places
    assert all(receipt.replies[0].text for receipt in answered)


async def test_one_visitor_cannot_fill_the_line(desk: Desk) -> None:
    visitor = new_visitor_id()
    flood = [desk.says(f"{QUESTION} {number}", visitor) for number in range(20)]
    await until(lambda: desk.line.in_work == 1)
    other = desk.says("养狗证怎么办")
    await until(lambda: desk.line.in_work == 2)
    assert desk.line.waiting == 0
    desk.gate.open()
    await asyncio.wait([*flood, other])
    assert desk.rasa.messages[1] == "养狗证怎么办"


async def test_a_visitor_whose_earlier_messages_are_too_many_is_asked_to_wait_for_them(desk: Desk) -> None:
    visitor = new_visitor_id()
    flood = [desk.says(f"{QUESTION} {number}", visitor) for number in range(40)]
    done, _ = await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)
    assert all(isinstance(task.exception(), EarlierStillOpen) for task in done)
    desk.gate.open()
    await asyncio.wait(flood)
    assert len([task for task in flood if task.exception()]) == 40 - len(desk.records.turns) < 20


async def test_a_rasa_that_does_not_answer_is_left_alone_then_tried_with_one_message_then_asked_by_all() -> None:
    seconds = FakeSeconds()
    desk = Desk(wide_line(), Breaker(now=seconds))
    desk.search.may_answer.set()
    desk.rasa.is_up = False
    for _ in range(FAULTS_IN_A_ROW + 2):
        assert (await desk.says()).outcome is Outcome.DEGRADED
    assert desk.client.breaker.state is State.OPEN
    desk.rasa.is_up = True
    assert (await desk.says()).outcome is Outcome.DEGRADED
    assert desk.rasa.heard == []
    seconds.at += REST_SECONDS
    probe = desk.says()
    await until(lambda: desk.line.in_work == 1)
    others = [desk.says() for _ in range(5)]
    await asyncio.wait(others)
    assert outcomes(others) == {Outcome.DEGRADED: 5}
    assert len(desk.rasa.heard) == 1
    desk.gate.open()
    assert (await probe).outcome is Outcome.ANSWERED
    again = [desk.says() for _ in range(5)]
    await asyncio.wait(again)
    assert outcomes(again) == {Outcome.ANSWERED: 5}

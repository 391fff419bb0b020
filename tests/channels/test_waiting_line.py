"""Who is served when, and who is turned away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from channels.waiting_line import NoPlace, TurnedAway, WaitingLine
from tests.stand_ins import FakeSeconds


class Hall:
    """Whoever has a place keeps it until told to leave."""

    def __init__(self, line: WaitingLine) -> None:
        self.line = line
        self.served: list[int] = []
        self._leave: dict[int, asyncio.Event] = {}

    def state(self) -> str:
        return self.line.state

    async def visit(self, number: int) -> None:
        async with self.line.place():
            self.served.append(number)
            await self._leave.setdefault(number, asyncio.Event()).wait()

    def come(self, *numbers: int) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self.visit(number)) for number in numbers]

    async def leave(self, *numbers: int) -> None:
        for number in numbers:
            self._leave.setdefault(number, asyncio.Event()).set()
        await settled()


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def reason_of(visit: Awaitable[None]) -> str:
    with pytest.raises(NoPlace) as turned_away:
        await visit
    return str(turned_away.value)


async def test_so_many_are_served_side_by_side_and_the_others_in_the_order_in_which_they_came() -> None:
    hall = Hall(WaitingLine(at_once=2, longest=10, patience_s=60))
    visits = hall.come(1, 2, 3, 4, 5)
    await settled()
    assert hall.served == [1, 2]
    assert (hall.line.in_work, hall.line.waiting, hall.state()) == (2, 3, "waiting")
    await hall.leave(2)
    assert hall.served == [1, 2, 3]
    visits += hall.come(6)
    await hall.leave(1, 3, 4, 5, 6)
    assert hall.served == [1, 2, 3, 4, 5, 6]
    await asyncio.gather(*visits)
    assert (hall.line.in_work, hall.line.waiting, hall.state()) == (0, 0, "free")


async def test_above_the_longest_nobody_is_kept_waiting() -> None:
    hall = Hall(WaitingLine(at_once=1, longest=2, patience_s=60))
    visits = hall.come(1, 2, 3)
    await settled()
    assert hall.state() == "full"
    assert await reason_of(hall.visit(4)) == TurnedAway.FULL
    await hall.leave(1)
    assert hall.state() == "waiting"
    await hall.leave(2, 3)
    await asyncio.gather(*visits)
    assert hall.line.turned_away == {TurnedAway.FULL: 1}


async def test_whoever_has_waited_long_enough_goes_and_takes_nobodys_turn() -> None:
    hall = Hall(WaitingLine(at_once=1, longest=10, patience_s=0.01))
    [first] = hall.come(1)
    await settled()
    assert await reason_of(hall.visit(2)) == TurnedAway.TOO_LONG
    assert hall.line.waiting == 0
    await hall.leave(1)
    await first
    [third] = hall.come(3)
    await hall.leave(3)
    await third
    assert hall.served == [1, 3]


async def test_whoever_hangs_up_leaves_the_line() -> None:
    hall = Hall(WaitingLine(at_once=1, longest=10, patience_s=60))
    first, second, third = hall.come(1, 2, 3)
    await settled()
    second.cancel()
    first.cancel()
    await settled()
    assert hall.served == [1, 3]
    assert (hall.line.in_work, hall.line.waiting) == (1, 0)
    await hall.leave(3)
    await third


async def test_where_nobody_may_wait_a_free_place_is_still_taken() -> None:
    hall = Hall(WaitingLine(at_once=1, longest=0, patience_s=60))
    [first] = hall.come(1)
    await settled()
    assert await reason_of(hall.visit(2)) == TurnedAway.FULL
    await hall.leave(1)
    await first
    await hall.leave(3)
    await hall.visit(3)
    assert hall.served == [1, 3]


async def test_at_a_slow_pace_fewer_may_wait_so_that_nobody_waits_in_vain() -> None:
    seconds = FakeSeconds()
    hall = Hall(WaitingLine(at_once=2, longest=100, patience_s=2.0, now=seconds))
    for _ in range(50):  # a second each, two at a time: four of them are served within the patience
        async with hall.line.place():
            seconds.at += 1.0
    visits = hall.come(1, 2, 3, 4, 5, 6)
    await settled()
    assert (hall.line.waiting, hall.state()) == (4, "full")
    assert await reason_of(hall.visit(7)) == TurnedAway.FULL
    await hall.leave(*range(1, 7))
    await asyncio.gather(*visits)


async def test_when_the_pace_quickens_more_may_wait_again() -> None:
    seconds = FakeSeconds()
    line = WaitingLine(at_once=1, longest=100, patience_s=1.0, now=seconds)
    async with line.place():
        seconds.at += 60.0
    assert line.expected_wait_s > 1.0
    for _ in range(50):
        async with line.place():  # a place that is free is always given
            seconds.at += 0.01
    assert line.expected_wait_s < 0.1

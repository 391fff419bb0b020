"""Trying secrets: wrong tries are counted, each count at its own pace, and the right one passes."""

from __future__ import annotations

import asyncio

import pytest

from channels.guesses import MOST_WAIT_SECONDS, Count, Guesses, Pace
from channels.refusals import Refusal
from tests.set_time import SetTime

FAST, SLOW = Pace("fast", 3, 2), Pace("slow", 5, 60)
ONE = Count(FAST, "one")


async def guess(guesses: Guesses, *counts: Count, wrong: bool = True) -> int:
    """0: it was let in; otherwise the seconds after which to come back."""
    try:
        async with guesses.guess(*counts) as each:
            each.is_wrong = wrong
    except Refusal as refusal:
        assert (refusal.status, refusal.code) == (429, "too_many_requests")
        return int(refusal.headers["Retry-After"])
    return 0


@pytest.fixture
def time() -> SetTime:
    return SetTime()


@pytest.fixture
def guesses(time: SetTime) -> Guesses:
    return time.guesses()


async def test_what_is_right_is_never_counted(time: SetTime, guesses: Guesses) -> None:
    began = time.now
    assert [await guess(guesses, ONE, wrong=False) for _ in range(100)] == [0] * 100
    assert time.now == began


async def test_some_may_be_wrong_at_once_and_the_next_waits_for_its_turn(time: SetTime, guesses: Guesses) -> None:
    began = time.now
    assert [await guess(guesses, ONE) for _ in range(3)] == [0, 0, 0]
    assert time.now == began
    assert [await guess(guesses, ONE) for _ in range(3)] == [0, 0, 0]
    assert time.now == began + 3 * FAST.seconds


async def test_what_is_right_passes_after_any_number_of_wrong_ones(time: SetTime, guesses: Guesses) -> None:
    for _ in range(50):
        await guess(guesses, ONE)
    before = time.now
    assert await guess(guesses, ONE, wrong=False) == 0
    assert time.now - before <= MOST_WAIT_SECONDS


async def test_many_at_once_are_no_more_than_one_by_one() -> None:
    go = asyncio.Event()

    async def wait(_: float) -> None:
        await go.wait()

    guesses = Guesses(lambda: 0.0, wait)
    asked = [asyncio.create_task(guess(guesses, ONE)) for _ in range(60)]
    await asyncio.sleep(0)
    go.set()
    told = await asyncio.gather(*asked)
    assert told.count(0) == FAST.at_once + MOST_WAIT_SECONDS / FAST.seconds
    assert {seconds for seconds in told if seconds} == {2}


async def test_who_is_refused_is_told_when_to_come_back_and_is_let_in_then(time: SetTime, guesses: Guesses) -> None:
    count = Count(SLOW, "one")
    for _ in range(SLOW.at_once):
        await guess(guesses, count)
    seconds = await guess(guesses, count)
    assert seconds == 56
    assert await guess(guesses, count, wrong=False) == 56, "who was refused did not try"
    time.now += seconds
    assert await guess(guesses, count, wrong=False) == 0


async def test_each_count_is_its_own(guesses: Guesses) -> None:
    for _ in range(SLOW.at_once):
        await guess(guesses, Count(SLOW, "one"))
    assert await guess(guesses, Count(SLOW, "two")) == 0
    assert await guess(guesses, ONE) == 0
    assert await guess(guesses, ONE, Count(SLOW, "one")) > 0


async def test_who_is_refused_by_one_count_draws_on_no_other(time: SetTime, guesses: Guesses) -> None:
    whole, part = Count(SLOW, "the whole"), Count(SLOW, "a part")
    for _ in range(100):
        await guess(guesses, part, whole)
    time.now += SLOW.seconds
    assert await guess(guesses, whole) == 0


async def test_what_broke_off_is_no_guess(guesses: Guesses) -> None:
    for _ in range(20):
        with pytest.raises(RuntimeError):
            async with guesses.guess(Count(SLOW, "one")):
                raise RuntimeError
    assert await guess(guesses, Count(SLOW, "one")) == 0


async def test_by_the_hour_no_more_than_the_pace_allows(time: SetTime, guesses: Guesses) -> None:
    began, let_in = time.now, 0
    while time.now < began + 3600:
        let_in += await guess(guesses, ONE, Count(SLOW, "one")) == 0
        time.now += 1
    assert let_in <= SLOW.at_once + 3600 / SLOW.seconds


async def test_names_that_were_made_up_are_forgotten(time: SetTime, guesses: Guesses) -> None:
    for number in range(20_000):
        await guess(guesses, Count(FAST, str(number)))
        time.now += 0.01
    assert len(guesses._free_at) <= 1100

"""When something that does not answer is left alone, and how it is found to answer again."""

from __future__ import annotations

import asyncio

import pytest

from channels.breaker import Breaker, Resting, State
from tests.stand_ins import FakeSeconds

FAULTS, REST = 3, 2.0


class Fault(Exception):
    pass


class Call:
    """Under way until it ends: with an answer, or as it is told."""

    def __init__(self, breaker: Breaker) -> None:
        self._under_way = breaker.attempt(Fault)
        self._under_way.__enter__()

    def ends(self, end: type[BaseException] | None = None) -> None:
        self._under_way.__exit__(end, end() if end else None, None)


class Desk:
    """A breaker with its clock."""

    def __init__(self) -> None:
        self.seconds = FakeSeconds()
        self.breaker = Breaker(FAULTS, REST, self.seconds)

    def state(self) -> State:
        return self.breaker.state

    def begin(self) -> Call:
        return Call(self.breaker)

    def call(self, end: type[BaseException] | None = None) -> None:
        self.begin().ends(end)

    def open(self) -> None:
        for _ in range(FAULTS):
            self.call(Fault)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_fewer_faults_leave_it_closed(desk: Desk) -> None:
    for _ in range(FAULTS - 1):
        desk.call(Fault)
    assert desk.state() is State.CLOSED
    assert desk.breaker.admits


def test_an_answer_between_them_begins_the_count_anew(desk: Desk) -> None:
    for _ in range(5):
        for _ in range(FAULTS - 1):
            desk.call(Fault)
        desk.call()
    assert desk.state() is State.CLOSED


def test_several_in_a_row_open_it(desk: Desk) -> None:
    desk.open()
    assert (desk.state(), desk.breaker.times_opened) == (State.OPEN, 1)
    assert not desk.breaker.admits
    with pytest.raises(Resting):
        desk.call()


def test_calls_that_fall_side_by_side_are_one_fault(desk: Desk) -> None:
    calls = [desk.begin() for _ in range(FAULTS * 3)]
    for call in calls:
        desk.seconds.at += 0.1
        call.ends(Fault)
    assert desk.state() is State.CLOSED


def test_another_kind_of_error_is_an_answer(desk: Desk) -> None:
    for _ in range(FAULTS * 2):
        desk.call(ValueError)
    assert desk.state() is State.CLOSED


def test_after_the_rest_one_at_a_time_is_let_through(desk: Desk) -> None:
    desk.open()
    desk.seconds.at += REST
    probe = desk.begin()
    assert desk.state() is State.PROBING
    for _ in range(3):
        with pytest.raises(Resting):
            desk.call()
    probe.ends()
    assert desk.state() is State.CLOSED


def test_a_probe_that_fails_begins_another_rest(desk: Desk) -> None:
    desk.open()
    desk.seconds.at += REST
    desk.call(Fault)
    assert desk.state() is State.OPEN
    assert not desk.breaker.admits
    desk.seconds.at += REST
    desk.call()
    assert (desk.state(), desk.breaker.times_opened) == (State.CLOSED, 1)


def test_after_it_closed_it_takes_as_many_faults_as_before(desk: Desk) -> None:
    desk.open()
    desk.seconds.at += REST
    desk.call()
    for _ in range(FAULTS - 1):
        desk.call(Fault)
    assert desk.state() is State.CLOSED


def test_a_probe_that_was_given_up_says_nothing_and_the_next_may_probe(desk: Desk) -> None:
    desk.open()
    desk.seconds.at += REST
    desk.call(asyncio.CancelledError)
    assert desk.state() is State.OPEN
    desk.call()
    assert desk.state() is State.CLOSED


def test_a_late_answer_closes_it(desk: Desk) -> None:
    slow = desk.begin()
    desk.open()
    slow.ends()
    assert desk.state() is State.CLOSED


def test_a_late_fault_does_not_lengthen_the_rest(desk: Desk) -> None:
    slow = desk.begin()
    desk.open()
    desk.seconds.at += REST - 0.1
    slow.ends(Fault)
    desk.seconds.at += 0.1
    assert desk.breaker.admits


def test_the_end_of_an_older_probe_lets_no_second_one_through(desk: Desk) -> None:
    slow = desk.begin()
    desk.open()
    desk.seconds.at += REST
    older = desk.begin()
    slow.ends()
    desk.open()
    desk.seconds.at += REST
    newer = desk.begin()
    older.ends(asyncio.CancelledError)
    assert desk.state() is State.PROBING
    assert not desk.breaker.admits
    newer.ends()
    assert desk.state() is State.CLOSED

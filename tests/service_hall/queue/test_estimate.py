"""How long it will take, learned from how long it took today."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest

from service_hall.queue.estimate import SILENT_MINUTES, counters_at_work, minutes_each, wait_minutes

NINE = datetime(2026, 6, 1, 9)
SIX = ("1", "2", "3", "4", "5", "6")


def at(minutes: float) -> datetime:
    """So many minutes past nine."""
    return NINE + timedelta(minutes=minutes)


def test_before_the_first_visit_the_plan_speaks() -> None:
    assert minutes_each(15, []) == 15


def test_the_day_speaks_louder_with_every_visit() -> None:
    told = [minutes_each(15, [5.0] * visits) for visits in (1, 3, 30)]
    assert told == sorted(told, reverse=True)
    assert told[1] == 10
    assert 5 < told[2] < 6


def test_a_forgotten_button_does_not_spoil_the_day() -> None:
    assert minutes_each(15, [480.0]) == minutes_each(15, [45.0])


def test_a_visit_of_no_time_is_no_miracle() -> None:
    assert minutes_each(15, [0.0] * 1000) > 0


def test_whoever_is_next_at_a_free_counter_does_not_wait() -> None:
    assert wait_minutes(0, 15, counters=2, busy=1) == 0


def test_whoever_is_next_where_all_are_busy_waits_half_a_visit() -> None:
    assert wait_minutes(0, 15, counters=1, busy=1) == 8


@pytest.mark.parametrize(("ahead", "minutes"), [(1, 15), (2, 23), (10, 83)])
def test_two_counters_share_those_ahead(ahead: int, minutes: int) -> None:
    assert wait_minutes(ahead, 15, counters=2, busy=2) == minutes


def test_more_ahead_never_means_a_shorter_wait() -> None:
    waits = [wait_minutes(ahead, 12.5, counters=3, busy=2) for ahead in range(200)]
    assert waits == sorted(waits)


def test_without_a_counter_at_work_one_is_supposed() -> None:
    assert wait_minutes(2, 15, counters=0, busy=0) == 30


class TestCountersAtWork:
    def test_before_anybody_is_called_all_that_are_planned_count(self) -> None:
        assert counters_at_work(SIX, (), {}, at(0)) == 6

    def test_one_call_does_not_make_the_others_vanish(self) -> None:
        before = wait_minutes(6, 10, counters_at_work(SIX, (), {}, at(5)), busy=0)
        after = wait_minutes(6, 10, counters_at_work(SIX, ["1"], {"1": [at(5)]}, at(5)), busy=1)
        assert (before, after) == (10, 11)

    def test_with_every_minute_of_silence_a_counter_counts_for_less(self) -> None:
        acts = [at(minutes) for minutes in range(0, 100, 9)]
        counted = [
            counters_at_work(SIX, ["1"], {"1": [act for act in acts if act <= at(minute)]}, at(minute))
            for minute in range(91)
        ]
        assert counted[0] == 6
        assert counted == sorted(counted, reverse=True)
        assert max(one - next_one for one, next_one in itertools.pairwise(counted)) < 0.2, "it never jumps"
        assert counted[SILENT_MINUTES] == counted[90] == 1

    def test_after_a_lull_nobody_is_blamed_for_having_been_silent(self) -> None:
        acts = {"1": [at(0), at(8), at(8 + SILENT_MINUTES + 1)]}
        assert counters_at_work(SIX, ["1"], acts, at(8 + SILENT_MINUTES + 1)) == 6

    def test_whoever_is_busy_counts_however_long_it_takes(self) -> None:
        acts = {"1": [at(0)], "2": [at(0), at(40), at(80)]}
        assert counters_at_work(("1", "2"), ["1", "2"], acts, at(80)) == 2

    def test_a_long_silence_of_all_is_a_lull(self) -> None:
        assert counters_at_work(SIX, (), {"1": [at(0)]}, at(SILENT_MINUTES + 1)) == 6

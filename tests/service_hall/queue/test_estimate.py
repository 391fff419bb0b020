"""How long it will take, learned from how long it took today."""

from __future__ import annotations

import pytest

from service_hall.queue.estimate import minutes_each, wait_minutes


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

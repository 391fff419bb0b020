from __future__ import annotations

from datetime import timedelta

from service_hall.shared.clock import shanghai_now
from tests.fakes import FixedClock


def test_now_is_told_with_shanghai_s_offset() -> None:
    assert shanghai_now().utcoffset() == timedelta(hours=8)


def test_a_fixed_clock_stands_still_until_it_is_moved() -> None:
    clock = FixedClock()
    first = clock()
    assert clock() == first and first.utcoffset() == timedelta(hours=8)
    clock.at = first + timedelta(minutes=1)
    assert clock() - first == timedelta(minutes=1)

"""12.30 is a day or an hour; an hour may be told by what is short of it; and no window ends before it begins."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from service_hall.hearing.when.spoken_time import When, read_when
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.working_calendar import WorkingCalendar

LATE_IN_NOVEMBER = datetime(2026, 11, 29, 10, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("12.30", date(2026, 12, 30)),
        ("12/30", date(2026, 12, 30)),
        ("12.30可以吗", date(2026, 12, 30)),
        ("12.30上午", date(2026, 12, 30)),
        ("1.15", date(2027, 1, 15)),
        ("8.30号", date(2027, 8, 30)),
    ],
)
def test_numbers_with_a_dot_are_a_day_that_comes_soon(said: str, day: date) -> None:
    when = read_when(said, LATE_IN_NOVEMBER, WorkingCalendar())
    assert isinstance(when, When) and when.days == (day,) and when.at is None


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("8.30", time(8, 30)),
        ("上午8.30", time(8, 30)),
        ("下午2.30", time(14, 30)),
        ("明天12.30", time(12, 30)),
        ("12月1号8.30", time(8, 30)),
        ("周一9.30吧", time(9, 30)),
        ("两点差五分", time(13, 55)),
        ("差五分两点", time(13, 55)),
        ("差一刻九点", time(8, 45)),
        ("明天下午两点差五分", time(13, 55)),
    ],
)
def test_or_else_an_hour_and_minutes_may_be_taken_off_it(said: str, at: time) -> None:
    when = read_when(said, LATE_IN_NOVEMBER, WorkingCalendar())
    assert isinstance(when, When) and when.at == at


@pytest.mark.parametrize(
    ("said", "window"),
    [
        ("下午3点到1点", (time(13), time(15))),
        ("上午10点到2点", (time(10), time(14))),
        ("8.30到9.30", (time(8, 30), time(9, 30))),
    ],
)
def test_a_window_never_ends_before_it_begins(said: str, window: tuple[time, time]) -> None:
    when = read_when(said, LATE_IN_NOVEMBER, WorkingCalendar())
    assert isinstance(when, When) and (when.from_time, when.until_time) == window


def test_from_one_such_day_to_another_are_all_between_them() -> None:
    when = read_when("12.30到12.31", LATE_IN_NOVEMBER, WorkingCalendar())
    assert isinstance(when, When) and when.days == (date(2026, 12, 30), date(2026, 12, 31)) and when.at is None

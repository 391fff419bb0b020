from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from service_hall.hearing.when.spoken_time import When, read_when
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.moments import describe_moment
from service_hall.shared.working_calendar import WorkingCalendar

NOW = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 11, 25, 16, tzinfo=SHANGHAI), "11月25日（今天，周三）16:00"),
        (datetime(2026, 11, 26, 9, tzinfo=SHANGHAI), "11月26日（明天，周四）9:00"),
        (datetime(2026, 11, 27, 9, 5, tzinfo=SHANGHAI), "11月27日（后天，周五）9:05"),
        (datetime(2026, 12, 1, 14, 30, tzinfo=SHANGHAI), "12月1日（周二）14:30"),
        (datetime(2027, 1, 4, 9, tzinfo=SHANGHAI), "2027年1月4日（周一）9:00"),
        (datetime(2026, 11, 24, 9, tzinfo=SHANGHAI), "11月24日（周二）9:00"),
        (datetime(2026, 11, 26, 1, tzinfo=UTC), "11月26日（明天，周四）9:00"),
    ],
)
def test_a_moment_is_told_as_people_say_it(at: datetime, told: str) -> None:
    assert describe_moment(at, NOW) == told


def test_what_is_told_is_understood_again() -> None:
    at = datetime(2027, 1, 4, 14, 30, tzinfo=SHANGHAI)
    assert read_when(describe_moment(at, NOW), NOW, WorkingCalendar()) == When((at.date(),), at=time(14, 30))

"""A day of somebody's life, as it is told."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from service_hall.hearing.heard import Sentence
from service_hall.hearing.when.past_days import days_told
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.working_calendar import WorkingCalendar
from tests.scenario_town import scenario_library

TODAY = date(2026, 11, 29)


def days(text: str) -> list[date]:
    now = datetime(2026, 11, 29, 10, tzinfo=SHANGHAI)
    return list(days_told(Sentence(text, now, scenario_library(), WorkingCalendar()), TODAY))


@pytest.mark.parametrize(
    ("said", "nearest"),
    [
        ("15号", date(2026, 11, 15)),
        ("二号", date(2026, 12, 2)),
        ("30号", date(2026, 11, 30)),
        ("28号生的", date(2026, 11, 28)),
    ],
)
def test_a_day_without_a_month_is_the_nearest_on_either_side(said: str, nearest: date) -> None:
    assert days(said)[0] == nearest and len(days(said)) >= 2


def test_one_that_a_month_has_not_is_left_out_there() -> None:
    assert [each.month for each in days("31号")] == [10, 12]

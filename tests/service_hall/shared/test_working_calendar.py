from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from service_hall.shared.working_calendar import WorkingCalendar

CALENDAR = WorkingCalendar()


# As the State Council arranged 2026; of 2027 only the statutory days are known.
@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 25), True),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 9, 20), True),
        (date(2026, 10, 10), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 28), True),
        (date(2026, 2, 23), False),
        (date(2026, 1, 4), True),
        (date(2027, 1, 1), False),
        (date(2027, 1, 4), True),
    ],
)
def test_holidays_are_off_and_makeup_days_are_worked(day: date, works: bool) -> None:
    assert CALENDAR.is_working_day(day) is works


def test_a_weekend_day_that_is_worked_has_the_hours_of_a_monday() -> None:
    days = [date(2026, 10, day) for day in range(1, 32)]
    worked = [day.day for day in days if day.isoweekday() > 5 and CALENDAR.weekday_of_hours(day) == 1]
    assert worked == [10]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 10, 1), "国庆节"),
        (date(2026, 10, 5), "国庆节"),
        (date(2026, 10, 6), "国庆节"),
        (date(2026, 2, 16), "除夕"),
        (date(2026, 2, 20), "春节"),
        (date(2028, 10, 3), "中秋节、国庆节"),
        (date(2026, 11, 25), ""),
        (date(2026, 11, 28), ""),
        (date(2026, 10, 10), ""),
    ],
)
def test_a_holiday_has_a_name_and_lends_it_to_days_off_in_exchange(day: date, name: str) -> None:
    assert CALENDAR.holiday_name(day) == name


@pytest.mark.parametrize(
    ("year", "arranged"), [(2024, True), (2026, True), (2027, False), (1990, False), (9000, False)]
)
def test_a_year_is_arranged_once_its_makeup_days_are_announced(year: int, arranged: bool) -> None:
    assert CALENDAR.is_arranged(year) is arranged


@pytest.mark.parametrize(
    ("after", "day"),
    [
        (date(2026, 11, 25), date(2026, 11, 26)),
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 9, 30), date(2026, 10, 8)),
        (date(2026, 10, 9), date(2026, 10, 10)),
        (date(2026, 12, 31), date(2027, 1, 4)),
    ],
)
def test_the_next_working_day_lies_strictly_after(after: date, day: date) -> None:
    assert CALENDAR.next_working_day(after) == day


@pytest.mark.parametrize("name", ["国庆", "国庆节", "十一", "十一假期", "国庆长假"])
@pytest.mark.parametrize("around", [date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 7)])
def test_national_day_spans_its_seven_days_off_by_whatever_name(name: str, around: date) -> None:
    assert CALENDAR.holiday_span(name, around) == (date(2026, 10, 1), date(2026, 10, 7))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("元旦", date(2027, 1, 1), date(2027, 1, 3)),
        ("春节", date(2027, 2, 5), date(2027, 2, 10)),
        ("过年", date(2027, 2, 5), date(2027, 2, 10)),
        ("春节假期", date(2027, 2, 5), date(2027, 2, 10)),
        ("五一小长假", date(2027, 5, 1), date(2027, 5, 4)),
        ("清明节", date(2027, 4, 3), date(2027, 4, 5)),
        ("五一", date(2027, 5, 1), date(2027, 5, 4)),
        ("劳动节", date(2027, 5, 1), date(2027, 5, 4)),
        ("端午", date(2027, 6, 9), date(2027, 6, 9)),
        ("中秋", date(2027, 9, 15), date(2027, 9, 15)),
        ("国庆", date(2027, 10, 1), date(2027, 10, 5)),
    ],
)
def test_a_span_is_of_the_next_holiday_with_its_weekend(name: str, first: date, last: date) -> None:
    assert CALENDAR.holiday_span(name, date(2026, 11, 25)) == (first, last)


@pytest.mark.parametrize("name", ["", "节", "双十一", "圣诞节", "国庆路" * 300])
def test_a_name_that_is_no_holiday_has_no_span(name: str) -> None:
    assert CALENDAR.holiday_span(name, date(2026, 11, 25)) is None


@pytest.mark.parametrize("year", [1, 1901, 1949, 2099, 2101, 5000, 9998])
def test_years_of_which_nothing_is_known_have_weekends_all_the_same(year: int) -> None:
    days = [date(year, 6, day) for day in range(1, 29)]
    assert 18 <= sum(map(CALENDAR.is_working_day, days)) <= 20
    assert CALENDAR.holiday_name(date(year, 6, 15)) in ("", "端午节")
    CALENDAR.holiday_span("国庆", days[0])


def test_the_last_day_of_all_time_breaks_nothing() -> None:
    assert CALENDAR.is_working_day(date.max) and CALENDAR.holiday_span("国庆", date.max) is None


def test_threads_that_ask_at_once_hear_the_same() -> None:
    def off(_: int) -> int:
        return sum(not WorkingCalendar().is_working_day(date(2020 + day % 9, 10, 1 + day % 8)) for day in range(200))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(off, range(16)))) == 1

"""Which days an office works: weekends, statutory holidays and the make-up days of the State Council's arrangement."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

from service_hall.shared.traditional_calendar import traditional_day

_ONE_DAY = timedelta(days=1)
_MONDAY = 1
_NEW_YEARS_EVE = "农历除夕"
_HOLIDAYS = {
    "国庆": "国庆节", "十一": "国庆节", "中秋": "中秋节", "端午": "端午节", "五一": "劳动节", "劳动": "劳动节",
    "清明": "清明节", "新年": "元旦", "元旦": "元旦", "春节": "春节", "过年": "春节",
}  # fmt: skip
HOLIDAY_NAMES = tuple(dict.fromkeys(_HOLIDAYS.values()))


class WorkingCalendar:
    """Years are read when first asked for; a year of which nothing is known has weekends only."""

    def is_working_day(self, day: date) -> bool:
        return _is_working_day(day)

    def holiday_name(self, day: date) -> str:
        """'' for a working day and for an ordinary weekend; a day off in exchange bears the name of its holiday."""
        if not (name := str(_year(day.year).get(day) or "")):
            return ""
        if not name.startswith("休息日"):
            return _plain(name)
        first, last = _days_off(day)
        names = (str(_year(each.year).get(each) or "") for each in _days(first, last))
        return next((_plain(each) for each in names if each and not each.startswith(("休息日", _NEW_YEARS_EVE))), name)

    def is_arranged(self, year: int) -> bool:
        """Whether the make-up days of that year are known; they are announced in the autumn before. Until then only
        the statutory days are."""
        return any(day.year == year for day in _year(year).weekend_workdays)

    def next_working_day(self, after: date) -> date:
        day = after + _ONE_DAY
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def weekday_of_hours(self, day: date) -> int:
        """ISO weekday whose hours an office holds; 0: closed. A weekend day that is worked has a Monday's hours."""
        return _weekday_of_hours(day)

    def holiday_span(self, name: str, around: date) -> tuple[date, date] | None:
        """First and last day off of the holiday that is on at `around` or comes next; of a festival or a solar term,
        on which nobody is off, the day itself; None if there is no such one."""
        return _span(name, around)


@lru_cache(maxsize=4096)  # asked for every day with every look at the openings
def _weekday_of_hours(day: date) -> int:
    if day in _year(day.year).weekend_workdays:
        return _MONDAY
    if _is_working_day(day):
        return day.isoweekday()
    return 0 if _belongs_to_holiday(day) else day.isoweekday()


def _belongs_to_holiday(day: date) -> bool:
    """A holiday, or a weekend day within its days off: nobody is there on the Saturday inside of 国庆."""
    first, last = _days_off(day)
    return any(_year(each.year).get(each) for each in _days(first, last))


@lru_cache(maxsize=64)
def _year(year: int) -> holidays.HolidayBase:
    # One object a year, whole when made and never added to, so threads may share it.
    return holidays.country_holidays("CN", years=year, expand=False, language="zh_CN")


@lru_cache(maxsize=512)
def _span(name: str, around: date) -> tuple[date, date] | None:
    short = name.removesuffix("假期").removesuffix("长假").removesuffix("小")
    full = _HOLIDAYS.get(short) or _HOLIDAYS.get(short.removesuffix("节"))
    # A span may begin in the year before: an arranged New Year takes in 31 December.
    for year in range(max(around.year - 1, 1), min(around.year + 2, date.max.year)):
        own = [day for day, called in sorted(_year(year).items()) if full and full in str(called)]
        if own and (span := _days_off(own[0]))[1] >= around:
            return span
    day = None if full else traditional_day(short.removesuffix("节"), around)
    return (day, day) if day else None


def _days_off(day: date) -> tuple[date, date]:
    first = last = day
    while not _is_working_day(first - _ONE_DAY):
        first -= _ONE_DAY
    while not _is_working_day(last + _ONE_DAY):
        last += _ONE_DAY
    return first, last


def _is_working_day(day: date) -> bool:
    return _year(day.year).is_working_day(day)


def _plain(name: str) -> str:
    return "、".join(part.removesuffix("（补假）").removeprefix("农历") for part in name.split("; "))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]

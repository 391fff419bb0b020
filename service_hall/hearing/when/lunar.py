"""Days of the lunar calendar: 农历十月初一, 腊月二十三, 正月初八, 大年三十."""

from __future__ import annotations

import re
from datetime import date
from re import Match

from service_hall.hearing.when.dates import YEAR, year_of
from service_hall.hearing.when.today import Days, NotADay, Reading, Today
from service_hall.hearing.when.words import number
from service_hall.shared.traditional_calendar import lunar_day, new_years_eve

_MONTHS = {"正": 1, "冬": 11, "腊": 12}

_CALENDAR = "(?:农历|阴历|旧历|老历)的?"
_MONTH = "(?P<leap>闰)?(?P<month>[正冬腊]|十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9])月(?:份)?的?"
_ONES = "[一二三四五六七八九]"
_DAY = rf"(?:(?P<few>初)(?:十|{_ONES})|廿{_ONES}?|(?:二|三)?十{_ONES}?|卅|[12]\d|30|[1-9])[号日]?"
# Said so, no month of ours can be meant: 初一, 廿三; and the months that ours are never called.
_SURE_DAY = rf"(?:(?P<few>初)(?:十|{_ONES})(?!{_ONES})|廿{_ONES}?)"


def _lunar(found: Match[str], today: Today) -> Days | NotADay:
    parts = found.groupdict()
    month, day = _month_and_day(found)
    year = year_of(parts["year"], today.day.year) if parts.get("year") else 0
    if (month, day) == (12, 30):  # though that year it is the twenty-ninth
        read = new_years_eve(today.day, year=year)
    else:
        read = lunar_day(month, day, today.day, is_leap=bool(parts["leap"]), year=year)
    return today.ahead((read,), found[0]) if read else NotADay("no_such_day", found[0])


def _of_new_year(found: Match[str], today: Today) -> Days | NotADay:
    """大年三十 is the last day of the year, though some years it is the twenty-ninth."""
    told = found["day"]
    read = new_years_eve(today.day) if told == "三十" else lunar_day(1, number(told), today.day)
    return (read,) if read else NotADay("no_such_day", found[0])


def lunar_days_around(said: str, today: date) -> list[date] | None:
    """Of the year that is named, else the nearest first; empty for a day that there is not, None where no lunar day is
    told."""
    found = next((each for pattern, _ in LUNAR[:MOST_DATED] if (each := re.search(pattern, said))), None)
    if found is None:
        return None
    month, day = _month_and_day(found)
    years = [year_of(found["year"], today.year)] if found["year"] else [today.year - 1, today.year, today.year + 1]
    read = [lunar_day(month, day, today, is_leap=bool(found["leap"]), year=year) for year in years]
    return sorted(filter(None, read), key=lambda each: abs((each - today).days))


def _month_and_day(found: Match[str]) -> tuple[int, int]:
    told = found[0].rpartition("月")[2].lstrip("份的初").rstrip("号日")
    month = _MONTHS.get(found["month"]) or number(found["month"])
    return month, number(told.replace("廿", "二十").replace("卅", "三十"))


MOST_DATED = 3
"""Of those below, the ones with a month; 大年初一 has none."""
LUNAR: tuple[Reading, ...] = (
    (rf"(?P<year>{YEAR})?{_CALENDAR}{_MONTH}{_DAY}", _lunar),
    (rf"(?P<year>{YEAR})?(?<![个\d几每])(?=闰|[正冬腊]月){_MONTH}{_DAY}(?!{_ONES})", _lunar),
    (rf"(?P<year>{YEAR})?(?<![个\d几每一二三四五六七八九十]){_MONTH}{_SURE_DAY}", _lunar),
    (rf"(?:大年|年|过年)(?:初(?P<day>十|{_ONES}))(?!{_ONES}|级|中)", _of_new_year),
    (r"(?:大年|(?<![\u4e00-\u9fff\d])年)(?P<day>三十)(?!岁|号|日|多|年)", _of_new_year),
)

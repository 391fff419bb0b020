"""A festival as a day of somebody's life: 今年春节, 去年中秋那天, 大年初二; 春节期间 and 节后 name no day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from service_hall.hearing.when.dates import year_of
from service_hall.hearing.when.words import number
from service_hall.shared.traditional_calendar import FESTIVALS, SOLAR_TERMS, lunar_day, term_day

_LUNAR = {"春节": (1, 1), "端午": (5, 5), "中秋": (8, 15), **FESTIVALS}
_OF_OUR_CALENDAR = {"元旦": (1, 1), "妇女节": (3, 8), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1),
                    "儿童节": (6, 1), "国庆": (10, 1), "圣诞": (12, 25)}  # fmt: skip
_YEARS = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}
_YEAR = r"(?P<year>今年|去年|前年|明年|(?<!\d)(?:\d\d)?\d\d年)"
_NAME = "|".join(sorted({*_LUNAR, *_OF_OUR_CALENDAR, *SOLAR_TERMS}, key=len, reverse=True))
_SAID = re.compile(
    rf"{_YEAR}?的?(?:(?:大年|过年|年|春节)初(?P<new>十|[一二三四五六七八九])|(?P<eve>除夕|大年三十|年三十)|(?P<name>{_NAME}))"
    r"节?(?P<around>期间|前|后|过后?|以后|之后|左右|假|那几天|那阵|节前|节后)?"
)


def festival_days(said: str, today: date) -> list[date] | None:
    """Of the year that is named, else the nearest first; empty where it is around one, None where it names none."""
    found = _SAID.search(said)
    if found is None:
        return None
    if found["around"]:
        return []
    told = _told_year(found["year"], today)
    years = [told] if told else [today.year - 1, today.year, today.year + 1]
    days = {each for year in years for each in _of_year(found, year)}
    return sorted(days, key=lambda each: abs((each - today).days))


def _told_year(said: str | None, today: date) -> int:
    if said is None:
        return 0
    return today.year + _YEARS[said] if said in _YEARS else year_of(said, today.year)


def _of_year(found: re.Match[str], year: int) -> Iterator[date]:
    """Of our year: 今年除夕 is in its first months."""
    if found["name"] in _OF_OUR_CALENDAR:
        yield date(year, *_OF_OUR_CALENDAR[found["name"]])
        return
    if found["name"] in SOLAR_TERMS:
        yield term_day(found["name"], date(year, 1, 1))
        return
    month, day = (1, number(found["new"])) if found["new"] else _LUNAR.get(found["name"] or "", (1, 1))
    for lunar_year in (year - 1, year):
        read = lunar_day(month, day, date(year, 1, 1), year=lunar_year)
        read = read - timedelta(days=1) if read and found["eve"] else read
        if read and read.year == year:
            yield read

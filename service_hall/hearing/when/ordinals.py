"""The first, third or last working day or weekday of a month or week: 第三个周一, 下下个月最后一个周五."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from re import Match

from service_hall.hearing.when.dates import MONTH, NAMED_MONTH, month_told
from service_hall.hearing.when.holidays import NTH, WORKDAY
from service_hall.hearing.when.today import Days, NotADay, Reading, Today
from service_hall.hearing.when.weeks import WEEK, position, whole_week
from service_hall.hearing.when.words import number

_LAST = "(?P<last>最后一?个?|倒数第(?P<from_end>[一二两三四五])个?)"
_WHICH = rf"(?:{NTH}|{_LAST})"
_WHAT = rf"(?:(?P<workday>{WORKDAY})|周(?P<weekday>[一二三四五六日1-7]))"
_PART = "(?:份|里|内|中|底|末|初)?的?"


def _of_week(found: Match[str], today: Today) -> Days | NotADay:
    return _picked(found, whole_week(found["week"], today), today)


def _of_month(found: Match[str], today: Today) -> Days | NotADay | None:
    days = month_told(found, today)
    return _picked(found, days, today) if days else None


def _of_this_or_next(found: Match[str], today: Today) -> Days | NotADay:
    """No month is told: of this one where it is still to come."""
    for ahead in (0, 1):
        read = _picked(found, month_told(found, today, ahead) or (), today)
        if not isinstance(read, NotADay):
            return read
    return read


def _picked(found: Match[str], days: Sequence[date], today: Today) -> Days | NotADay:
    weekday = found["weekday"]
    fitting = [
        day for day in days if (day.weekday() == position(weekday) if weekday else today.calendar.is_working_day(day))
    ]
    at = -number(found["from_end"] or "一") if found["last"] else number(found["nth"] or "一") - 1
    if not -len(fitting) <= at < len(fitting):
        return NotADay("no_such_day", found[0])
    if today.over and fitting[at] == today.day:
        return NotADay("past", found[0])
    return today.ahead((fitting[at],), found[0])


ORDINALS: tuple[Reading, ...] = (
    (rf"(?P<week>{WEEK})周{_PART}{_WHICH}{_WHAT}", _of_week),
    (rf"(?:(?P<of>{MONTH})|{NAMED_MONTH}){_PART}{_WHICH}{_WHAT}", _of_month),
    (rf"(?<![\d个])月[底末]的?{_WHICH}{_WHAT}", _of_this_or_next),
    (rf"年[底末]的?{_WHICH}{_WHAT}", _of_month),
    (rf"(?:第(?P<nth>[一二两三四五])个|{_LAST})周(?P<weekday>[一二三四五六日1-7])", _of_this_or_next),
    (rf"{_LAST}(?P<workday>工作日|上班日)(?P<nth>)(?P<weekday>)", _of_this_or_next),
)

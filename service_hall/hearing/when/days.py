"""Every day that a sentence speaks of: told singly, in a row, from one to another, or ruled out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from service_hall.hearing.when.dates import DATES
from service_hall.hearing.when.holidays import HOLIDAYS
from service_hall.hearing.when.lunar import LUNAR
from service_hall.hearing.when.ordinals import ORDINALS
from service_hall.hearing.when.repeated import EVERY_DAY
from service_hall.hearing.when.today import MOST_DAYS, Days, NotADay, Today, days_between, days_from
from service_hall.hearing.when.weeks import WEEK, WEEKDAY, WEEKS
from service_hall.hearing.when.words import NOT_FREE, NUMBER

READ_DAY = "＃"
_WORKING_DAYS = "工作日"
_MEANT_WHEN_ONLY_RULED_OUT = 14
_DAYS_OF_EVERY_DAY = 7

_READINGS = tuple((re.compile(pattern), meaning) for pattern, meaning in (*LUNAR, *HOLIDAYS, *ORDINALS, *DATES, *WEEKS))
_TO = re.compile(r"[到至\-~—–]+")
_JOINT = r"(?:[到至和或、,，跟与及\-~—–/]|或者是?|或是|还是|以及|要么)"
# 下周一或周二 is both of next week; 12月3号和5号 both of December.
_SAME_WEEK = re.compile(rf"(?P<week>{WEEK})周(?P<day>{WEEKDAY})(?P<joint>{_JOINT})周?(?={WEEKDAY}(?!月|号|日))")
_SAME_MONTH = re.compile(
    rf"(?P<month>(?<![\d个])(?:{NUMBER}|下个?|本|这个?)月)(?P<day>{NUMBER}[号日]?)(?P<joint>{_JOINT})(?={NUMBER}[号日])"
)
_TOGETHER = re.compile(r"[和或、与跟]?")
_GLOSS = re.compile(rf"周{WEEKDAY}")
_GLOSS_GAP = re.compile(r"[(,，]?")
_RULED_OUT_AFTER = re.compile(NOT_FREE)
_RULED_OUT_BEFORE = re.compile(r"(?:除了?|除去|除开|不要|别约|避开|不是|不想|别在|不在|别)$")


_DATE = re.compile(rf"{NUMBER}[号日]$")
_VAGUE = re.compile(r"[底末初旬前后]$|之[前后]$|以[前后]$|月份?里?$")


@dataclass(frozen=True)
class FoundDay:
    start: int
    end: int
    said: str
    days: Days | NotADay


@dataclass(frozen=True)
class FoundDays:
    days: Days
    not_a_day: NotADay | None


def hide_days(said: str, today: Today) -> str:
    """What else is said, READ_DAY standing for each day."""
    rest = said
    for found in reversed(_find(said, today)):
        rest = rest[: found.start] + READ_DAY + rest[found.end :]
    return rest


def find_days(said: str, today: Today) -> FoundDays:
    meant: set[date] = set()
    ruled_out: set[date] = set()
    found = _without_glosses(said, _find(said, today))
    told = _without_vague([each for each in found if not isinstance(each.days, NotADay)], said)
    no = _ruled_out(said, told)
    for before, each in zip([None, *told], told, strict=False):
        days = _known(each)
        if each in no:
            ruled_out.update(days)
        elif each.said != _WORKING_DAYS or len(told) == 1:
            meant.update(days)
            if before and _TO.fullmatch(said[before.end : each.start]):
                meant.update(days_between(_known(before)[0], days[-1]))
    if ruled_out and not meant:
        meant.update(days_from(today.day, _MEANT_WHEN_ONLY_RULED_OUT))
    if EVERY_DAY in said and not meant:
        meant.update(days_from(today.day, _DAYS_OF_EVERY_DAY))
    if any(each.said == _WORKING_DAYS for each in told):
        meant = {day for day in meant if today.calendar.is_working_day(day)}
    wrong = next((each.days for each in found if isinstance(each.days, NotADay)), None)
    return FoundDays(tuple(sorted(meant - ruled_out)[:MOST_DAYS]), wrong)


def carry_over(said: str) -> str:
    """下周一、周二 → 下周一、下周二, so that each day stands for itself."""
    for _ in range(6):
        longer = _SAME_MONTH.sub(
            r"\g<month>\g<day>\g<joint>\g<month>", _SAME_WEEK.sub(r"\g<week>周\g<day>\g<joint>\g<week>周", said)
        )
        if longer == said:
            break
        said = longer
    return said


def _find(said: str, today: Today) -> list[FoundDay]:
    """In the order they were said. What one reading has read, no other reads again."""
    found: list[FoundDay] = []
    left = said
    for pattern, meaning in _READINGS:
        read = [
            FoundDay(*match.span(), match[0], days)
            for match in pattern.finditer(left)
            if READ_DAY not in match[0] and (days := meaning(match, today)) is not None
        ]
        for each in read:
            left = left[: each.start] + READ_DAY * (each.end - each.start) + left[each.end :]
        found += read
    return sorted(found, key=lambda each: each.start)


def _ruled_out(said: str, told: list[FoundDay]) -> set[FoundDay]:
    """周一周二不行 and 除了周三、周四 rule out both."""
    no = {each for each in told if _is_ruled_out_before(said, each) or _RULED_OUT_AFTER.match(said, each.end)}
    together = [(a, b) for a, b in pairwise(told) if _TOGETHER.fullmatch(said[a.end : b.start])]
    for first, second in reversed(together):
        if second in no and not _is_ruled_out_before(said, second):
            no.add(first)
    for first, second in together:
        if first in no and not _RULED_OUT_AFTER.match(said, first.end):
            no.add(second)
    return no


def _is_ruled_out_before(said: str, day: FoundDay) -> bool:
    """By the two characters before it: looked through from the beginning for each day, a sentence is read n times."""
    return bool(_RULED_OUT_BEFORE.search(said, max(day.start - 2, 0), day.start))


def _without_glosses(said: str, found: list[FoundDay]) -> list[FoundDay]:
    """12月2日（周三）and 明天周四 tell one day twice."""
    glosses = set()
    for first, second in pairwise(found):
        gap = said[first.end : second.start]
        for day, gloss in ((first, second), (second, first)):
            if _GLOSS.fullmatch(gloss.said) and _GLOSS_GAP.fullmatch(gap) and not _GLOSS.fullmatch(day.said):
                days = _known(day)
                if len(days) == 1 and days[0].weekday() in {each.weekday() for each in _known(gloss)}:
                    glosses.add(gloss)
    return [each for each in found if each not in glosses]


def _without_vague(told: list[FoundDay], said: str) -> list[FoundDay]:
    """月底，12月28号: the date is what is meant. 月初到12月5号 keeps both ends."""
    if not any(_DATE.search(each.said) for each in told):
        return told
    ends = {each for a, b in pairwise(told) if _TO.fullmatch(said[a.end : b.start]) for each in (a, b)}
    return [each for each in told if each in ends or not _VAGUE.search(each.said)]


def _known(found: FoundDay) -> Days:
    return () if isinstance(found.days, NotADay) else found.days

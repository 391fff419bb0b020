"""When a citizen would like to come, in their own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from service_hall.hearing.notions import says
from service_hall.hearing.when.clock import Clock, hours_with_dots, read_hours
from service_hall.hearing.when.dates import is_soon
from service_hall.hearing.when.days import carry_over, find_days, hide_days
from service_hall.hearing.when.repeated import EVERY_DAY, told_once
from service_hall.hearing.when.today import NotADay, Today
from service_hall.hearing.when.words import plain
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.working_calendar import WorkingCalendar

__all__ = ["NotADay", "When", "read_when"]

# After five in the afternoon, 周三 said on a Wednesday is the next one.
_DAY_ENDS = time(17)
_MOVES = "(?:改|换|挪|推迟?|延后?|提前|调整?)"
_MOVED_TO = re.compile(rf"{_MOVES}(?:到|成|为|至)")
_MOVED = re.compile(
    rf"{_MOVES}(?:到|成|为|至|在|约)?"
    r"|(?:^|[,，。;； ])(?:还是(?!.{0,40}(?:都[行可成]|[?？]))|要不|不如|那就|那么?改?)"
    r"|(?:不对|说错了?|错了|[啊哦]不)+[，,。!….是]*"
)


_TODAY = re.compile(r"今|当天|本周|这周|这个?(?:星期|礼拜)")
_WEEKDAY = re.compile(r"周|星期|礼拜|週|禮拜")


@dataclass(frozen=True)
class When:
    """No `days`: as early as possible, or the day was not said. `from_time` and `until_time` are a window within the
    day; `at` is an hour that was named, and then there is no window."""

    days: tuple[date, ...] = ()
    from_time: time | None = None
    until_time: time | None = None
    at: time | None = None
    any_time: bool = False
    repeats: bool = False
    """Told as something that comes again, 每周二; a visit is on one of the days."""


def read_when(text: str, now: datetime, calendar: WorkingCalendar) -> When | NotADay | None:
    """None if the text says nothing of time."""
    said = plain(text)
    *_, to = _MOVED.split(said)  # 把周三的改到周五 asks for Friday only
    if to != said and (when := _read(to, now.astimezone(SHANGHAI), calendar)):
        return when
    return _read(said, now.astimezone(SHANGHAI), calendar)


def moved_from(text: str) -> str:
    """What stands before 改到; all of it where nothing is moved."""
    return _MOVED_TO.split(text)[0]


def moved_to(text: str) -> str:
    """What stands behind 改到; all of it where nothing is moved."""
    return _MOVED_TO.split(text)[-1]


def calls_today_by_weekday(text: str, when: When, now: datetime) -> bool:
    is_today = when.days == (now.astimezone(SHANGHAI).date(),)
    return is_today and bool(_WEEKDAY.search(text)) and not _TODAY.search(text)


def _read(said: str, now: datetime, calendar: WorkingCalendar) -> When | NotADay | None:
    said, repeats = _told_once(carry_over(hours_with_dots(said, partial(is_soon, now.date()))))
    clock = read_hours(hide_days(said, Today(now.date(), calendar)))
    if EVERY_DAY in said and not clock:
        said, repeats = said.replace(EVERY_DAY, ""), False  # 每天吃药
    over = _is_over(clock, now)
    found = find_days(said, Today(now.date(), calendar, over=over))
    if found.days == (now.date(),) and over and clock.said:
        return NotADay("past", f"今天{clock.said}")
    if not found.days and found.not_a_day:
        return found.not_a_day
    if not (found.days or clock or says("wants_soonest", said)):
        return None
    return When(found.days, clock.from_time, clock.until_time, clock.at, clock.any_time, repeats)


def _told_once(said: str) -> tuple[str, bool]:
    """每周三上班吗 asks about all of them, and wants none."""
    once, repeats = told_once(said)
    return (said, False) if repeats and says("asks", said) else (once, repeats)


def _is_over(clock: Clock, now: datetime) -> bool:
    last = clock.at or clock.until_time or (None if clock.from_time else _DAY_ENDS)
    return last is not None and last <= now.time()

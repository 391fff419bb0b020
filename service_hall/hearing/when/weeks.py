"""Days near today: 明天, 周三, 下周二, 周末, 三天后, 一周内, 工作日."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from re import Match

from service_hall.hearing.when.time_library import read_day
from service_hall.hearing.when.today import Days, NotADay, Reading, Today, days_between, days_from
from service_hall.hearing.when.words import NUMBER, number

_WEEK_DAYS = 7
_WEEKDAYS = "一二三四五六日"
_FEW = (2, 7)
_WORKING_DAYS_MEANT = 10

WEEK = r"(?:下{1,3}个?|这个?|本|上{1,2}个?)"
# 一周一次 counts weeks, 周岁 years; in 周三点 the hour takes the three.
WEEKDAY = r"(?:[一二三四五六日](?![点岁年个])|[1-7](?![\d\-个点年]))"
_NAMED = rf"周(?P<weekday>{WEEKDAY})"
_ALONE = r"(?<![每\d])(?<!(?<!周)[一两三四五六七八九十几])"


def _weekday(found: Match[str], today: Today) -> Days | NotADay:
    return _in_week(found["week"] or "", position(found["weekday"]), found[0], today)


def _weekdays(found: Match[str], today: Today) -> Days | NotADay:
    first, last = position(found["weekday"]), position(found["last"])
    week = found["week"] or ""
    days = [_in_week(week, each, found[0], today) for each in range(first, last + 1)]
    ahead = sorted({day for each in days if not isinstance(each, NotADay) for day in each})
    return tuple(ahead) or NotADay("past", found[0])


def _weekend(found: Match[str], today: Today) -> Days | NotADay:
    saturday, sunday = (whole_week(found["week"] or "这", today)[each] for each in (5, 6))
    return today.ahead((saturday, sunday), found[0])


def _week(found: Match[str], today: Today) -> Days | NotADay:
    return today.ahead(whole_week(found["week"], today), found[0])


def _named_day(found: Match[str], today: Today) -> Days | NotADay | None:
    read = read_day(found[0], today.day)
    return today.ahead(read, found[0]) if read else None


def _after(found: Match[str], today: Today) -> Days | None:
    """三天后 and 一周后 are a day; 一个月后 is the week that then begins."""
    if (first := _later(today.day, found)) is None:
        return None
    return days_from(first, _WEEK_DAYS if found["unit"] == "月" else 1)


def _within(found: Match[str], today: Today) -> Days | None:
    last = _later(today.day, found)
    return days_between(today.day, last) if last else None


def _soon(_: Match[str], today: Today) -> Days:
    return days_from(today.day, _WEEK_DAYS)


def _in_a_few_days(_: Match[str], today: Today) -> Days:
    return days_between(*(today.day + timedelta(days=days) for days in _FEW))


def _working_days(_: Match[str], today: Today) -> Days:
    return today.working_days(today.day - timedelta(days=not today.over), _WORKING_DAYS_MEANT)


def _in_week(week: str, weekday: int, said: str, today: Today) -> Days | NotADay:
    day = whole_week(week or "这", today)[weekday]
    if week:
        return today.ahead((day,), said)
    if day < today.day or (day == today.day and today.over):
        day += timedelta(days=_WEEK_DAYS)
    return (day,)


def whole_week(week: str, today: Today) -> Days:
    return read_day(f"{week.replace('个', '')}周", today.day) or ()


def position(weekday: str) -> int:
    return int(weekday) - 1 if weekday.isdigit() else _WEEKDAYS.index(weekday)


def _later(day: date, found: Match[str]) -> date | None:
    count, unit = found["count"], found["unit"]
    if count == "半":
        return day + timedelta(days=15) if unit == "月" else None
    if unit != "月":
        return day + timedelta(days=number(count) * (_WEEK_DAYS if unit == "周" else 1))
    months = day.year * 12 + day.month - 1 + number(count)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _weekday_after(found: Match[str], today: Today) -> Days | None:
    """两周后的周五 is the Friday of that week; 一个月后的周五 the first one then."""
    if (first := _later(today.day, found)) is None:
        return None
    begins = first - timedelta(days=first.weekday()) if found["unit"] == "周" else first
    wanted = position(found["weekday"])
    return tuple(day for day in days_from(begins, _WEEK_DAYS) if day.weekday() == wanted)


_COUNT = rf"(?P<count>{NUMBER}|半)个?(?P<unit>天|周|月)"
WEEKS: tuple[Reading, ...] = (
    (r"(?<!再)过(?:几|两|些)天(?!之?后|以后)|改天|过几天", _in_a_few_days),
    (rf"(?<![第\d])(?:再?过)?{_COUNT}(?:之|以|过)?后的?{_NAMED}", _weekday_after),
    (rf"(?<![第\d])再?过{_COUNT}的{_NAMED}", _weekday_after),
    (rf"(?<![第\d])(?:再?过)?{_COUNT}(?:之|以|过)?后", _after),
    (rf"(?<![第\d])再?过{_COUNT}(?!之?内|以内|的)", _after),
    (rf"(?<![第\d]){_COUNT}(?:之|以)?内(?!的|办结|出|有效|取|发|领)", _within),
    (rf"(?P<week>{WEEK})?周(?P<weekday>[一二三四五六日1-7])[到至\-~—–]+(?:{WEEK})?周?(?P<last>{WEEKDAY})", _weekdays),
    (rf"(?P<week>{WEEK})?周(?:末|六日)", _weekend),
    (rf"(?P<week>{WEEK}){_NAMED}", _weekday),
    (rf"(?P<week>){_ALONE}{_NAMED}", _weekday),
    (rf"(?P<week>{WEEK})周(?:之|以)?内?(?![岁年期])", _week),
    (r"大{1,3}前天|前天|昨天|今天|明天|大{1,3}后天|后天", _named_day),
    (r"(?:这|近|最近|未来)(?:几|两|三)天", _soon),
    (r"(?<![个\d几一二两三四五六七八九十非多])工作日(?!之?内|以内)", _working_days),
)

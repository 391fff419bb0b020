"""Days told by a holiday or by working days: 国庆后第一个工作日, 节后, 元旦前, 下个工作日."""

from __future__ import annotations

from datetime import date, timedelta
from re import Match

from service_hall.hearing.when.dates import YEAR, year_of
from service_hall.hearing.when.today import Days, NotADay, Reading, Today, days_between, days_from
from service_hall.hearing.when.weeks import position
from service_hall.hearing.when.words import number
from service_hall.shared.traditional_calendar import FESTIVALS, LAST_YEAR, SOLAR_TERMS
from service_hall.shared.working_calendar import HOLIDAY_NAMES

_WORKING_DAYS_MEANT = 5
# 节后, said in the week after a holiday, is after that one.
_JUST_PAST = timedelta(days=7)
_NEAR = timedelta(days=14)
_ONE_DAY = timedelta(days=1)

# 李国庆 and 张春节 are people.
_SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
)
# 谷雨 is a name, 大雪 and 雨水 are weather: these are days only where that is said, 大雪那天, 约大雪, 大寒前一天.
_OFTEN_OTHERWISE = ("雨水", "谷雨", "夏至", "小满", "小暑", "大暑", "白露", "小雪", "大雪", "小寒", "大寒")
_SURELY_TERMS = tuple(each for each in SOLAR_TERMS if each not in _OFTEN_OTHERWISE and each != "清明")
_SAID_TO_BE_DAY = "(?=那天|当天|这天|那日|当日|节气|的?(?:之|以)?[前后]第?[一二两三四五六七][天日个])"
_ARRANGED = "(?:(?<=约)|(?<=[约定订改换挪排]在)|(?<=[改换挪推约定订排]到))"
_THEN = "(?=$|[，,。、！!?？；;的上下中早晚去来办补行可吧吗\\d]|[一二三四五六七八九十]+点|前后)"
TERM = (
    rf"(?:{'|'.join(_SURELY_TERMS)})|(?:{'|'.join(_OFTEN_OTHERWISE)}){_SAID_TO_BE_DAY}"
    rf"|{_ARRANGED}(?:{'|'.join(_OFTEN_OTHERWISE)}){_THEN}"
)
FESTIVAL = rf"(?:{'|'.join(FESTIVALS)})(?![轻级龄])节?"
_NAMED = (
    rf"(?P<year>{YEAR})?(?P<holiday>{TERM}|{FESTIVAL}|国庆节?|中秋节?|端午节?|五一(?:劳动节)?|劳动节|清明节?|元旦节?|新年|春节|过年|除夕"
    r"|十一(?=小?长假|假期|黄金周|国庆|期间|放假|节|(?:之|以|过)?[后前]))"
    r"(?:小?长假|假期|黄金周|放假)?"
)
_ANY = (
    r"(?:放完?假|小?长假|假期|节假日|过完[节年](?=之?后?的?第)"
    r"|(?:(?<![\u4e00-\u9fff])|(?<=[等在到约过]))[节年](?=(?:之|以)?[后前]))"
)
_AFTER = r"(?:(?:过?完|结束)(?:之|以)?后?|(?:之|以|过)?后|回来)的?"
NTH = r"(?:第(?P<nth>[一二两三四五六七八九十]|\d{1,2})个?|(?:头|首)一?个?|一个?)"
WORKDAY = r"(?:工作日|上班日|天上班|上班天|天|上班那天)"


def _nth_after_holiday(found: Match[str], today: Today) -> Days | NotADay | None:
    span = _span(found, today, just_past=True)
    return today.ahead(_nth(found, span[1], today), found[0]) if span else None


def _weekday_after_holiday(found: Match[str], today: Today) -> Days | NotADay | None:
    if not (span := _span(found, today, just_past=True)):
        return None
    weeks = number(found["nth"] or "一") - 1
    first = next(day for day in days_from(span[1] + _ONE_DAY, 7) if day.weekday() == position(found["weekday"]))
    return today.ahead((first + timedelta(days=7 * weeks),), found[0])


def _after_holiday(found: Match[str], today: Today) -> Days | NotADay | None:
    span = _span(found, today, just_past=True)
    return today.ahead(today.working_days(span[1], _WORKING_DAYS_MEANT), found[0]) if span else None


def _before_holiday(found: Match[str], today: Today) -> Days | NotADay | None:
    if not (span := _span(found, today)):
        return None
    first = max(today.day, span[0] - _JUST_PAST)
    days = tuple(day for day in days_between(first, span[0] - _ONE_DAY) if today.calendar.is_working_day(day))
    return days[-1 if "最后" in found[0] else 0 :] or NotADay("past", found[0])


def _days_just_before(found: Match[str], today: Today) -> Days | NotADay | None:
    """冬至前一天; 国庆前两天 are both of them."""
    if not (span := _span(found, today)):
        return None
    return today.ahead(days_between(span[0] - timedelta(days=number(found["many"])), span[0] - _ONE_DAY), found[0])


def _holiday(found: Match[str], today: Today) -> Days | NotADay | None:
    span = _span(found, today)
    return today.ahead(days_between(*span), found[0]) if span else None


def _next_working_day(_: Match[str], today: Today) -> Days:
    return today.working_days(today.day, 1)


def _nth(found: Match[str], after: date, today: Today) -> Days:
    return today.working_days(after, number(found["nth"] or "1") or 1)[-1:]


def _span(found: Match[str], today: Today, *, just_past: bool = False) -> tuple[date, date] | None:
    """Of the holiday that was named. 节后 alone is after the next one if that is near, else after one just past."""
    name = found.groupdict().get("holiday") or ("春节" if "年" in found[0] else "")
    year = found.groupdict().get("year")
    if name and year and not year.startswith("今"):  # 今年过年, said in December, is the next one
        told = year_of(year, today.day.year)
        return _first_span(name, date(told, 1, 1), today) if today.day.year - 1 <= told < LAST_YEAR else None
    coming = _first_span(name, today.day, today)
    if not just_past or (not name and coming and coming[0] - today.day <= _NEAR):
        return coming
    return _first_span(name, today.day - _JUST_PAST, today)


def _first_span(name: str, around: date, today: Today) -> tuple[date, date] | None:
    names = (name,) if name else HOLIDAY_NAMES
    return min((span for each in names if (span := today.calendar.holiday_span(each, around))), default=None)


HOLIDAYS: tuple[Reading, ...] = (
    (rf"(?:过完)?(?:{_NAMED}|{_ANY}){_AFTER}?{NTH}{WORKDAY}", _nth_after_holiday),
    (rf"(?:过完)?(?:{_NAMED}|{_ANY}){_AFTER}(?:{NTH})?周(?P<weekday>[一二三四五六日])", _weekday_after_holiday),
    (rf"过[完了](?:{_NAMED}|[节年])(?:(?:之|以)?后)?|收假|放完假", _after_holiday),
    (rf"(?:{_NAMED}|{_ANY}){_AFTER}", _after_holiday),
    (rf"(?:{_NAMED}|{_ANY})的?(?:之|以)?[前头](?P<many>[一二两三四五六七])[天日]", _days_just_before),
    (rf"(?:{_NAMED}|{_ANY})(?:之|以)?前(?:的?最后一个?(?:工作日|上班日|天))?", _before_holiday),
    (rf"(?<![{_SURNAMES}]){_NAMED}(?![路街镇村广社小])(?:节气)?(?:期间|当天|那天|这天|那日|当日|那几天)?", _holiday),
    (r"下一?个?(?:工作日|上班日)", _next_working_day),
)

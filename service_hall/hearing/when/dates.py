"""Days of the month: 12月3号, 2026-12-01, 下个月5号, 28号, 月底, 12月."""

from __future__ import annotations

import calendar
from datetime import date
from re import Match

from service_hall.hearing.when.today import Days, NotADay, Reading, Today, days_between
from service_hall.hearing.when.words import NUMBER, number

# 1月5号 said in November is the next one; 11月20号 said on the 25th is a slip.
_SLIP_DAYS = 60
_SOON_DAYS = 92

MONTH = r"(?:下{1,3}个?|这个?|本|上{1,2}个?)月"
YEAR = r"(?:今年|明年|后年|去年|(?<!\d)(?:\d\d)?\d\d年|二[〇零][一二三四五六七八九]{2}年)的?"
NAMED_MONTH = rf"(?P<year>{YEAR})?(?<![个\d几每])(?P<month>{NUMBER})月(?:份|里)?"
# 3号窗口, 1号楼, 88号院 and 5号线 are places.
NO_PLACE = (
    r"(?![窗楼线门厅柜桌台机院店厂仓库路街巷弄室馆口文令牌车位桩地字宿栋公汽]|\d|码|出口|别墅|办[公事]|那个|的?办事)"
)
_PARTS = {
    "初": (1, 7),
    "上旬": (1, 10),
    "中": (10, 20),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "底": (24, 31),
    "末": (24, 31),
}
_WHOLE = (1, 31)

# 1990年3月7日 tells a birth, not a visit.
_LONG_PAST_DAYS = 400
_YEARS_AWAY = {"今": 0, "明": 1, "后": 2, "去": -1}


def _date(found: Match[str], today: Today) -> Days | NotADay | None:
    month, day = number(found["month"]), number(found["day"])
    year = year_of(found["year"], today.day.year)
    read = _read(year, month, day)
    if not found["year"] and (read is None or (today.day - read).days > _SLIP_DAYS):
        read = _read(year + 1, month, day)
    if read and (today.day - read).days > _LONG_PAST_DAYS:
        return None
    return _ahead(read, found, today)


def is_soon(today: date, month: int, day: int) -> bool:
    """Whether such a day comes within the weeks for which anybody books: 12.30 said in November, and not 8.30."""
    days = (_read(year, month, day) for year in (today.year, today.year + 1))
    return any(each and 0 <= (each - today).days <= _SOON_DAYS for each in days)


def _packed_date(found: Match[str], today: Today) -> Days | NotADay:
    said = found[0]
    return _ahead(_read(int(said[:4]), int(said[4:6]), int(said[6:])), found, today)


def _day_of_month(found: Match[str], today: Today) -> Days | NotADay:
    read = _read(*_month_ahead(today.day, _months_ahead(found["of"])), number(found["day"]))
    return _ahead(read, found, today)


def _bare_day(found: Match[str], today: Today) -> Days | None:
    """The next such day: 31号 said in November is 31 December."""
    wanted = number(found["day"])
    for ahead in range(12):
        year, month = _month_ahead(today.day, ahead)
        if wanted <= calendar.monthrange(year, month)[1] and wanted and (day := date(year, month, wanted)) >= today.day:
            if day == today.day and today.over:
                continue
            return (day,)
    return None


def _month(found: Match[str], today: Today) -> Days | NotADay | None:
    said = found.groupdict()
    part = _PARTS.get(said.get("part") or "", (1, 31))
    if said.get("month"):
        month, year = number(str(said["month"])), year_of(said["year"], today.day.year)
        if not 1 <= month <= 12 or not today.day.year - 1 <= year < date.max.year:
            return None
        if not said["year"] and (today.day - _days_of(year, month, part)[-1]).days > _SLIP_DAYS:
            year += 1
        return today.ahead(_days_of(year, month, part), found[0])
    of = said.get("of") or ""
    days = _days_of(*_month_ahead(today.day, _months_ahead(of)), part)
    if not of and days[-1] < today.day:  # 月初, said at the end of a month
        days = _days_of(*_month_ahead(today.day, 1), part)
    return today.ahead(days, found[0])


def month_told(found: Match[str], today: Today, ahead: int = 0) -> Days | None:
    """All days of 下下个月, 12月, 年底, or of the month so many `ahead`; None for what is no month."""
    said = found.groupdict()
    if said.get("month"):
        month, year = number(str(said["month"])), year_of(said["year"], today.day.year)
        if not 1 <= month <= 12 or not today.day.year - 1 <= year < date.max.year:
            return None
        if not said["year"] and (today.day - _days_of(year, month, _WHOLE)[-1]).days > _SLIP_DAYS:
            year += 1
        return _days_of(year, month, _WHOLE)
    if found[0].startswith("年"):
        return _days_of(today.day.year, 12, _WHOLE)
    return _days_of(*_month_ahead(today.day, ahead + _months_ahead(said.get("of") or "")), _WHOLE)


def _end_of_year(_: Match[str], today: Today) -> Days | NotADay:
    return today.ahead(_days_of(today.day.year, 12, (21, 31)), "年底")


def year_of(said: str | None, this: int) -> int:
    """Of 明年, 2027年, 27年, 二〇二七年; `this` year where none is said."""
    year = (said or "今年").removesuffix("的").removesuffix("年")
    if year in _YEARS_AWAY:
        return this + _YEARS_AWAY[year]
    told = int("".join(str(number(each)) for each in year))
    return told if told > 99 else 2000 + told


def _read(year: int, month: int, day: int) -> date | None:
    """None for a day that no calendar has."""
    # Not by the library: it takes 13月1号 for 1 March, 32号 for the second, and half a millisecond for each.
    try:
        return date(year, month, day) if year < date.max.year else None
    except ValueError:
        return None


def _ahead(read: date | None, found: Match[str], today: Today) -> Days | NotADay:
    return today.ahead((read,), found[0]) if read else NotADay("no_such_day", found[0])


def _months_ahead(of: str) -> int:
    return of.count("下") - of.count("上")


def _month_ahead(day: date, ahead: int) -> tuple[int, int]:
    months = day.year * 12 + day.month - 1 + ahead
    return months // 12, months % 12 + 1


def _days_of(year: int, month: int, part: tuple[int, int]) -> Days:
    last = calendar.monthrange(year, month)[1]
    return days_between(date(year, month, min(part[0], last)), date(year, month, min(part[1], last)))


DATES: tuple[Reading, ...] = (
    (rf"(?P<year>{YEAR})?(?<![\d每])(?P<month>\d{{1,2}}|{NUMBER})月(?:份)?的?(?P<day>{NUMBER})[号日]", _date),
    (r"(?<![\d.\-/])(?P<year>20\d\d)(?P<gap>[\-/.])(?P<month>\d{1,2})(?P=gap)(?P<day>\d{1,2})(?![\d\-/.])", _date),
    (r"(?<!\d)20\d{6}(?!\d)", _packed_date),
    (
        r"(?<![\d.\-/:周])(?P<year>)(?P<month>0?[1-9]|1[0-2])(?:[/\-](?=\d{1,2}(?!号?[a-z]|号[线楼院门窗厅馆]|[\d\-/:.点时天周月年个米元度寸%人位份次岁]))"
        r"|\.(?=\d{1,2}(?:$|[号日，。,上下早中周到至吧可行有去来])))(?P<day>3[01]|[0-2]?\d)[号日]?",
        _date,
    ),
    (rf"(?P<of>{MONTH})的?(?P<day>{NUMBER})[号日]{NO_PLACE}", _day_of_month),
    (
        rf"(?:(?P<of>{MONTH})|{NAMED_MONTH}|(?<![\d个])月(?=[初底末]|中旬))的?(?P<part>初|中旬|中(?!午|国|心|介)|底|末|上旬|下旬)",
        _month,
    ),
    (r"(?P<of>下{1,3})(?=月[初底末])月(?P<part>[初底末])", _month),
    (
        rf"(?:(?P<of>{MONTH})|{NAMED_MONTH})(?!{NUMBER}|份证|龄|大|以|内|结|租|薪|饼|光|票|息|供|费|嫂|子|季|经|之|[后前度])",
        _month,
    ),
    (r"(?<!\d)年[底末]", _end_of_year),
    (
        rf"(?:(?<=[约在订是于到至和或改就那选要去来嗯好吧、，到])|(?<![\d\-.:\u4e00-\u9fff]))(?P<day>{NUMBER})[号日]{NO_PLACE}",
        _bare_day,
    ),
)

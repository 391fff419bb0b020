"""A day of somebody's life as it is told: 上个月3号, 去年5月20, 前天, 三天前, 2024年3月5日, 下个月初.

The hearing of bookings looks ahead (`spoken_time`); here a day without a year may lie on either side of today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from service_hall.hearing.heard import Sentence
from service_hall.hearing.when.dates import year_of
from service_hall.hearing.when.festivals import festival_days
from service_hall.hearing.when.lunar import lunar_days_around
from service_hall.hearing.when.spoken_time import When
from service_hall.hearing.when.words import NUMBER, number, plain

_YEAR = (
    r"(?P<year>今年|明年|后年|去年|前年|(?<!\d)(?:\d\d)?\d\d年|(?<!\d)\d{4}(?=[./-])"
    r"|[一二][〇零一二三四五六七八九]{3}年)"
)
_FULL = re.compile(
    rf"{_YEAR}?的?[./-]?(?<![\d个])(?P<month>{NUMBER})(?:月|[./-])(?:份)?的?(?P<day>{NUMBER})(?:[日号]|(?!\d|月|个|天))"
)
_PACKED = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_OF_MONTH = re.compile(rf"(?P<of>上上个?|上个?|这个?|本|下个?)月(?P<day>{NUMBER})[日号]")
_DAY_ALONE = re.compile(rf"(?<![\d个月./-])(?P<day>{NUMBER})[日号](?![楼院门])")
_AGO = re.compile(rf"(?P<count>{NUMBER}|半)个?(?P<unit>天|星期|周|礼拜|月|年)(?:多)?(?:之|以)?前")
_OF_WEEK = re.compile(r"(?P<of>上上个?|上个?|这个?|本|下个?)?周(?P<day>[一二三四五六日])")
_NEAR = {"大前天": -3, "前天": -2, "昨天": -1, "昨晚": -1, "今天": 0, "刚刚": 0}
_SAME_DAY = re.compile("(?P<year>去年|前年|今年|明年)的?(?:今天|今日|这一?天|同一天)")
_MONTH_ALONE = re.compile(rf"(?:(?<![\d个]){NUMBER}|(?:上上|上|这|本|下)个?)月(?:份)?(?![初底末])")
_ONLY_MONTH = re.compile(
    rf"(?:我|他|她|是|在|就|大概|应该)*(?P<month>(?:{_YEAR}?的?(?<![\d个])(?P<number>{NUMBER})|(?:上上|上|这|本|下)个?)月)(?:份)?(?:出?生|左右|的|吧|啊|呢)*"
)
_ONLY_DAY = re.compile(rf"(?:我|他|她|是|在|就|应该|的)*(?P<day>{NUMBER})[日号]?(?:的|吧|啊|呢|出?生)*")
_OR = "(?:和|跟|或者?|还是|、|到|至|[-~])"
_TWO_DAYS = re.compile(_OR)
_OR_ANOTHER = re.compile(rf"[日号]{_OR}{NUMBER}[日号]")
_MONTHS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1}
_DAYS = 31
"""Of the longest month."""
_MONTHS_OF_YEAR = 12
_YEARS_AGO = {"前年": -2}


def days_told(sentence: Sentence, today: date) -> Iterator[date]:
    """The likeliest reading first. Of 不是11月1日，是11月2日 the one that is meant."""
    if sentence.correction and (meant := _meant(sentence.part(sentence.correction.meant), today)):
        yield from meant
        return
    yield from _meant(sentence, today)


def month_alone(text: str) -> str:
    """1976年3月, as it was said, where nothing else is: it names no day. '' for none."""
    found = _ONLY_MONTH.fullmatch(plain(text))
    if found is None or (found["number"] and not 0 < number(found["number"]) <= _MONTHS_OF_YEAR):
        return ""
    return found["month"]


def day_of_month(text: str) -> int | None:
    """5号, or 5 alone, to the day of a month that was told."""
    found = _ONLY_DAY.fullmatch(plain(text))
    day = number(found["day"]) if found else 0
    return day if 0 < day <= _DAYS else None


def _meant(sentence: Sentence, today: date) -> list[date]:
    return list(_readings(plain(sentence.text), sentence, today))


def _readings(said: str, sentence: Sentence, today: date) -> Iterator[date]:
    if (lunar := lunar_days_around(said, today)) is not None:
        yield from lunar
        return
    if packed := _PACKED.search(said):
        yield from _of(int(packed[1]), int(packed[2]), int(packed[3]))
    if _names_two(said):
        return
    if found := _FULL.search(said):
        month, day = number(found["month"]), number(found["day"])
        if found["year"]:
            yield from _of(_year(found["year"], today), month, day)
        else:
            yield from sorted(
                (each for year in (-1, 0, 1) for each in _of(today.year + year, month, day)),
                key=lambda each: abs((each - today).days),
            )
        return
    if (festival := festival_days(said, today)) is not None:
        yield from festival
        return
    if found := _OF_MONTH.search(said):
        ahead = _MONTHS[found["of"].removesuffix("个")]
        yield from _of(*_month(today, ahead), number(found["day"]))
        return
    if found := _DAY_ALONE.search(said):  # 15号: of this month or one beside it, whichever is nearest
        near = (each for ahead in (-1, 0, 1) for each in _of(*_month(today, ahead), number(found["day"])))
        yield from sorted(near, key=lambda each: abs((each - today).days))
        return
    if found := _AGO.search(said):
        yield from _ago(found["count"], found["unit"], today)
        return
    if found := _OF_WEEK.search(said):
        yield from _of_week(found["of"], "一二三四五六日".index(found["day"]), today)
        return
    if found := _SAME_DAY.search(said):
        yield from _of(_year(found["year"], today), today.month, today.day)
        return
    if _MONTH_ALONE.search(said):
        return  # 11月, 下个月 name no day
    for word, days in _NEAR.items():
        if word in said:
            yield today + timedelta(days=days)
            return
    when = sentence.as_day.when
    if isinstance(when, When) and when.days:
        yield when.days[0]


def _names_two(said: str) -> bool:
    """11月1日和11月3日, 1号还是2号."""
    found = list(_FULL.finditer(said))
    between = (said[one.end() : other.start()] for one, other in pairwise(found))
    return any(map(_TWO_DAYS.fullmatch, between)) or _OR_ANOTHER.search(said) is not None


def _of_week(of: str | None, weekday: int, today: date) -> Iterator[date]:
    """周三, with no week said, is the one that is over, or else the next."""
    this = today - timedelta(days=today.weekday() - weekday)
    if of:
        yield this + timedelta(weeks=_MONTHS[of.removesuffix("个")])
        return
    yield this if this <= today else this - timedelta(weeks=1)
    yield this if this > today else this + timedelta(weeks=1)


def _of(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _year(said: str, today: date) -> int:
    if said in _YEARS_AGO:
        return today.year + _YEARS_AGO[said]
    return year_of(said if said.endswith("年") else f"{said}年", today.year)


def _month(today: date, ahead: int) -> tuple[int, int]:
    months = today.year * 12 + today.month - 1 + ahead
    return months // 12, months % 12 + 1


def _ago(count: str, unit: str, today: date) -> Iterator[date]:
    if count == "半":
        days = {"月": 15, "年": 182}.get(unit)
        if days:
            yield today - timedelta(days=days)
        return
    times = number(count)
    if unit in ("天", "星期", "周", "礼拜"):
        yield today - timedelta(days=min(times * (1 if unit == "天" else 7), 40_000))
        return
    year, month = _month(today, -min(times * (1 if unit == "月" else 12), 1_500))
    yield date(year, month, min(today.day, monthrange(year, month)[1]))

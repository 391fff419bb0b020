"""The figures of a sentence: each number with its unit, however it is written. 三十日 is 30天, and no 30个工作日.

What a statement says must stand in the text that it cites; this is how the two are compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from cn2an import cn2an
from opencc import OpenCC

from knowledge_base.measures import WHOLES, WRITTEN

_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_IN_PASSING = frozenset({"次", "人", "份", "张", "档", "级", "分", "成", "套", "辆", "孩"})
"""一 is said in passing with these: 一次办好, 一人一档."""

_HAN = "〇零一二三四五六七八九十百千万亿两"
# 五千克 is 5公斤. A number gives nothing back once it is read: none of it begins a unit.
_NUMBER = rf"(?>\d{{1,3}}(?:,\d{{3}}){{1,4}}(?:\.\d{{1,6}})?|\d{{1,14}}(?:\.\d{{1,6}})?|(?:(?!千克)[{_HAN}]){{1,12}})"
_UNIT = "|".join(sorted(map(re.escape, WRITTEN), key=len, reverse=True))
_TO = r"(?:至|到|—+|-|~|、|或者|或)"
# 打12367人工服务 speaks of no 12367 people, 十分 of no points.
_FIGURE = re.compile(
    rf"(?P<before>(?:{_NUMBER}[万亿]?{_TO}){{0,6}}+)(?P<number>{_NUMBER})(?P<scale>[万亿]?)(?:多|余|来)?(?:个半?)?(?P<unit>{_UNIT})"
    r"(?P<half>半)?(?<!十分)(?!(?<=人)[工员民像])"
)
_HALF = re.compile(r"(?<![上下])半个?(?P<unit>年|月|天|日|小时)|(?P<share>半价|减半|一半|半数)")
_PERCENT = re.compile(rf"百分之(?P<points>\d{{1,3}}(?:\.\d{{1,6}})?|[{_HAN}点]{{1,8}})")
_FRACTION = re.compile(rf"(?P<below>[{_HAN}]{{1,4}}|\d{{1,4}})分之(?P<above>[{_HAN}]{{1,4}}|\d{{1,4}})")
# 第二套 is as much as 二套; 第十五条, 第三人 count nothing.
_ORDINAL = re.compile(rf"第{_NUMBER}(?!套|孩)(?:条|款|项|次|类|季度|号|个|人|年|月|日|档|级)?")
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"(?P<year>\d{{4}}|[〇零一二三四五六七八九]{{4}})年(?:(?P<month>{_DAY})月(?:(?P<day>{_DAY})[日号])?)?"
    rf"|(?P<a_month>{_DAY})月(?P<a_day>{_DAY})[日号]"
)
_Read = Callable[[re.Match[str]], Iterable["Figure"]]
_DATES = {"年份": 4, "年月": 6, "年月日": 8, "月日": 4}
"""Unit → digits."""


class Figure(NamedTuple):
    """A date is the number of its digits: 20270101 in 年月日, 202701 in 年月, 2027 in 年份, 101 in 月日."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        if self.unit not in _DATES:
            return f"{self.value.normalize():f}{self.unit}"
        digits = str(int(self.value)).zfill(_DATES[self.unit])
        year, rest = (digits[:4], digits[4:]) if self.unit.startswith("年") else ("", digits)
        parts = (year and f"{year}年", rest[:2] and f"{int(rest[:2])}月", rest[2:] and f"{int(rest[2:])}日")
        return "".join(filter(None, parts))


@lru_cache(maxsize=8192)
def figures_in(text: str) -> frozenset[Figure]:
    """Amounts, periods, ages, shares, counts and dates. Shares, 折 and 成 in percent."""
    found: set[Figure] = set()
    said = _take(_DATE, _dated, _prepared(text), found)
    said = _ORDINAL.sub("；", said)
    said = _take(_PERCENT, _percent, said, found)
    said = _take(_FRACTION, _fraction, said, found)
    said = _take(_FIGURE, _counted, said, found)
    _take(_HALF, _halved, said, found)
    return frozenset(found)


def missing(says: str, texts: Iterable[str], reckoned: str = "") -> frozenset[Figure]:
    """Those of `says` that stand in none of the texts, nor come out of the calculation. A calculation is good for what
    it leads to only if something that it begins with stands in the texts: `成交价100万元×1%＝1万元`."""
    standing = frozenset[Figure]().union(*map(figures_in, texts))
    before, _, after = reckoned.replace("＝", "=").partition("=")
    if after and any(stands_among(each, standing) for each in figures_in(before)):
        standing |= figures_in(after) | figures_in(before)
    return frozenset(each for each in figures_in(says) if not stands_among(each, standing))


def stands_among(figure: Figure, standing: frozenset[Figure]) -> bool:
    """Itself, in another measure, or as the less exact form of a date: 2027年 of 2027年1月1日."""
    if figure in standing or _measured(figure) in map(_measured, standing):
        return True
    return figure.unit in _DATES and any(_is_less_exact(figure, each) for each in standing)


def _measured(figure: Figure) -> Figure:
    times, unit = WHOLES.get(figure.unit, (1, figure.unit))
    return Figure(figure.value * times, unit)


def _is_less_exact(said: Figure, written: Figure) -> bool:
    if said.unit.startswith("年") and written.unit.startswith("年") and written.unit in _DATES:
        fewer = _DATES[written.unit] - _DATES[said.unit]
        return fewer > 0 and written.value // 10**fewer == said.value
    return said.unit == "月日" and written.unit == "年月日" and written.value % 10_000 == said.value


def _prepared(text: str) -> str:
    """Simplified and narrow. A Chinese comma is none: 12367，240元 would be one number."""
    simplified = _simplified().convert(text).replace("，", "；")
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", simplified))


@lru_cache(maxsize=1)
def _simplified() -> OpenCC:
    return OpenCC("t2s")


def _take(pattern: re.Pattern[str], read: _Read, said: str, found: set[Figure]) -> str:
    """The text without what was read, so that nothing is read twice."""

    def taken(match: re.Match[str]) -> str:
        found.update(read(match))
        return "；"

    return pattern.sub(taken, said)


def _dated(match: re.Match[str]) -> Iterable[Figure]:
    parts = [match[name] for name in ("year", "month", "day", "a_month", "a_day") if match[name]]
    digits = "".join(f"{int(_value(part) or 0):02d}" for part in parts)
    unit = {4: "年份" if match["year"] else "月日", 6: "年月", 8: "年月日"}[len(digits)]
    yield Figure(Decimal(digits), unit)


def _percent(match: re.Match[str]) -> Iterable[Figure]:
    if (value := _value(match["points"])) is not None:
        yield Figure(value, "%")


def _fraction(match: re.Match[str]) -> Iterable[Figure]:
    below = {"千": Decimal(1000), "万": Decimal(10_000)}.get(match["below"]) or _value(match["below"])
    above = _value(match["above"])
    if below and above is not None:
        yield _share(above / below * 100)


def _counted(match: re.Match[str]) -> Iterable[Figure]:
    unit = WRITTEN[match["unit"]]
    *before, last = [*re.split(_TO, match["before"])[:-1], match["number"] + match["scale"]]
    for written in (*before, last):
        number, scale = (written[:-1], written[-1]) if written[-1] in "万亿" and written[:-1] else (written, "")
        value = _value(number)
        if value is None:
            continue
        # 1至3万元: the scale of the last is that of all.
        value *= _SCALES[scale or (match["scale"] if written is not last else "")]
        if written is last and (match["half"] or "个半" in match[0]):
            value += Decimal("0.5")
        if value == 1 and unit in _IN_PASSING:
            continue
        yield _in_percent(value, unit)


def _halved(match: re.Match[str]) -> Iterable[Figure]:
    yield Figure(Decimal(50), "%") if match["share"] else Figure(Decimal("0.5"), WRITTEN[match["unit"]])


def _in_percent(value: Decimal, unit: str) -> Figure:
    match unit:
        case "‰":
            return _share(value / 10)
        case "成":
            return _share(value * 10)
        case "折":  # 九折, 95折
            return _share(value * 10 if value < 10 else value)
    return Figure(value, unit)


def _share(percent: Decimal) -> Figure:
    return Figure(percent.quantize(Decimal("0.0001")).normalize(), "%")


def _value(written: str) -> Decimal | None:
    """None: 两三天 names no number."""
    try:
        if written[0].isdigit():
            return Decimal(written.replace(",", ""))
        if re.fullmatch(r"[一二三四五六七八两]{2}", written):
            return None
        return Decimal(str(cn2an(written, "smart")))
    except (ValueError, InvalidOperation, IndexError):
        return None

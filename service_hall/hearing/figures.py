"""A figure as it is told: 两个人合伙, 一百来平, 3.5万."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from cn2an import cn2an

_HAN = "〇零一二三四五六七八九十百千万亿两半"
_FIGURE = re.compile(rf"(?P<number>\d{{1,9}}(?:\.\d{{1,4}})?|[{_HAN}]{{1,10}})(?P<scale>[万亿]?)(?P<about>来|多|几)?")
_SCALES: Mapping[str, int] = {"": 1, "万": 10_000, "亿": 100_000_000}
_UNITS = {"平方米": ("平方", "平米", "平", "㎡", "个平方"), "人": ("个人", "位", "名", "口人"), "元": ("块", "块钱")}
"""How a unit is said, beside its own word."""


def read_number_said(text: str, unit: str) -> int | float | None:
    """两个人合伙, 一百来平, 3.5万; the one that stands before the unit, else the only one."""
    found = [each for each in _FIGURE.finditer(text.replace(",", "")) if _value(each) is not None]
    words = (unit, *_UNITS.get(unit, ())) if unit else ()
    measured = [each for each in found if any(text.replace(",", "")[each.end() :].startswith(word) for word in words)]
    chosen = measured or found
    if len({_value(each) for each in chosen}) != 1:
        return None
    value = _value(chosen[0])
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _value(found: re.Match[str]) -> Decimal | None:
    written = found["number"].replace("两", "二").replace("〇", "零")
    if written == "半":
        return None
    try:
        number = Decimal(written) if written[0].isdigit() else Decimal(str(cn2an(written, "smart")))
    except (ValueError, ArithmeticError):
        return None
    return number * _SCALES[found["scale"]]

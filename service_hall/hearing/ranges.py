"""A range as an option is called by it: 90平方米以下, 一年到三年, 超过5万元."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge_base.measures import MEASURES, spoken_of
from service_hall.hearing.figures import figures_in

_UP_TO = re.compile(r"(?:不超过|不多于|不高于|最多)$|^(?:及|或)?(?:以下|以内|之内|内)")
_BELOW = re.compile(r"(?:不到|不足|不满|没到|没满|未满|少于|低于|小于)$")
_ABOVE = re.compile(r"(?:超过|大于|多于|高于)$")
_FROM = re.compile(r"(?:满|至少|不少于|不低于)$|^(?:及|或)?(?:以上|往上|起)")
_TO = re.compile(r"\s*+(?:到|至|[-—–~～]{1,2})\s*+")


@dataclass(frozen=True)
class Range:
    low: float = float("-inf")
    high: float = float("inf")
    with_low: bool = True
    with_high: bool = True

    def holds(self, value: float) -> bool:
        above = value > self.low or (self.with_low and value == self.low)
        return above and (value < self.high or (self.with_high and value == self.high))


def read_range(label: str, unit: str) -> Range | None:
    """None where it is called by none. `unit`: in which it counts, '' where it does not say."""
    figures = list(figures_in(label))
    if not figures:
        return None
    start, end, low = figures[0]
    before, after = label[:start], _without_unit(label[end:], unit)
    if len(figures) > 1:
        other, _, high = figures[1]
        return Range(low, high) if _TO.fullmatch(_without_unit(label[end:other], unit)) else None
    if _UP_TO.search(before) or _UP_TO.search(after):
        return Range(high=low)
    if _BELOW.search(before):
        return Range(high=low, with_high=False)
    if _ABOVE.search(before):
        return Range(low=low, with_low=False)
    return Range(low=low) if _FROM.search(before) or _FROM.search(after) else None


def unit_counted(texts: Iterable[str]) -> str:
    """Of the first figure with a measure behind it, or of what 多少 asks for; '' where none says so."""
    for text in texts:
        behind = [text[end:] for _, end, _ in figures_in(text)] or [text.partition("多少")[2]]
        for each in MEASURES:
            if each.spoken and any(after.startswith(spoken_of(each.unit)) for after in behind):
                return each.unit
    return ""


def _without_unit(after: str, unit: str) -> str:
    forms = sorted(spoken_of(unit), key=len, reverse=True)
    return next((after[len(form) :] for form in forms if after.startswith(form)), after)

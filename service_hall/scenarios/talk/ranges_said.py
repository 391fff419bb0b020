"""Which of options that are ranges holds a figure: 大概一百二十平, to 90平方米以下, 90到140平方米, 140平方米以上."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_base.scenarios.questions import Question
from service_hall.hearing.consent import place_alone
from service_hall.hearing.figures import is_amount, read_figure_said
from service_hall.hearing.ranges import Range, read_range, unit_counted
from service_hall.hearing.several import places_listed

FEWEST = 2
"""Options that are ranges; one alone is called by its range, and not asked for."""
_OVER, _NOT_OVER = "超过", "不超过"
"""Offered to 存款超过5万元吗."""


def option_holding(question: Question, text: str) -> str:
    """'' where the options are no ranges, the sentence names no figure or a place, or two hold it: 90, between 90以下
    and 90到140."""
    if question.kind != "single" or _names_place(question, text):
        return ""
    unit = unit_counted((*(option.label for option in question.options), question.ask))
    ranges = dict(_ranges(question, unit))
    figure = read_figure_said(text, unit) if len(ranges) >= FEWEST and (unit or is_amount(text)) else None
    holding = [value for value, each in ranges.items() if figure and each.holds(figure.value)]
    return holding[0] if len(holding) == 1 else ""


def _names_place(question: Question, text: str) -> bool:
    place = place_alone(text)
    places = places_listed(text) or ([] if place is None else [place + 1])
    return bool(places) and all(0 < each <= len(question.values) for each in places)


def _ranges(question: Question, unit: str) -> Iterator[tuple[str, Range]]:
    for option in question.options:
        if found := read_range(_in_full(option.label, question.ask), unit):
            yield option.value, found


def _in_full(label: str, ask: str) -> str:
    """超过, with what the question asks for."""
    return label + ask.partition(_OVER)[2] if label in (_OVER, _NOT_OVER) and _OVER in ask else label

"""Whether each question with options understands what it offers itself: the label, its number, 第N个, and the ways in
which citizens tell it."""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.scenarios.answers import hear
from knowledge_base.library import Library
from knowledge_base.scenarios.conditions import UNSURE
from knowledge_base.scenarios.model import Scenario
from knowledge_base.scenarios.questions import Question
from knowledge_base.scenarios.telling_options import options_told
from service_hall.scenarios.talk.answers_meant import read_told

FEWEST_WAYS = 3
"""Of telling an option, beside its label."""


def not_understood(scenario: Scenario, library: Library) -> Iterator[str]:
    for question in scenario.questions:
        if question.options:
            yield from (f"{question.id}：{fault}" for fault in _of_question(question, library))


def _of_question(question: Question, library: Library) -> Iterator[str]:
    for place, (value, (label, *ways)) in enumerate(options_told(question), start=1):
        if len(ways) < FEWEST_WAYS and value != UNSURE:  # not knowing is understood wherever it is asked
            yield f"“{label}”只有{len(ways)}种说法（means、said），至少{FEWEST_WAYS}种"
        for text in (label, str(place), f"第{place}个"):
            if not _is_understood(question, text, value, library):
                yield f"回“{text}”没有当作“{label}”"


def _is_understood(question: Question, text: str, value: str, library: Library) -> bool:
    sentence = hear(text, library)
    meant = read_told(question, sentence, sentence.now.date())
    told = meant.told if meant and meant.is_sure else None
    return told == ([value] if question.kind == "multi" else value)

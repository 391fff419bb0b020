from __future__ import annotations

import pytest

from knowledge_base.language.interrogatives import questions_within
from knowledge_base.library import Library
from knowledge_base.model import Aspect


def evenly(part: str) -> float:
    return 1 / (1 + len(part))


@pytest.mark.parametrize(
    ("clause", "questions"),
    [
        ("能取吗要带啥去哪办", 3),
        ("带什么多少钱", 2),
        ("身份证丢了怎么补", 1),
        ("身份证丢了", 1),
        ("", 1),
        ("几" * 500, 4),
    ],
)
def test_it_asks_as_often_as_it_has_question_words(clause: str, questions: int) -> None:
    parts = questions_within(clause, evenly)
    assert len(parts) == questions and "".join(parts) == clause


@pytest.mark.parametrize(
    ("text", "aspects"),
    [
        ("公积金能取吗要带啥去哪办", (Aspect.ELIGIBILITY, Aspect.MATERIALS, Aspect.LOCATION)),
        ("办居住证要什么材料多久能拿到", (Aspect.MATERIALS, Aspect.TIME_LIMIT)),
        ("办护照要多少钱，多久能拿到？", (Aspect.FEE, Aspect.TIME_LIMIT)),
        ("护照多久能拿到", (Aspect.TIME_LIMIT,)),
        ("几点开门", (Aspect.OFFICE_HOURS,)),
    ],
)
def test_what_is_asked_in_one_breath_is_read_apart(
    real_library: Library, text: str, aspects: tuple[Aspect, ...]
) -> None:
    assert real_library.intents.read_aspects(text) == aspects

"""Where one clause asks twice (能取吗要带啥去哪办): a part ends between one question word and the next. Chinese has
few of them, and none are added."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

_QUESTION_WORD = re.compile(
    "吗|嘛|么(?!$)|什么|啥|哪[里儿些个]?|谁|怎么|咋|如何|多少钱?|几(?!乎)|多久|多长|([\u3400-\u9fff])[不没]\\1"
)
_MOST = 4
"""Questions of one clause."""
_SHORTEST = 2


def has_question_word(text: str) -> bool:
    return _QUESTION_WORD.search(text) is not None


def questions_within(clause: str, clarity: Callable[[str], float]) -> list[str]:
    """The parts, in order; the clause alone where it asks once. `clause`: plain. `clarity`: how clear it is what a part
    asks; of the places where two questions may part, the one where both are clearest counts."""
    words = [found.span() for found in _QUESTION_WORD.finditer(clause)][:_MOST]
    parts, start = [], 0
    for (_, end), (begin, _) in pairwise(words):

        def clearest(cut: int, start: int = start) -> float:
            return min(clarity(clause[start:cut]), clarity(clause[cut:])) if cut - start >= _SHORTEST else 0.0

        cut = max(range(end, begin + 1), key=clearest)
        parts.append(clause[start:cut])
        start = cut
    return [*parts, clause[start:]]

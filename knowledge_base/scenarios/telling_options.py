"""What stands for each answer to a question with options: its label, its words, and how citizens tell it."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_base.scenarios.conditions import NONE, UNSURE
from knowledge_base.scenarios.questions import Question


def options_told(question: Question) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Value → what says it; the answers of whoever picks nothing and of whoever does not know among them."""
    own = ((NONE, question.none), (UNSURE, question.unsure))
    for value, words in (*((each.value, each) for each in question.options), *own):
        if words:
            yield value, (words.label, *words.means, *words.said)

"""Which of what an answer says rests on a rule whose text nobody has checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge_base.statements import Statement
from knowledge_base.support import State
from service_hall.conversation.wording import say

MOST_NAMED = 3
_WORDS = 14


def remark_on_unchecked(said: Sequence[Statement], state_of: Callable[[Statement], State]) -> list[str]:
    """A line, or none where all of it was checked."""
    unchecked = [each for each in said if state_of(each) is State.UNVERIFIED]
    if not unchecked:
        return []
    if len(unchecked) == len(said):
        return [say("unchecked")]
    labels = list(dict.fromkeys(map(_label, unchecked)))
    named = "".join(f"“{label}”" for label in labels[:MOST_NAMED])
    parts = named if len(labels) <= MOST_NAMED else say("unchecked_and_more", parts=named, count=str(len(labels)))
    return [say("unchecked_in_part", parts=parts)]


def _label(statement: Statement) -> str:
    """By what the citizen finds it in the answer: its first words."""
    text = statement.says
    for mark in "：，。；、（":
        text = text.partition(mark)[0]
    return text[:_WORDS]

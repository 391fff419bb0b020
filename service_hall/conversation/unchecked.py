"""Which of what an answer says rests on a rule whose text nobody has checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge_base.statements import Statement
from knowledge_base.support import State
from service_hall.conversation.wording import say


class Unchecked:
    def __init__(self, state_of: Callable[[Statement], State]) -> None:
        self._state_of = state_of

    def mark(self, statement: Statement) -> str:
        """Stands right behind it, so that nobody has to look for what is meant."""
        return say("unchecked_mark") if self._is_one(statement) else ""

    def remark(self, said: Sequence[Statement]) -> list[str]:
        """A line, or none where all of it was checked."""
        return [say("unchecked")] if any(map(self._is_one, said)) else []

    def _is_one(self, statement: Statement) -> bool:
        return self._state_of(statement) is State.UNVERIFIED

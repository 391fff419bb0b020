"""What a kind of walk decides for itself; the rest is the runner's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from service_hall.conversation.acts import Act
from service_hall.conversation.guided.question import Question, Step, W
from service_hall.conversation.turn import Ended, Turn

WORDS = frozenset({"stale", "missed", "which_one", "tired", "first_step", "resumed"})
"""Sentences that the wording of every kind of walk has. `tired` offers a way out."""
ANSWERS = frozenset({Act.GIVE_DETAILS, Act.AFFIRM, Act.DENY, Act.CHOOSE_OPTION, Act.CORRECT})
"""These acts answer what was asked, or fail to; what is understood as any other may be about something else."""


class Way(Protocol[W]):
    @property
    def questions(self) -> Mapping[str, Question[W]]:
        """By their nodes."""
        ...

    def proceed(self, walk: W) -> Turn:
        """Asks what is open next, or ends. What is known is not asked."""
        ...

    def stop(self, walk: W) -> Turn:
        """Given up in the middle."""
        ...

    def stops(self, walk: W) -> bool:
        """Whether the sentence gives it up."""
        ...

    def begins_another(self, walk: W) -> bool:
        """Whether the sentence begins something else, though it could be taken for giving this up."""
        return False

    def before(self, walk: W) -> str:
        """The question before the open one where none was asked: what it asks for was told unasked. '': there is
        none."""
        return ""

    def read(self, walk: W) -> Step[W] | None:
        """The sentence as an answer to the open question, or to whatever else may be said on this way."""
        return self.questions[walk.node].read(walk)

    def misses(self, walk: W) -> bool:
        """Whether a sentence that is no answer was meant as one, and not about something else."""
        return walk.heard.act in ANSWERS

    def take_back(self, walk: W, ended: Ended) -> W:
        """The walk that this one led into, or was left for, has ended."""
        return walk

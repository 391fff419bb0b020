"""One turn of a walk: what is known, what is said above the next question, and the ways in which the turn ends."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from service_hall.conversation.context import Context, OpenWalk
from service_hall.conversation.flow import Heard
from service_hall.conversation.reply import Outcome, Reply, TextReply
from service_hall.conversation.turn import Ended, Into, Turn


@dataclass(frozen=True, kw_only=True)
class Walk(ABC):
    """Made anew for each message, out of what the context kept of it. A kind of walk adds its answers."""

    name: ClassVar[str]
    """Of the flow that leads it."""
    beside: ClassVar[Set[str]] = frozenset()
    """Nodes that are no step of the way: nobody goes back to them."""

    heard: Heard
    walk_id: str
    node: str = ""
    """The question that is open; '' at the beginning."""
    notes: tuple[str, ...] = ()
    """Said above the next question."""
    misses: int = 0
    trail: tuple[str, ...] = ()
    """The questions on the way to the open one, in order."""

    @abstractmethod
    def say(self, name: str, /, **filled: Any) -> str:
        """Of the walk's own wording. The runner says `WORDS` of it."""

    @abstractmethod
    def kept(self) -> dict[str, Any]:
        """The answers as JSON."""

    @property
    def context(self) -> Context:
        """What carries over to the next turn."""
        return self.heard.context

    def noting(self, *notes: str) -> Self:
        return replace(self, notes=(*self.notes, *(note for note in notes if note)))

    def is_asking(self, node: str) -> bool:
        return self.node == node

    def trail_to(self, node: str) -> tuple[str, ...]:
        """The trail once that is asked; an earlier question asked again drops what came after it."""
        is_step = self.node and self.node not in self.beside and not self.is_asking(node)
        trail = (*self.trail, self.node) if is_step else self.trail
        return trail[: trail.index(node)] if node in trail else trail

    # how a turn ends

    def ask(self, node: str, question: Reply, misses: int = 0) -> Turn:
        asked = replace(self, node=node, misses=misses, trail=self.trail_to(node))
        return Turn(Outcome.ASKING, (self._with_notes(question),), asked._as_open())

    def lead_into(self, name: str, given: Mapping[str, Any]) -> Turn:
        """Into a walk of that flow, which begins with what is `given`; this one waits below it."""
        said = (TextReply(text="\n".join(self.notes)),) if self.notes else ()
        return Turn(Outcome.ASKING, said, self._as_open(), into=Into(name, given))

    def end(self, outcome: Outcome, *replies: Reply, told: Mapping[str, Any] | None = None) -> Turn:
        """`told`: what the walk below learns of it; nothing where it was given up. What was done is said first."""
        if outcome is Outcome.DONE and self.notes:
            noted = "\n".join((replies[0].text, *self.notes))
            replies = (replies[0].model_copy(update={"text": noted}), *replies[1:])
        else:
            replies = (self._with_notes(replies[0]), *replies[1:])
        ended = Ended(self.name, self.walk_id, told or {})
        return Turn(outcome, replies, self.context.without_walk(self.walk_id), ended=ended)

    def _as_open(self) -> Context:
        kept = OpenWalk(
            name=self.name,
            walk_id=self.walk_id,
            node=self.node,
            answers=self.kept(),
            misses=self.misses,
            trail=self.trail,
        )
        return self.context.with_walk(kept)

    def _with_notes(self, reply: Reply) -> Reply:
        return reply.model_copy(update={"text": "\n".join((*self.notes, reply.text))}) if self.notes else reply

"""One question of a walk: how it is put, and what is an answer to it.

A walk's questions stand in a table, node → question (`Way.questions`); nothing else asks at which node a walk is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol, TypeAlias, TypeVar

from service_hall.conversation.guided.walk import Walk
from service_hall.conversation.message import Command
from service_hall.conversation.reply import Reply
from service_hall.conversation.turn import Turn

W = TypeVar("W", bound=Walk)
Step: TypeAlias = W | Turn
"""The walk, one answer further, which goes on to what is still open; or how this turn ends."""


class Question(Protocol[W]):
    """To be subclassed: what stands below the first three may be left as it is."""

    node: ClassVar[str]

    def ask(self, walk: W) -> Reply:
        """As it is put to this walk, without a step ahead."""
        ...

    def read(self, walk: W) -> Step[W] | None:
        """The sentence of `walk.heard`. None: no answer."""
        ...

    def choose(self, walk: W, value: str) -> Step[W] | None:
        """An option that was tapped, or picked by its number. None: it is none of these."""
        ...

    def read_first(self, walk: W) -> Step[W] | None:
        """What is an answer here though it says to stop or to skip anywhere else."""
        return None

    def takes(self, walk: W, command: Command) -> bool:
        """Whether a tap on one of its options still counts: as a rule while it is the open question."""
        return walk.is_asking(self.node)

    def to_choose_from(self, walk: W) -> tuple[str, ...]:
        """The payloads among which a mere yes would have to choose; none where a yes is an answer, or nothing."""
        return ()

    def forget(self, walk: W) -> W:
        """Without its answer: it is to be asked once more."""
        return walk

    def missed(self, walk: W) -> str:
        """The name of the sentence that is said after an answer that was none."""
        return "missed"

    def private(self, walk: W) -> Mapping[str, str]:
        """What whoever answers sees whole beside it, and nobody else (`QuestionReply.private`)."""
        return {}

"""A flow whose walks the runner leads."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Generic

from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context, OpenWalk
from service_hall.conversation.flow import Errand, Heard
from service_hall.conversation.guided.question import W
from service_hall.conversation.guided.runner import Runner
from service_hall.conversation.guided.way import Way
from service_hall.conversation.reply import Reply
from service_hall.conversation.turn import Ended, Turn
from service_hall.hearing.heard import Sentence
from service_hall.shared.ids import VisitorId

_NOBODY = VisitorId("")


class GuidedFlow(Errand, ABC, Generic[W]):
    """A kind of walk adds what begins it, and how its walk is opened."""

    def __init__(self, way: Way[W], hear: Callable[[str], Sentence]) -> None:
        self._runner, self._hear = Runner(way), hear

    @property
    @abstractmethod
    def name(self) -> str: ...

    @abstractmethod
    def opened(self, heard: Heard, kept: OpenWalk) -> W:
        """As the context kept it, with what was heard now."""

    def open_walk(self, heard: Heard) -> W | None:
        """None where the walk on top is another flow's."""
        kept = heard.context.walk
        return self.opened(heard, kept) if kept and kept.name == self.name else None

    def go_on(self, heard: Heard) -> Turn | None:
        walk = self.open_walk(heard)
        return self._runner.go_on(walk) if walk else None

    def ask_again(self, context: Context) -> Reply | None:
        walk = self.open_walk(self.silent(_NOBODY, context))
        return self._runner.question_of(walk) if walk else None

    def resume(self, heard: Heard, ended: Ended) -> Turn | None:
        walk = self.open_walk(heard)
        return self._runner.resume(walk, ended) if walk else None

    def private_of(self, visitor_id: VisitorId, context: Context) -> Mapping[str, str]:
        walk = self.open_walk(self.silent(visitor_id, context))
        return self._runner.private_of(walk) if walk else {}

    def silent(self, visitor_id: VisitorId, context: Context) -> Heard:
        """Nothing was said."""
        return Heard(visitor_id, self._hear(""), Act.REPEAT, None, context)

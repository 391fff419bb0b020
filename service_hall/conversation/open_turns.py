"""The turns that are being taken in this process, found by the id of their message.

Rasa gets the sentence and the id, and no more: what was said before, and what is answered, stay here (docs/adr/0028).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from service_hall.conversation.context import Context
from service_hall.conversation.turn import Turn
from service_hall.shared.ids import MessageId, VisitorId


class TurnIsOver(Exception):
    """Whoever opened it has gone on without an answer."""


class OpenTurn:
    """`sentence`: masked, or a payload. `context`: what was said before, with what came along with this message."""

    def __init__(self, message_id: MessageId, visitor_id: VisitorId, sentence: str, context: Context) -> None:
        self.message_id, self.visitor_id = message_id, visitor_id
        self.sentence, self.context = sentence, context
        self._answer: Turn | None = None
        self._is_over = False
        self._lock = Lock()

    @property
    def answer(self) -> Turn | None:
        return self._answer

    def take(self, respond: Callable[[OpenTurn], Turn]) -> Turn:
        """What `respond` gives, the first time. Whoever takes the turn again, or meanwhile, gets the same: nothing is
        done twice. Blocks until it is there. Raises TurnIsOver, and what `respond` raises; then it may be tried
        again."""
        with self._lock:
            if self._answer is None:
                if self._is_over:
                    raise TurnIsOver
                self._answer = respond(self)
            return self._answer

    def end(self) -> None:
        """Whoever comes late does nothing."""
        self._is_over = True


class OpenTurns:
    def __init__(self) -> None:
        self._open: dict[MessageId, OpenTurn] = {}

    @contextmanager
    def opened(self, turn: OpenTurn) -> Iterator[OpenTurn]:
        """To be found by its id until the end of the block."""
        self._open[turn.message_id] = turn
        try:
            yield turn
        finally:
            del self._open[turn.message_id]
            turn.end()

    def find(self, message_id: MessageId) -> OpenTurn | None:
        return self._open.get(message_id)

    def __len__(self) -> int:
        return len(self._open)

"""What the conversation room asks of storage. One suite tests every implementation (tests/contract)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from service_hall.conversation.context import Context
from service_hall.conversation.message import Door
from service_hall.conversation.reply import Outcome, Reply
from service_hall.conversation.utterances import Speaker, Utterance
from service_hall.shared.ids import AnswerId, MessageId, VisitorId


@dataclass(frozen=True)
class RecordedTurn:
    message_id: MessageId
    visitor_id: VisitorId
    received_at: datetime
    said: str
    """Masked."""
    outcome: Outcome
    replies: tuple[Reply, ...]
    took_ms: int
    reason: str = ""
    """As in `Turn`."""
    door: Door = Door.WEB


@dataclass(frozen=True)
class PushedReply:
    number: int
    reply: Reply


@dataclass(frozen=True)
class News:
    """Something was said, by this visitor or to this visitor."""

    number: int
    visitor_id: VisitorId
    is_pushed: bool
    """It belongs into the stream."""


class AlreadyRecorded(Exception):
    """There is a turn of this message: another process has answered it meanwhile."""


class ConversationRecords(Protocol):
    def context_of(self, visitor_id: VisitorId) -> Context:
        """An empty context for a visitor who has said nothing yet."""
        ...

    def record(self, turn: RecordedTurn, context: Context) -> None:
        """The turn, its answers and the new context, all or nothing. Raises AlreadyRecorded, VisitorForgotten."""
        ...

    def turn(self, message_id: MessageId) -> RecordedTurn | None: ...

    def turns_of(self, visitor_id: VisitorId, limit: int = 50) -> list[RecordedTurn]:
        """The last `limit` turns, oldest first."""
        ...

    def conversation_of(self, visitor_id: VisitorId, before: int | None = None, limit: int = 50) -> list[Utterance]:
        """The last `limit` that were said by the visitor and to the visitor, oldest first. `before`: a number of the
        visitor's own: what was said before that; none where the visitor has no such number."""
        ...

    def forget_conversation(self, visitor_id: VisitorId) -> None:
        """All that was said, by the visitor and to the visitor, the turns with their answers, and the context. Of what
        was taken once (Inbox) stays that it was answered."""
        ...

    def judge(self, visitor_id: VisitorId, answer_id: AnswerId, useful: bool, comment: str, at: datetime) -> bool:
        """False if this visitor was given no such answer. The last word counts."""
        ...

    def push(
        self, visitor_id: VisitorId, reply: Reply, at: datetime, once: str = "", who: Speaker = Speaker.NOTICE
    ) -> int:
        """Keep a reply for the visitor's stream; its number, growing. `once`: what it tells (a notice's id); told
        again, it keeps nothing and gives the first one's number. Raises VisitorForgotten."""
        ...

    def pushed_after(self, visitor_id: VisitorId, number: int, limit: int = 100) -> list[PushedReply]: ...

    def last_push(self, visitor_id: VisitorId) -> int:
        """The number of the visitor's newest pushed reply; 0 if there is none."""
        ...

    def newest(self) -> int:
        """The highest number of anybody's, pushed or not; 0 if there is none."""
        ...

    def news_after(self, number: int, awaited: Collection[int] = (), limit: int = 1000) -> list[News]:
        """Of all visitors, in order: what came after, and which of those `awaited` is there now. Of what is pushed to
        one visitor no number turns up after a higher one; of different ones it may."""
        ...

"""Conversation records in memory. `tests/contract` holds them to the same behaviour as the databases."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from service_hall.conversation.context import Context
from service_hall.conversation.records import News, PushedReply, RecordedTurn
from service_hall.conversation.reply import AnswerReply, Reply
from service_hall.shared.ids import AnswerId, VisitorId


@dataclass(frozen=True)
class Judgement:
    useful: bool
    comment: str
    at: datetime


class FakeRecords:
    def __init__(self) -> None:
        self.turns: list[RecordedTurn] = []
        self.contexts: dict[VisitorId, Context] = {}
        self.judgements: dict[AnswerId, Judgement | None] = {}
        self.pushed: list[tuple[VisitorId, PushedReply]] = []
        self._first: dict[str, int] = {}
        self._lock = threading.Lock()

    def context_of(self, visitor_id: VisitorId) -> Context:
        return self.contexts.get(visitor_id, Context())

    def record(self, turn: RecordedTurn, context: Context) -> None:
        given = [AnswerId(reply.answer_id) for reply in turn.replies if isinstance(reply, AnswerReply)]
        with self._lock:
            is_known = any(known.message_id == turn.message_id for known in self.turns)
            if is_known or len({*given, *self.judgements}) < len(given) + len(self.judgements):
                raise ValueError("ids are given once")
            self.turns.append(turn)
            self.contexts[turn.visitor_id] = context
            self.judgements.update(dict.fromkeys(given))

    def turns_of(self, visitor_id: VisitorId, limit: int = 50) -> list[RecordedTurn]:
        own = [turn for turn in self.turns if turn.visitor_id == visitor_id]
        return sorted(own, key=lambda turn: turn.received_at)[-limit:]

    def judge(self, answer_id: AnswerId, useful: bool, comment: str, at: datetime) -> bool:
        if answer_id not in self.judgements:
            return False
        self.judgements[answer_id] = Judgement(useful, comment, at)
        return True

    def push(self, visitor_id: VisitorId, reply: Reply, at: datetime, once: str = "") -> int:
        with self._lock:
            if once in self._first:
                return self._first[once]
            push_id = len(self.pushed) + 1
            if once:
                self._first[once] = push_id
            self.pushed.append((visitor_id, PushedReply(push_id, reply)))
            return push_id

    def pushed_after(self, visitor_id: VisitorId, push_id: int, limit: int = 100) -> list[PushedReply]:
        later = [pushed for owner, pushed in self.pushed if owner == visitor_id and pushed.push_id > push_id]
        return later[:limit]

    def last_push(self, visitor_id: VisitorId) -> int:
        return max((pushed.push_id for owner, pushed in self.pushed if owner == visitor_id), default=0)

    def newest_push(self) -> int:
        return self.pushed[-1][1].push_id if self.pushed else 0

    def news_after(self, push_id: int, awaited: Collection[int] = (), limit: int = 1000) -> list[News]:
        news = [News(pushed.push_id, owner) for owner, pushed in self.pushed]
        return [each for each in news if each.push_id > push_id or each.push_id in awaited][:limit]

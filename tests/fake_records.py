"""Conversation records in memory. `tests/contract` holds them to the same behaviour as the databases."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from service_hall.conversation.context import Context
from service_hall.conversation.inbox import FORGOTTEN, LEASE, Taken
from service_hall.conversation.message import Door
from service_hall.conversation.records import AlreadyRecorded, News, PushedReply, RecordedTurn
from service_hall.conversation.reply import AnswerReply, Reply
from service_hall.conversation.utterances import PUSHED, Speaker, Utterance
from service_hall.shared.ids import AnswerId, MessageId, VisitorId
from tests.fake_forgotten import FakeForgotten


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
        self.spoken: list[Utterance] = []
        self._given = 0
        self.forgotten: set[MessageId] = set()
        """Of turns that were there once."""
        self.forgotten_visitors = FakeForgotten()
        self._first: dict[str, int] = {}
        self._lock = threading.Lock()

    def context_of(self, visitor_id: VisitorId) -> Context:
        return self.contexts.get(visitor_id, Context())

    def record(self, turn: RecordedTurn, context: Context) -> None:
        self.forgotten_visitors.refuse([turn.visitor_id])
        given = [AnswerId(reply.answer_id) for reply in turn.replies if isinstance(reply, AnswerReply)]
        with self._lock:
            is_known = any(known.message_id == turn.message_id for known in self.turns)
            if is_known:
                raise AlreadyRecorded
            if len({*given, *self.judgements}) < len(given) + len(self.judgements):
                raise ValueError("ids are given once")
            self.turns.append(turn)
            self._note(turn.visitor_id, Speaker.CITIZEN, turn.received_at, turn, said=turn.said)
            for reply in turn.replies:
                self._note(turn.visitor_id, Speaker.ASSISTANT, turn.received_at, turn, reply=reply)
            self.contexts[turn.visitor_id] = context
            self.judgements.update(dict.fromkeys(given))

    def turn(self, message_id: MessageId) -> RecordedTurn | None:
        return next((turn for turn in self.turns if turn.message_id == message_id), None)

    def turns_of(self, visitor_id: VisitorId, limit: int = 50) -> list[RecordedTurn]:
        own = [turn for turn in self.turns if turn.visitor_id == visitor_id]
        return sorted(own, key=lambda turn: turn.received_at)[-limit:]

    def conversation_of(self, visitor_id: VisitorId, before: int | None = None, limit: int = 50) -> list[Utterance]:
        own = sorted((each for each in self.spoken if each.visitor_id == visitor_id), key=_place)
        if before is not None:
            ends = [_place(each) for each in own if each.number == before]
            own = [each for each in own for end in ends if _place(each) < end]
        return own[-limit:]

    def forget_conversation(self, visitor_id: VisitorId) -> None:
        with self._lock:
            gone = [turn for turn in self.turns if turn.visitor_id == visitor_id]
            for reply in (reply for turn in gone for reply in turn.replies if isinstance(reply, AnswerReply)):
                del self.judgements[AnswerId(reply.answer_id)]
            self.forgotten.update(turn.message_id for turn in gone)
            self.turns = [turn for turn in self.turns if turn.visitor_id != visitor_id]
            self.spoken = [each for each in self.spoken if each.visitor_id != visitor_id]
            self.contexts.pop(visitor_id, None)

    def judge(self, visitor_id: VisitorId, answer_id: AnswerId, useful: bool, comment: str, at: datetime) -> bool:
        own = (reply for turn in self.turns if turn.visitor_id == visitor_id for reply in turn.replies)
        if all(not isinstance(reply, AnswerReply) or reply.answer_id != answer_id for reply in own):
            return False
        self.judgements[answer_id] = Judgement(useful, comment, at)
        return True

    def push(
        self, visitor_id: VisitorId, reply: Reply, at: datetime, once: str = "", who: Speaker = Speaker.NOTICE
    ) -> int:
        self.forgotten_visitors.refuse([visitor_id])
        with self._lock:
            if once in self._first:
                return self._first[once]
            number = self._note(visitor_id, who, at, reply=reply)
            if once:
                self._first[once] = number
            return number

    def pushed_after(self, visitor_id: VisitorId, number: int, limit: int = 100) -> list[PushedReply]:
        own = (each for each in self.spoken if each.visitor_id == visitor_id and each.who in PUSHED)
        return [PushedReply(each.number, each.reply) for each in own if each.number > number and each.reply][:limit]

    def last_push(self, visitor_id: VisitorId) -> int:
        return max((each.number for each in self.pushed_after(visitor_id, 0, len(self.spoken))), default=0)

    def newest(self) -> int:
        return self.spoken[-1].number if self.spoken else 0

    def news_after(self, number: int, awaited: Collection[int] = (), limit: int = 1000) -> list[News]:
        news = [News(each.number, each.visitor_id, each.who in PUSHED) for each in self.spoken]
        return [each for each in news if each.number > number or each.number in awaited][:limit]

    def _note(
        self,
        visitor_id: VisitorId,
        who: Speaker,
        at: datetime,
        turn: RecordedTurn | None = None,
        *,
        said: str = "",
        reply: Reply | None = None,
    ) -> int:
        self._given += 1
        number = self._given
        door, message_id = (turn.door, turn.message_id) if turn else (Door.WEB, None)
        self.spoken.append(Utterance(number, visitor_id, who, door, at, said, reply, message_id))
        return number


def _place(spoken: Utterance) -> tuple[datetime, int]:
    return spoken.at, spoken.number


class FakeInbox:
    def __init__(self, records: FakeRecords) -> None:
        self._records, self._lock = records, threading.Lock()
        self._taken: dict[tuple[Door, str], tuple[MessageId, datetime, datetime]] = {}

    def take(self, door: Door, key: str, message_id: MessageId, now: datetime) -> Taken:
        with self._lock:
            message_id, taken_at, until = self._taken.get((door, key), (message_id, now, now))
            if message_id in self._records.forgotten:
                return Taken(FORGOTTEN, is_ours=False)
            is_ours = until <= now and self._records.turn(message_id) is None
            if is_ours:
                self._taken[door, key] = (message_id, taken_at, now + LEASE)
            return Taken(message_id, is_ours)

    def give_back(self, door: Door, key: str) -> None:
        with self._lock:
            taken = self._taken.get((door, key))
            if taken and self._records.turn(taken[0]) is None and taken[0] not in self._records.forgotten:
                del self._taken[door, key]

    def join(self, door: Door, key: str, message_id: MessageId) -> None:
        with self._lock:
            taken = self._taken.get((door, key))
            if taken and self._records.turn(taken[0]) is None and taken[0] not in self._records.forgotten:
                self._taken[door, key] = (message_id, *taken[1:])

    def forget_taken(self, before: datetime) -> int:
        old = [each for each, (_, taken_at, _) in self._taken.items() if taken_at < before]
        for each in old:
            del self._taken[each]
        return len(old)

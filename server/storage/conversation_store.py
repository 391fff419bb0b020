"""Conversations in SQL; the contract is `service_hall.conversation.records`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.storage.awaited_schema import awaited_answers
from server.storage.engine import insert_for, pen_of, take_locks, writing
from server.storage.forgotten_store import refuse_forgotten
from server.storage.schema import answers, conversations, taken_messages, turns, utterances
from server.storage.utterance_rows import (
    IS_PUSHED,
    LARGEST_NUMBER,
    last_of,
    place_of,
    read_reply,
    read_utterance,
    rows_of_turn,
)
from service_hall.conversation.context import Context
from service_hall.conversation.inbox import FORGOTTEN
from service_hall.conversation.message import Door
from service_hall.conversation.records import AlreadyRecorded, News, PushedReply, RecordedTurn
from service_hall.conversation.reply import AnswerReply, Outcome, Reply
from service_hall.conversation.utterances import PUSHED, Speaker, Utterance
from service_hall.shared.ids import AnswerId, MessageId, VisitorId
from service_hall.visits.ledger import visitor_lock

_CONTEXT = sa.select(conversations.c.context).where(conversations.c.visitor_id == sa.bindparam("visitor_id"))
_SPOKEN, _GIVEN = sa.insert(utterances), sa.insert(answers)


class ConversationStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine, self._writing = engine, writing(engine)
        self._pen = pen_of(engine)
        # Put together once: with each message it would take longer than carrying them out.
        begun, answered = insert_for(engine)(conversations), insert_for(engine)(turns)
        # In one statement: two nodes may meet a newcomer's first two messages at once.
        self._went_on = begun.on_conflict_do_update(
            index_elements=[conversations.c.visitor_id],
            set_={"last_turn_at": begun.excluded.last_turn_at, "context": begun.excluded.context},
        )
        self._answered = answered.on_conflict_do_nothing().returning(turns.c.message_id)

    def context_of(self, visitor_id: VisitorId) -> Context:
        with self._engine.begin() as transaction:
            kept = transaction.execute(_CONTEXT, {"visitor_id": visitor_id}).scalar()
        return Context.model_validate(kept) if kept else Context()

    def record(self, turn: RecordedTurn, context: Context) -> None:
        conversation = {
            "visitor_id": turn.visitor_id,
            "began_at": turn.received_at,
            "last_turn_at": turn.received_at,
            "context": context.model_dump(mode="json", exclude_defaults=True),
        }
        answered = {
            "message_id": turn.message_id,
            "visitor_id": turn.visitor_id,
            "received_at": turn.received_at,
            "outcome": turn.outcome.value,
            "took_ms": turn.took_ms,
            "reason": turn.reason,
            "door": turn.door.value,
            "region": context.region or "",
        }
        spoken = rows_of_turn(turn)
        given = [
            {
                "answer_id": reply.answer_id,
                "message_id": turn.message_id,
                "guide_id": reply.guide_id,
                "aspect": reply.aspect.value,
            }
            for reply in turn.replies
            if isinstance(reply, AnswerReply)
        ]
        with self._pen, self._writing.begin() as transaction:
            take_locks(transaction, [visitor_lock(turn.visitor_id)])
            refuse_forgotten(transaction, [turn.visitor_id])
            transaction.execute(self._went_on, conversation)
            if transaction.execute(self._answered, answered).first() is None:
                raise AlreadyRecorded
            transaction.execute(_SPOKEN, spoken)
            if given:
                transaction.execute(_GIVEN, given)

    def turn(self, message_id: MessageId) -> RecordedTurn | None:
        return next(iter(self._turns(sa.select(turns).where(turns.c.message_id == message_id))), None)

    def turns_of(self, visitor_id: VisitorId, limit: int = 50) -> list[RecordedTurn]:
        own = sa.select(turns).where(turns.c.visitor_id == visitor_id)
        return self._turns(own.order_by(turns.c.received_at.desc(), turns.c.message_id).limit(limit))[::-1]

    def conversation_of(self, visitor_id: VisitorId, before: int | None = None, limit: int = 50) -> list[Utterance]:
        with self._engine.begin() as transaction:
            place = None if before is None else transaction.execute(place_of(visitor_id, before)).one_or_none()
            if before is not None and place is None:
                return []
            rows = transaction.execute(last_of(visitor_id, limit, place)).all()
        return [read_utterance(row) for row in reversed(rows)]

    def forget_conversation(self, visitor_id: VisitorId) -> None:
        own = sa.select(turns.c.message_id).where(turns.c.visitor_id == visitor_id)
        # A repeat of what was answered is nothing new, though its answer is gone.
        known = sa.update(taken_messages).where(taken_messages.c.message_id.in_(own)).values(message_id=FORGOTTEN)
        with self._pen, self._writing.begin() as transaction:
            transaction.execute(known)
            transaction.execute(sa.delete(answers).where(answers.c.message_id.in_(own)))
            for table in (utterances, turns, conversations, awaited_answers):
                transaction.execute(sa.delete(table).where(table.c.visitor_id == visitor_id))

    def judge(self, visitor_id: VisitorId, answer_id: AnswerId, useful: bool, comment: str, at: datetime) -> bool:
        own = sa.select(turns.c.message_id).where(turns.c.visitor_id == visitor_id)
        judged = (
            sa.update(answers)
            .where(answers.c.answer_id == answer_id, answers.c.message_id.in_(own))
            .values(useful=useful, comment=comment, judged_at=at)
        )
        with self._pen, self._writing.begin() as transaction:
            return transaction.execute(judged).rowcount > 0

    def push(
        self, visitor_id: VisitorId, reply: Reply, at: datetime, once: str = "", who: Speaker = Speaker.NOTICE
    ) -> int:
        first = sa.select(utterances.c.number).where(utterances.c.once == once)
        pushed = sa.insert(utterances).values(
            visitor_id=visitor_id,
            who=who.value,
            door=Door.WEB.value,
            at=at,
            reply=reply.model_dump(mode="json"),
            once=once or None,
        )
        with self._pen, self._writing.begin() as transaction:
            # A stream resumes by number: none may become visible after a higher one of the same visitor.
            take_locks(transaction, [f"stream {visitor_id}", visitor_lock(visitor_id)])
            refuse_forgotten(transaction, [visitor_id])
            if once and (known := transaction.execute(first).scalar()) is not None:
                return int(known)
            key = transaction.execute(pushed).inserted_primary_key
            assert key is not None
            return int(key[0])

    def pushed_after(self, visitor_id: VisitorId, number: int, limit: int = 100) -> list[PushedReply]:
        wanted = (
            sa.select(utterances.c.number, utterances.c.reply)
            .where(utterances.c.visitor_id == visitor_id, IS_PUSHED, utterances.c.number > min(number, LARGEST_NUMBER))
            .order_by(utterances.c.number)
            .limit(limit)
        )
        with self._engine.begin() as transaction:
            return [PushedReply(row.number, read_reply(row.reply)) for row in transaction.execute(wanted)]

    def last_push(self, visitor_id: VisitorId) -> int:
        newest = sa.select(sa.func.max(utterances.c.number)).where(utterances.c.visitor_id == visitor_id, IS_PUSHED)
        with self._engine.begin() as transaction:
            return int(transaction.execute(newest).scalar() or 0)

    def newest(self) -> int:
        with self._engine.begin() as transaction:
            return int(transaction.execute(sa.select(sa.func.max(utterances.c.number))).scalar() or 0)

    def news_after(self, number: int, awaited: Collection[int] = (), limit: int = 1000) -> list[News]:
        wanted = utterances.c.number > number
        if awaited:
            wanted |= utterances.c.number.in_(awaited)
        news = sa.select(utterances.c.number, utterances.c.visitor_id, utterances.c.who).where(wanted)
        with self._engine.begin() as transaction:
            rows = transaction.execute(news.order_by(utterances.c.number).limit(limit)).all()
        return [News(row.number, VisitorId(row.visitor_id), Speaker(row.who) in PUSHED) for row in rows]

    def _turns(self, wanted: sa.Select[Any]) -> list[RecordedTurn]:
        with self._engine.begin() as transaction:
            rows = transaction.execute(wanted).all()
            said = sa.select(utterances).where(utterances.c.message_id.in_([row.message_id for row in rows]))
            spoken = [read_utterance(row) for row in transaction.execute(said.order_by(utterances.c.number))]
        return [_read_turn(row, [each for each in spoken if each.message_id == row.message_id]) for row in rows]


def _read_turn(row: sa.Row[Any], spoken: Sequence[Utterance]) -> RecordedTurn:
    return RecordedTurn(
        MessageId(row.message_id),
        VisitorId(row.visitor_id),
        row.received_at,
        "".join(each.said for each in spoken),
        Outcome(row.outcome),
        tuple(each.reply for each in spoken if each.reply),
        row.took_ms,
        row.reason,
        spoken[0].door if spoken else Door.WEB,
    )

"""Conversations in SQL; the contract is `service_hall.conversation.records`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from server.storage.engine import insert_for, pen_of, take_locks, writing
from server.storage.schema import answers, conversations, pushed_replies, turns
from service_hall.conversation.context import Context
from service_hall.conversation.records import News, PushedReply, RecordedTurn
from service_hall.conversation.reply import AnswerReply, Outcome, Reply, replies_adapter
from service_hall.shared.ids import AnswerId, MessageId, VisitorId

_LARGEST_NUMBER = 2**31 - 1
"""PostgreSQL refuses to compare its integers with more."""


class ConversationStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._pen = pen_of(engine)

    def context_of(self, visitor_id: VisitorId) -> Context:
        wanted = sa.select(conversations.c.context).where(conversations.c.visitor_id == visitor_id)
        with self._engine.begin() as transaction:
            return Context.model_validate(transaction.execute(wanted).scalar() or {})

    def record(self, turn: RecordedTurn, context: Context) -> None:
        kept = context.model_dump(mode="json", exclude_defaults=True)
        with self._pen, writing(self._engine).begin() as transaction:
            begun = insert_for(transaction)(conversations).values(
                visitor_id=turn.visitor_id, began_at=turn.received_at, last_turn_at=turn.received_at, context=kept
            )
            continued = {"last_turn_at": turn.received_at, "context": kept}
            # In one statement: two nodes may meet a newcomer's first two messages at once.
            transaction.execute(
                begun.on_conflict_do_update(index_elements=[conversations.c.visitor_id], set_=continued)
            )
            transaction.execute(
                sa.insert(turns).values(
                    message_id=turn.message_id,
                    visitor_id=turn.visitor_id,
                    received_at=turn.received_at,
                    said=turn.said,
                    outcome=turn.outcome.value,
                    replies=[reply.model_dump(mode="json") for reply in turn.replies],
                    took_ms=turn.took_ms,
                    reason=turn.reason,
                )
            )
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
            if given:
                transaction.execute(sa.insert(answers), given)

    def turns_of(self, visitor_id: VisitorId, limit: int = 50) -> list[RecordedTurn]:
        wanted = (
            sa.select(turns)
            .where(turns.c.visitor_id == visitor_id)
            .order_by(turns.c.received_at.desc(), turns.c.message_id)
            .limit(limit)
        )
        with self._engine.begin() as transaction:
            rows = transaction.execute(wanted).all()
        return [
            RecordedTurn(
                MessageId(row.message_id),
                VisitorId(row.visitor_id),
                row.received_at,
                row.said,
                Outcome(row.outcome),
                replies_adapter.validate_python(row.replies),
                row.took_ms,
                row.reason,
            )
            for row in reversed(rows)
        ]

    def judge(self, answer_id: AnswerId, useful: bool, comment: str, at: datetime) -> bool:
        judged = (
            sa.update(answers)
            .where(answers.c.answer_id == answer_id)
            .values(useful=useful, comment=comment, judged_at=at)
        )
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(judged).rowcount > 0

    def push(self, visitor_id: VisitorId, reply: Reply, at: datetime, once: str = "") -> int:
        first = sa.select(pushed_replies.c.push_id).where(pushed_replies.c.notice_id == once)
        pushed = sa.insert(pushed_replies).values(
            visitor_id=visitor_id, pushed_at=at, reply=reply.model_dump(mode="json"), notice_id=once or None
        )
        with self._pen, writing(self._engine).begin() as transaction:
            # A stream resumes by number: none may become visible after a higher one of the same visitor.
            take_locks(transaction, [f"stream {visitor_id}"])
            if once and (known := transaction.execute(first).scalar()) is not None:
                return int(known)
            key = transaction.execute(pushed).inserted_primary_key
            assert key is not None
            return int(key[0])

    def pushed_after(self, visitor_id: VisitorId, push_id: int, limit: int = 100) -> list[PushedReply]:
        wanted = (
            sa.select(pushed_replies.c.push_id, pushed_replies.c.reply)
            .where(pushed_replies.c.visitor_id == visitor_id, pushed_replies.c.push_id > min(push_id, _LARGEST_NUMBER))
            .order_by(pushed_replies.c.push_id)
            .limit(limit)
        )
        with self._engine.begin() as transaction:
            return [
                PushedReply(row.push_id, replies_adapter.validate_python([row.reply])[0])
                for row in transaction.execute(wanted)
            ]

    def last_push(self, visitor_id: VisitorId) -> int:
        newest = sa.select(sa.func.max(pushed_replies.c.push_id)).where(pushed_replies.c.visitor_id == visitor_id)
        with self._engine.begin() as transaction:
            return int(transaction.execute(newest).scalar() or 0)

    def newest_push(self) -> int:
        with self._engine.begin() as transaction:
            return int(transaction.execute(sa.select(sa.func.max(pushed_replies.c.push_id))).scalar() or 0)

    def news_after(self, push_id: int, awaited: Collection[int] = (), limit: int = 1000) -> list[News]:
        wanted = pushed_replies.c.push_id > push_id
        if awaited:
            wanted |= pushed_replies.c.push_id.in_(awaited)
        news = sa.select(pushed_replies.c.push_id, pushed_replies.c.visitor_id).where(wanted)
        with self._engine.begin() as transaction:
            rows = transaction.execute(news.order_by(pushed_replies.c.push_id).limit(limit)).all()
        return [News(row.push_id, VisitorId(row.visitor_id)) for row in rows]

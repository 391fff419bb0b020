"""Who waits for which answer, in SQL; the contract is `service_hall.reminders.awaited`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from server.storage.awaited_schema import awaited_answers
from server.storage.engine import pen_of, take_locks, writing
from server.storage.forgotten_store import refuse_forgotten
from service_hall.reminders.awaited import MOST_OPEN, Awaited
from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import visitor_lock
from service_hall.visits.notices import NoticeId

_of = awaited_answers.c
_IS_OPEN = _of.told_at.is_(None)


class AwaitedStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine, self._writing = engine, writing(engine)
        self._pen = pen_of(engine)

    def keep(self, awaited: Awaited) -> bool:
        hers = sa.select(_of.question).where(_of.visitor_id == awaited.visitor_id, _IS_OPEN)
        row = {
            "awaited_id": awaited.awaited_id,
            "visitor_id": awaited.visitor_id,
            "question": awaited.question,
            "region": awaited.region,
            "asked_at": awaited.asked_at,
        }
        with self._pen, self._writing.begin() as transaction:
            take_locks(transaction, [visitor_lock(awaited.visitor_id)])
            refuse_forgotten(transaction, [awaited.visitor_id])
            open_ones = list(transaction.execute(hers).scalars())
            if awaited.question in open_ones or len(open_ones) >= MOST_OPEN:
                return False
            transaction.execute(sa.insert(awaited_answers).values(row))
            return True

    def open_ones(self, limit: int = 1000) -> Sequence[Awaited]:
        wanted = sa.select(awaited_answers).where(_IS_OPEN).order_by(_of.asked_at, _of.awaited_id).limit(limit)
        with self._engine.begin() as transaction:
            return [_awaited(row) for row in transaction.execute(wanted)]

    def find(self, awaited_id: NoticeId) -> Awaited | None:
        with self._engine.begin() as transaction:
            row = transaction.execute(sa.select(awaited_answers).where(_of.awaited_id == awaited_id)).one_or_none()
        return _awaited(row) if row else None

    def told(self, awaited_id: NoticeId, at: datetime) -> bool:
        done = sa.update(awaited_answers).where(_of.awaited_id == awaited_id, _IS_OPEN).values(told_at=at)
        with self._pen, self._writing.begin() as transaction:
            return transaction.execute(done).rowcount > 0

    def drop(self, before: datetime) -> int:
        with self._pen, self._writing.begin() as transaction:
            return transaction.execute(sa.delete(awaited_answers).where(_of.asked_at < before)).rowcount


def _awaited(row: sa.Row[tuple[object, ...]]) -> Awaited:
    return Awaited(
        NoticeId(row.awaited_id), VisitorId(row.visitor_id), row.question, row.region, row.asked_at, row.told_at
    )

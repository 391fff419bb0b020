"""Visitors who wanted to be forgotten: their tokens, which nobody can take back, open nothing any more."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa

from server.storage.engine import insert_for, pen_of, writing
from server.storage.schema import forgotten_visitors
from service_hall.shared.ids import VisitorId

_OVERLAP = timedelta(minutes=5)
"""Another node's clock may be behind, and its transaction may take a moment."""


class ForgottenVisitors:
    """All of them in memory, as digests: every request asks. Other nodes hear of one with `refresh`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._pen = pen_of(engine)
        self._keys: set[str] = set()
        self._seen: datetime | None = None
        self.refresh()

    def __contains__(self, visitor_id: object) -> bool:
        return bool(self._keys) and _key_of(str(visitor_id)) in self._keys

    def add(self, visitor_id: VisitorId, at: datetime) -> None:
        key = _key_of(visitor_id)
        with self._pen, writing(self._engine).begin() as transaction:
            transaction.execute(
                insert_for(transaction)(forgotten_visitors).values(visitor_key=key, at=at).on_conflict_do_nothing()
            )
        self._keys.add(key)

    def refresh(self) -> None:
        wanted = sa.select(forgotten_visitors)
        if self._seen:
            wanted = wanted.where(forgotten_visitors.c.at >= self._seen - _OVERLAP)
        with self._engine.begin() as transaction:
            for row in transaction.execute(wanted):
                self._keys.add(row.visitor_key)
                self._seen = max(row.at, self._seen or row.at)

    def drop(self, before: datetime) -> int:
        """Of those whose last token has ended by itself."""
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(sa.delete(forgotten_visitors).where(forgotten_visitors.c.at < before)).rowcount


def _key_of(visitor_id: str) -> str:
    return hashlib.sha256(visitor_id.encode(errors="replace")).hexdigest()

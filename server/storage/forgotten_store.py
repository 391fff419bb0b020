"""Visitors who wanted to be forgotten: their tokens, which nobody can take back, open nothing any more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from server.storage.awaited_schema import awaited_answers
from server.storage.checklist_schema import checklists
from server.storage.engine import insert_for, pen_of, take_locks, writing
from server.storage.schema import conversations, forgotten_visitors, utterances
from server.storage.visit_schema import ratings, visits, wishes
from server.storage.visit_sheet import spelled
from server.storage.wechat_schema import wechat_consents, wechat_letters, wechat_people
from service_hall.shared.errors import VisitorForgotten
from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import visitor_lock
from service_hall.visits.states import ENDED
from service_hall.visits.waiting import STANDING

_OVERLAP = timedelta(minutes=5)
"""Another node's clock may be behind, and its transaction may take a moment."""
_SAID_WITH_IT = sa.exists().where(ratings.c.visit_id == visits.c.visit_id, ratings.c.comment != "")
_TELLS_OF_HER = visits.c.person_sealed.is_not(None) | (visits.c.question != "") | _SAID_WITH_IT
_TELLS_SOMETHING = visits.c.status.not_in(spelled(ENDED)) | (_TELLS_OF_HER & ~visits.c.no_show)
_IS_WANTED = wishes.c.status.in_(spelled(STANDING))
_KEPT = sa.union(
    sa.select(conversations.c.visitor_id),
    sa.select(utterances.c.visitor_id),
    sa.select(visits.c.visitor_id).where(visits.c.visitor_id.is_not(None), _TELLS_SOMETHING),
    sa.select(wishes.c.visitor_id).where(_IS_WANTED),
    sa.select(checklists.c.visitor_id),
    sa.select(awaited_answers.c.visitor_id),
)
"""Of whom there is something that goes when they are forgotten."""
_OF_THESE = sa.select(forgotten_visitors.c.visitor_key).where(
    forgotten_visitors.c.visitor_key.in_(sa.bindparam("keys", expanding=True))
)


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

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, visitor_id: VisitorId, at: datetime) -> None:
        """When it returns, nothing is in work for the visitor any more, and nothing more is written, on any node."""
        key = _key_of(visitor_id)
        with self._pen, writing(self._engine, durable=True).begin() as transaction:
            take_locks(transaction, [visitor_lock(visitor_id)])
            transaction.execute(
                insert_for(transaction)(forgotten_visitors).values(visitor_key=key, at=at).on_conflict_do_nothing()
            )
            for table in (checklists, awaited_answers):
                transaction.execute(sa.delete(table).where(table.c.visitor_id == visitor_id))
            _forget_on_wechat(transaction, visitor_id)
        self._keys.add(key)

    def refresh(self) -> None:
        wanted = sa.select(forgotten_visitors)
        if self._seen:
            wanted = wanted.where(forgotten_visitors.c.at >= self._seen - _OVERLAP)
        with self._engine.begin() as transaction:
            for row in transaction.execute(wanted):
                self._keys.add(row.visitor_key)
                self._seen = max(row.at, self._seen or row.at)

    def still_kept(self) -> list[VisitorId]:
        """The forgotten of whom something is there all the same: whoever was to delete it was stopped in between."""
        if not self._keys:
            return []
        with self._engine.connect().execution_options(yield_per=1000) as transaction:
            return [VisitorId(each) for each in transaction.execute(_KEPT).scalars() if each in self]

    def drop(self, before: datetime) -> int:
        """Of those whose last token has ended by itself."""
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(sa.delete(forgotten_visitors).where(forgotten_visitors.c.at < before)).rowcount


def refuse_forgotten(transaction: sa.Connection, visitor_ids: Iterable[VisitorId]) -> None:
    """Where something is written for them, under their locks. Raises VisitorForgotten."""
    keys = [_key_of(visitor_id) for visitor_id in visitor_ids]
    if keys and transaction.execute(_OF_THESE, {"keys": keys}).first():
        raise VisitorForgotten


def _forget_on_wechat(transaction: sa.Connection, visitor_id: VisitorId) -> None:
    """Who writes from there after that is somebody new."""
    hers = sa.select(wechat_people.c.openid).where(wechat_people.c.visitor_id == visitor_id)
    transaction.execute(sa.delete(wechat_consents).where(wechat_consents.c.openid.in_(hers)))
    for table in (wechat_letters, wechat_people):
        transaction.execute(sa.delete(table).where(table.c.visitor_id == visitor_id))


def _key_of(visitor_id: str) -> str:
    return hashlib.sha256(visitor_id.encode(errors="replace")).hexdigest()

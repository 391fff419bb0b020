"""Whom the account knows, in SQL; the contract is `channels.wechat.people`."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

import sqlalchemy as sa

from channels.wechat.api.parts import OpenId
from channels.wechat.people import Contact
from server.storage.engine import insert_for, pen_of, writing
from server.storage.wechat_schema import wechat_people
from service_hall.shared.ids import VisitorId, new_visitor_id

_of = wechat_people.c


class PeopleStore:
    def __init__(self, engine: sa.Engine, forgotten: Container[VisitorId] = ()) -> None:
        self._engine, self._forgotten = engine, forgotten
        self._pen = pen_of(engine)

    def visitor_of(self, openid: OpenId, at: datetime) -> VisitorId:
        known = sa.select(_of.visitor_id).where(_of.openid == openid)
        with self._engine.begin() as transaction:
            visitor_id = transaction.execute(known).scalar()
        if visitor_id is not None and visitor_id not in self._forgotten:
            return VisitorId(visitor_id)
        anew = {"visitor_id": new_visitor_id(), "since": at}
        with self._pen, writing(self._engine).begin() as transaction:
            # Where another node was faster, its visitor stays.
            made = insert_for(transaction)(wechat_people).values(openid=openid, follows=True, **anew)
            made = made.on_conflict_do_update(
                index_elements=[_of.openid], set_=anew, where=_of.visitor_id == (visitor_id or "")
            )
            transaction.execute(made)
            return VisitorId(transaction.execute(known).scalar_one())

    def wrote(self, openid: OpenId, at: datetime) -> None:
        self._change(_of.openid == openid, wrote_at=at, follows=True)

    def unfollowed(self, openid: OpenId) -> None:
        self._change(_of.openid == openid, follows=False)

    def drop(self, before: datetime) -> int:
        gone = ~_of.follows, sa.func.coalesce(_of.wrote_at, _of.since) < before
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(sa.delete(wechat_people).where(*gone)).rowcount

    def contact_of(self, visitor_id: VisitorId) -> Contact | None:
        with self._engine.begin() as transaction:
            row = transaction.execute(sa.select(wechat_people).where(_of.visitor_id == visitor_id)).first()
        return Contact(OpenId(row.openid), VisitorId(row.visitor_id), row.follows, row.wrote_at) if row else None

    def _change(self, which: sa.ColumnElement[bool], **changed: object) -> None:
        with self._pen, writing(self._engine).begin() as transaction:
            transaction.execute(sa.update(wechat_people).where(which).values(**changed))

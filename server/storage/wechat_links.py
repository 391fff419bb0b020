"""Browsers that belong to citizens on WeChat, in SQL; the contract is `channels.wechat.identity.links`."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from channels.wechat.api.parts import OpenId
from channels.wechat.identity.links import MOST_TRIES, Offer, OfferId
from server.storage.engine import insert_for, pen_of, take_locks, writing
from server.storage.forgotten_store import ForgottenVisitors, refuse_forgotten
from server.storage.moving import move_all
from server.storage.wechat_schema import wechat_links, wechat_offers, wechat_people
from service_hall.shared.ids import VisitorId, new_visitor_id
from service_hall.visits.ledger import visitor_lock

_OVERLAP = timedelta(minutes=5)
"""Another node's clock may be behind, and what it has in work may take a moment."""
_of = wechat_offers.c


class LinkStore:
    """All links in memory: every request asks. Other nodes hear of one with `refresh`."""

    def __init__(self, engine: sa.Engine, forgotten: ForgottenVisitors) -> None:
        self._engine, self._forgotten = engine, forgotten
        self._pen = pen_of(engine)
        self._goes_by: dict[VisitorId, VisitorId] = {}
        self._seen: datetime | None = None
        self.refresh()

    def goes_by(self, visitor_id: VisitorId) -> VisitorId:
        return self._goes_by.get(visitor_id, visitor_id)

    def has_browsers(self, visitor_id: VisitorId) -> bool:
        return visitor_id in self._goes_by.values()

    def link(self, visitor_id: VisitorId, to: VisitorId, at: datetime) -> None:
        linked = {"goes_by": to, "at": at}
        with self._pen, writing(self._engine, durable=True).begin() as transaction:
            take_locks(transaction, map(visitor_lock, (visitor_id, to)))
            refuse_forgotten(transaction, (visitor_id, to))
            made = insert_for(transaction)(wechat_links).values(visitor_id=visitor_id, **linked)
            transaction.execute(made.on_conflict_do_update(index_elements=[wechat_links.c.visitor_id], set_=linked))
            move_all(transaction, visitor_id, to)
        self._goes_by[visitor_id] = to

    def part(self, visitor_id: VisitorId, at: datetime) -> None:
        anew = new_visitor_id()
        with self._pen, writing(self._engine, durable=True).begin() as transaction:
            take_locks(transaction, map(visitor_lock, (visitor_id, anew)))
            refuse_forgotten(transaction, [visitor_id])
            hers = wechat_people.c.visitor_id == visitor_id
            if transaction.execute(sa.update(wechat_people).where(hers).values(visitor_id=anew)).rowcount:
                move_all(transaction, visitor_id, anew)
        self._forgotten.add(visitor_id, at)

    def refresh(self) -> None:
        wanted = sa.select(wechat_links)
        if self._seen:
            wanted = wanted.where(wechat_links.c.at >= self._seen - _OVERLAP)
        with self._engine.begin() as transaction:
            for row in transaction.execute(wanted):
                self._goes_by[VisitorId(row.visitor_id)] = VisitorId(row.goes_by)
                self._seen = max(row.at, self._seen or row.at)

    def gather(self, since: datetime) -> None:
        """What was in work for a browser, here or on another node, when it was linked after `since`, is hers too."""
        linked = sa.select(wechat_links.c.visitor_id, wechat_links.c.goes_by).where(wechat_links.c.at >= since)
        with self._engine.begin() as transaction:
            rows = transaction.execute(linked).all()
        for row in rows:
            with self._pen, writing(self._engine).begin() as transaction:
                take_locks(transaction, map(visitor_lock, (VisitorId(row.visitor_id), VisitorId(row.goes_by))))
                move_all(transaction, VisitorId(row.visitor_id), VisitorId(row.goes_by))

    def drop(self, before: datetime) -> int:
        """Links from before that, with whose tokens it is over."""
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(sa.delete(wechat_links).where(wechat_links.c.at < before)).rowcount

    def drop_offers(self, now: datetime) -> int:
        """Those that are over."""
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(sa.delete(wechat_offers).where(_of.good_until <= now)).rowcount

    def offer(self, offer: Offer) -> None:
        with self._pen, writing(self._engine).begin() as transaction:
            transaction.execute(sa.delete(wechat_offers).where(_of.visitor_id == offer.visitor_id))
            transaction.execute(
                sa.insert(wechat_offers).values(
                    offer_id=offer.offer_id,
                    visitor_id=offer.visitor_id,
                    good_until=offer.good_until,
                    openid=offer.openid,
                    code=offer.code,
                    tries=offer.tries,
                )
            )

    def scanned(self, offer_id: OfferId, openid: OpenId, code: str, now: datetime) -> str | None:
        is_open = _of.offer_id == offer_id, _of.good_until > now, _of.tries < MOST_TRIES
        holds = sa.case((_of.openid == openid, _of.code), else_=code)
        scan = sa.update(wechat_offers).where(*is_open).values(openid=openid, code=holds).returning(_of.code)
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(scan).scalar()

    def offer_of(self, visitor_id: VisitorId) -> Offer | None:
        wanted = sa.select(wechat_offers).where(_of.visitor_id == visitor_id).order_by(_of.good_until.desc()).limit(1)
        with self._engine.begin() as transaction:
            row = transaction.execute(wanted).first()
        if row is None:
            return None
        openid = OpenId(row.openid) if row.openid else None
        return Offer(OfferId(row.offer_id), VisitorId(row.visitor_id), row.good_until, openid, row.code, row.tries)

    def note_try(self, offer: Offer) -> bool:
        as_seen = _of.offer_id == offer.offer_id, _of.tries == offer.tries, _of.code == offer.code
        return offer.tries < MOST_TRIES and self._change(*as_seen, tries=offer.tries + 1)

    def drop_offer(self, offer_id: OfferId) -> bool:
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(sa.delete(wechat_offers).where(_of.offer_id == offer_id)).rowcount > 0

    def _change(self, *which: sa.ColumnElement[bool], **changed: object) -> bool:
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(sa.update(wechat_offers).where(*which).values(**changed)).rowcount > 0

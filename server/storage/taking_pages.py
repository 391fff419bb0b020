"""Of the ledger's page: who took places, whence, and how it was proven (`service_hall.visits.takings`)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.storage.engine import insert_for
from server.storage.taking_schema import phone_codes, takings, used_proofs
from server.storage.visit_rows import Values, wish_of
from server.storage.visit_schema import visits, wishes
from server.storage.visit_sheet import Sheet, Where
from service_hall.shared.ids import VisitorId
from service_hall.visits.takings import CodesSent, Counted, PhoneCode, Taking
from service_hall.visits.visit import Visit, VisitId
from service_hall.visits.waiting import Wish, WishId


def _taken_since(*where: Where) -> sa.ScalarSelect[int]:
    counted = sa.select(sa.func.count()).select_from(takings)
    return counted.where(takings.c.at >= sa.bindparam("since"), *where).scalar_subquery()


# Put together once: every booking waits for it.
_BOTH: tuple[sa.ColumnElement[Any], ...] = (
    _taken_since(takings.c.visitor_id == sa.bindparam("visitor")).label("of_visitor"),
    _taken_since(takings.c.address_key == sa.bindparam("address"), takings.c.address_key != "").label("of_address"),
)
_COUNTED = sa.select(*_BOTH)
_TAKING, _CODE = ([each.name for each in fields(record)] for record in (Taking, PhoneCode))


class TakingPages(Sheet):
    def add_taking(self, taking: Taking) -> None:
        self._insert(takings, _values(taking, _TAKING))

    def move_taking(self, taken_id: VisitId | WishId, to: VisitId) -> None:
        self._update(takings, takings.c.taken_id == taken_id, taken_id=to)

    def drop_taking(self, taken_id: VisitId | WishId) -> None:
        self._delete(takings, takings.c.taken_id == taken_id)

    def counted(self, visitor_id: VisitorId, address_key: str, since: datetime) -> Counted:
        [row] = self._rows(_COUNTED, visitor=visitor_id, address=address_key, since=since)
        return Counted(row.of_visitor, row.of_address)

    def use_up(self, proof_key: str, at: datetime) -> bool:
        insert = insert_for(self._transaction)(used_proofs).values(proof_key=proof_key, at=at)
        written = insert.on_conflict_do_nothing().returning(used_proofs.c.proof_key)
        return self._transaction.execute(written).first() is not None

    def busy_addresses(self, since: datetime, least: int) -> list[str]:
        by_address = sa.select(takings.c.address_key).where(
            takings.c.at >= since, takings.c.address_key != "", takings.c.settled_by == ""
        )
        busy = by_address.group_by(takings.c.address_key).having(sa.func.count() >= least)
        return self._values(busy.order_by(sa.func.count().desc(), takings.c.address_key))

    def takings_of(self, address_key: str, since: datetime) -> list[Taking]:
        found = sa.select(takings).where(takings.c.address_key == address_key, takings.c.at >= since)
        return [Taking(**_values(row, _TAKING)) for row in self._rows(found.order_by(takings.c.at, takings.c.taken_id))]

    def visits_taken(self, taken_ids: Collection[VisitId | WishId], office_id: str) -> list[Visit]:
        return self._visits(visits.c.visit_id.in_(sorted(taken_ids)), visits.c.office_id == office_id)

    def wishes_taken(self, taken_ids: Collection[VisitId | WishId], office_id: str) -> list[Wish]:
        found = sa.select(wishes).where(wishes.c.wish_id.in_(sorted(taken_ids)), wishes.c.office_id == office_id)
        return [wish_of(row) for row in self._rows(found.order_by(wishes.c.made_at, wishes.c.wish_id))]

    def settle_takings(self, taken_ids: Collection[VisitId | WishId], clerk: str) -> None:
        self._update(takings, takings.c.taken_id.in_(sorted(taken_ids)), settled_by=clerk)

    def code_for(self, asked_for: str) -> PhoneCode | None:
        sent = sa.select(phone_codes).where(phone_codes.c.asked_for == asked_for)
        latest = sent.order_by(phone_codes.c.sent_at.desc(), phone_codes.c.tries_left.desc())
        row = self._row(latest.limit(1))
        return PhoneCode(**_values(row, _CODE)) if row else None

    def codes_sent(self, visitor_id: VisitorId, address_key: str, phone_key: str, since: datetime) -> CodesSent:
        to_phone = phone_codes.c.phone_key == phone_key
        from_address = sa.and_(phone_codes.c.address_key == address_key, phone_codes.c.address_key != "")
        numbers = [
            self._values(
                sa.select(sa.func.count()).select_from(phone_codes).where(where, phone_codes.c.sent_at >= since)
            )
            for where in (
                phone_codes.c.visitor_id == visitor_id,
                from_address,
                to_phone,
                sa.and_(to_phone, from_address),
            )
        ]
        return CodesSent(*(number for [number] in numbers))

    def keep_code(self, code: PhoneCode) -> None:
        self._put(phone_codes, _values(code, _CODE))

    def forget_takings(self, before: datetime) -> int:
        self._delete(used_proofs, used_proofs.c.at < before)
        self._delete(phone_codes, phone_codes.c.sent_at < before)
        return self._transaction.execute(sa.delete(takings).where(takings.c.at < before)).rowcount


def _values(source: object, names: list[str]) -> Values:
    return {name: getattr(source, name) for name in names}

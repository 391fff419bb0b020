"""Of the ledger's page: visits, their history, and the keys that stand for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from server.storage.visit_rows import event_of, event_values, pack_values, visit_of, visit_values
from server.storage.visit_schema import booking_keys, has_ticket, is_at_counter, visit_events, visits
from server.storage.visit_sheet import IN_ORDER, Sheet, spelled
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId
from service_hall.visits.bookers import Bookers
from service_hall.visits.ledger import SHARES_BOOKED, Load, Outdated
from service_hall.visits.states import TAKES_PLACE, Status
from service_hall.visits.visit import Code, Share, Visit, VisitEvent, VisitId

_DAY, _START, _ID = IN_ORDER


def _minutes(share: Share) -> sa.ColumnElement[int]:
    return sa.func.sum(visits.c.minutes).filter(visits.c.share == share.value)


# Put together once: whoever books waits for it.
_MOVED = sa.update(visits).where(visits.c.visit_id == sa.bindparam("moved"), visits.c.version == sa.bindparam("before"))
# And this too: whoever looks at the openings waits for it, and so does every booking.
_LOADS = (
    sa.select(visits.c.starts_at, _minutes(Share.PUBLIC).label("public"), _minutes(Share.INTERNAL).label("internal"))
    .where(
        visits.c.office_id == sa.bindparam("office"),
        visits.c.line_id == sa.bindparam("line"),
        visits.c.starts_at >= sa.bindparam("since"),
        visits.c.starts_at < sa.bindparam("before"),
        # What is left out is asked for: it is shorter than what is counted, and every row is held against it.
        visits.c.share.not_in(spelled(set(Share) - set(SHARES_BOOKED))),
        visits.c.status.not_in(spelled(set(Status) - TAKES_PLACE)),
        # A hold without an end takes its place: better a place too few than one given twice.
        sa.or_(
            visits.c.status != Status.HELD.value,
            visits.c.held_until.is_(None),
            visits.c.held_until > sa.bindparam("now"),
        ),
    )
    .group_by(visits.c.starts_at)
    .order_by(visits.c.starts_at)
)


class VisitPages(Sheet):
    def visit(self, visit_id: VisitId) -> Visit | None:
        return self._one_visit(visits.c.visit_id == visit_id)

    def by_code(self, code: Code) -> Visit | None:
        return self._one_visit(visits.c.code == code)

    def of_visitor(self, visitor_id: VisitorId, limit: int = 100) -> list[Visit]:
        own = sa.select(visits).where(visits.c.visitor_id == visitor_id)
        return [visit_of(row) for row in self._rows(own.order_by(_DAY.desc(), _START.desc(), _ID).limit(limit))]

    def booked_by(self, bookers: Bookers, limit: int = 100) -> list[Visit]:
        if not bookers:
            return []
        theirs = sa.select(visits).where(of_bookers(bookers)).order_by(_DAY.desc(), _START.desc(), _ID)
        return [visit_of(row) for row in self._rows(theirs.limit(limit))]

    def of_person(self, keys: Collection[str], statuses: Collection[Status]) -> list[Visit]:
        return [visit for visit in self._visits(has_any(keys)) if visit.status in statuses]

    def of_office(
        self, office_id: str, first: date, last: date, statuses: Collection[Status], line_id: str = ""
    ) -> list[Visit]:
        of_line = [visits.c.line_id == line_id] if line_id else []
        return self._visits(
            visits.c.office_id == office_id,
            visits.c.day.between(first, last),
            visits.c.status.in_(spelled(statuses)),
            *of_line,
        )

    def loads(self, office_id: str, line_id: str, first: date, last: date, now: datetime) -> list[Load]:
        taken = self._rows(
            _LOADS,
            office=office_id,
            line=line_id,
            since=_midnight(first),
            before=_midnight(last + timedelta(days=1)),
            now=now,
        )
        return [Load(row.starts_at, row.public or 0, row.internal or 0) for row in taken]

    def at_counter(self, office_id: str, counter: str) -> Visit | None:
        return self._one_visit(visits.c.office_id == office_id, visits.c.counter == counter, is_at_counter)

    def tickets_given(self, office_id: str, day: date, letter: str) -> int:
        behind = len(letter) + 1
        highest = (
            sa.select(visits.c.ticket)
            .where(
                visits.c.office_id == office_id,
                visits.c.day == day,
                has_ticket,
                sa.func.substr(visits.c.ticket, 1, len(letter)) == letter,
                # Another line's letters may begin with these.
                sa.func.substr(visits.c.ticket, behind, 1).between("0", "9"),
            )
            .order_by(sa.func.length(visits.c.ticket).desc(), visits.c.ticket.desc())
            .limit(1)
        )
        row = self._row(highest)
        return int(row.ticket.removeprefix(letter)) if row else 0

    def add(self, visit: Visit, event: VisitEvent) -> None:
        self._insert(visits, visit_values(visit))
        self._insert(visit_events, event_values(event))

    def save(self, visit: Visit, event: VisitEvent) -> None:
        values = {**visit_values(visit), "before": visit.version - 1}
        values["moved"] = values.pop("visit_id")
        if not self._transaction.execute(_MOVED, values).rowcount:
            raise Outdated(visit.visit_id)
        self._insert(visit_events, event_values(event))

    def keep_pack(self, visit: Visit) -> None:
        self._update(
            visits,
            visits.c.visit_id == visit.visit_id,
            **pack_values(visit.pack),
            share_with_clerk=visit.share_with_clerk,
            question=visit.question,
        )

    def history(self, visit_id: VisitId) -> list[VisitEvent]:
        wanted = sa.select(visit_events).where(visit_events.c.visit_id == visit_id).order_by(visit_events.c.version)
        return [event_of(row) for row in self._rows(wanted)]

    def by_key(self, visitor_id: VisitorId, key: str) -> Visit | None:
        kept = sa.select(booking_keys.c.visit_id).where(
            booking_keys.c.visitor_id == visitor_id, booking_keys.c.key == key
        )
        return self._one_visit(visits.c.visit_id == kept.scalar_subquery())

    def keep_key(self, visitor_id: VisitorId, key: str, visit_id: VisitId, at: datetime) -> None:
        self._insert(booking_keys, {"visitor_id": visitor_id, "key": key, "visit_id": visit_id, "kept_at": at})


def of_bookers(bookers: Bookers) -> sa.ColumnElement[bool]:
    """Of one of the two at least."""
    columns = ((visits.c.visitor_id, bookers.visitor_id), (visits.c.phone_key, bookers.phone_key))
    return sa.or_(*(column == known for column, known in columns if known))


def has_any(keys: Collection[str]) -> sa.ColumnElement[bool]:
    """Asked alone, and the few visits of a person are sifted here: with a status beside it, SQLite walks the index of
    the statuses instead (60 ms of 100,000 visits)."""
    known = sorted({key for key in keys if key})
    return sa.or_(visits.c.id_key.in_(known), visits.c.name_key.in_(known))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)

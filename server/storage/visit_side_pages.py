"""Of the ledger's page: closed and extra hours, the waiting list, the outbox, appeals, ratings and looks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

import sqlalchemy as sa

from server.storage.audit_store import values_of
from server.storage.staff_schema import audit_log
from server.storage.visit_rows import (
    NOBODY,
    appeal_of,
    closure_of,
    extra_hours_of,
    look_of,
    notice_of,
    notice_values,
    plain_values,
    rating_of,
    wish_of,
    wish_values,
)
from server.storage.visit_schema import (
    appeals,
    closures,
    extra_hours,
    is_booked,
    is_due_at_a_door,
    is_to_tell,
    looks,
    notices,
    ratings,
    visits,
    wishes,
)
from server.storage.visit_sheet import Sheet, Where, spelled
from service_hall.shared.ids import VisitorId
from service_hall.staff.audit import Entry
from service_hall.visits.closures import Closure, ClosureId, ExtraHours
from service_hall.visits.ledger import Appeal, Look, Rating
from service_hall.visits.notices import Notice, NoticeId, NoticeKind
from service_hall.visits.visit import VisitId
from service_hall.visits.waiting import STANDING, Wish, WishId, WishStatus

# Put together once: they are asked for with every look at the openings.
_CLOSURES = (
    sa.select(closures)
    .where(
        closures.c.office_id == sa.bindparam("office"),
        closures.c.from_ < sa.bindparam("before"),
        closures.c.until > sa.bindparam("since"),
    )
    .order_by(closures.c.from_, closures.c.closure_id)
)
_EXTRA_HOURS = (
    sa.select(extra_hours)
    .where(
        extra_hours.c.office_id == sa.bindparam("office"),
        extra_hours.c.day.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .order_by(extra_hours.c.day, extra_hours.c.opens, extra_hours.c.extra_id)
)
_IS_WAITING = wishes.c.status == WishStatus.WAITING.value


class HourPages(Sheet):
    def closures(self, office_id: str, from_: datetime, until: datetime) -> list[Closure]:
        meeting = self._rows(_CLOSURES, office=office_id, since=from_, before=until)
        return [closure_of(row) for row in meeting]

    def closure(self, closure_id: ClosureId) -> Closure | None:
        row = self._row(sa.select(closures).where(closures.c.closure_id == closure_id))
        return closure_of(row) if row else None

    def add_closure(self, closure: Closure) -> None:
        self._insert(closures, plain_values(closure))

    def drop_closure(self, closure_id: ClosureId) -> None:
        self._delete(closures, closures.c.closure_id == closure_id)

    def extra_hours(self, office_id: str, first: date, last: date) -> list[ExtraHours]:
        added = self._rows(_EXTRA_HOURS, office=office_id, first=first, last=last)
        return [extra_hours_of(row) for row in added]

    def add_extra_hours(self, extra: ExtraHours) -> None:
        self._insert(extra_hours, plain_values(extra))

    def drop_extra_hours(self, extra_id: str) -> None:
        self._delete(extra_hours, extra_hours.c.extra_id == extra_id)


class WaitingPages(Sheet):
    def wish(self, wish_id: WishId) -> Wish | None:
        return next(iter(self._wishes(wishes.c.wish_id == wish_id)), None)

    def wish_of_visit(self, visit_id: VisitId) -> Wish | None:
        return next(iter(self._wishes(wishes.c.visit_id == visit_id)), None)

    def wishes_of(self, visitor_id: VisitorId) -> list[Wish]:
        return self._wishes(wishes.c.visitor_id == visitor_id)

    def waiting(self, office_id: str, line_id: str = "") -> list[Wish]:
        of_line = [wishes.c.line_id == line_id] if line_id else []
        return self._wishes(_IS_WAITING, wishes.c.office_id == office_id, *of_line)

    def offices_waited_for(self) -> list[str]:
        return sorted(self._values(sa.select(wishes.c.office_id).where(_IS_WAITING).distinct()))

    def add_wish(self, wish: Wish) -> None:
        self._insert(wishes, wish_values(wish))

    def settle_wish(self, wish_id: WishId, status: WishStatus, visit_id: VisitId | None) -> None:
        person = {} if status in STANDING else NOBODY
        self._update(wishes, wishes.c.wish_id == wish_id, status=status.value, visit_id=visit_id, **person)

    def drop_wishes(self, before: datetime) -> int:
        settled = wishes.c.status.not_in(spelled(STANDING))
        return self._transaction.execute(sa.delete(wishes).where(settled, wishes.c.made_at < before)).rowcount

    def _wishes(self, *where: Where) -> list[Wish]:
        wanted = sa.select(wishes).where(*where).order_by(wishes.c.made_at, wishes.c.wish_id)
        return [wish_of(row) for row in self._rows(wanted)]


class OutboxPages(Sheet):
    def post(self, posted: Iterable[Notice]) -> None:
        if values := [notice_values(notice) for notice in posted]:
            self._insert(notices, values)

    def withdraw(self, visit_id: VisitId, kinds: Collection[NoticeKind]) -> None:
        self._update(
            notices,
            notices.c.visit_id == visit_id,
            notices.c.kind.in_(spelled(kinds)),
            notices.c.delivered_at.is_(None),
            withdrawn=True,
        )

    def has_notice(self, visit_id: VisitId, kind: NoticeKind) -> bool:
        """What was withdrawn is as if it had never been posted."""
        standing = sa.select(notices.c.notice_id).where(
            notices.c.visit_id == visit_id, notices.c.kind == kind.value, ~notices.c.withdrawn
        )
        return self._row(standing.limit(1)) is not None

    def notice(self, notice_id: NoticeId) -> Notice | None:
        row = self._row(sa.select(notices).where(notices.c.notice_id == notice_id, ~notices.c.withdrawn))
        return notice_of(row) if row else None

    def due(self, now: datetime, limit: int = 100) -> list[Notice]:
        wanted = sa.select(notices).where(is_due_at_a_door, notices.c.due_at <= now)
        return [
            notice_of(row) for row in self._rows(wanted.order_by(notices.c.due_at, notices.c.notice_id).limit(limit))
        ]

    def to_tell(self, office_id: str, before: datetime) -> list[Notice]:
        booked_there = sa.select(visits.c.visit_id).where(visits.c.office_id == office_id, is_booked)
        wanted = sa.select(notices).where(is_to_tell, notices.c.due_at <= before, notices.c.visit_id.in_(booked_there))
        return [notice_of(row) for row in self._rows(wanted.order_by(notices.c.due_at, notices.c.notice_id))]

    def put_off(self, notice_id: NoticeId, until: datetime) -> None:
        self._update(notices, notices.c.notice_id == notice_id, due_at=until)

    def delivered(self, notice_id: NoticeId, at: datetime, said: bool) -> None:
        self._update(notices, notices.c.notice_id == notice_id, delivered_at=at, said=said)


class RecordPages(Sheet):
    def appeal(self, visit_id: VisitId) -> Appeal | None:
        row = self._row(sa.select(appeals).where(appeals.c.visit_id == visit_id))
        return appeal_of(row) if row else None

    def keep_appeal(self, appeal: Appeal) -> None:
        self._put(appeals, plain_values(appeal))

    def open_appeals(self, office_id: str) -> list[Appeal]:
        undecided = sa.select(appeals).join(visits).where(visits.c.office_id == office_id, appeals.c.granted.is_(None))
        return [appeal_of(row) for row in self._rows(undecided.order_by(appeals.c.made_at, appeals.c.visit_id))]

    def rating(self, visit_id: VisitId) -> Rating | None:
        row = self._row(sa.select(ratings).where(ratings.c.visit_id == visit_id))
        return rating_of(row) if row else None

    def keep_rating(self, rating: Rating) -> None:
        self._put(ratings, plain_values(rating))

    def note_look(self, look: Look) -> None:
        self._insert(looks, plain_values(look))
        seen = Entry(look.by, "personal.look", "visit", look.visit_id, look.at, after={"what": look.what})
        self._insert(audit_log, values_of(seen))

    def looks(self, visit_id: VisitId) -> list[Look]:
        wanted = sa.select(looks).where(looks.c.visit_id == visit_id).order_by(looks.c.at, looks.c.look_id)
        return [look_of(row) for row in self._rows(wanted)]

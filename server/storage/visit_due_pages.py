"""Of the ledger's page: what falls due, what is forgotten, what counts, and how the counters work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from server.storage.visit_pages import of_bookers
from server.storage.visit_rows import NOBODY, visit_of
from server.storage.visit_schema import appeals, has_person, is_booked, notices, ratings, visits
from server.storage.visit_sheet import Sheet, spelled
from service_hall.visits.bookers import Bookers
from service_hall.visits.states import AT_COUNTER, IN_HALL, Status
from service_hall.visits.visit import Visit, VisitId

_SERVED_THERE = spelled({*AT_COUNTER, Status.FINISHED, Status.MISSED})
"""Whose counter is the one that called them; of one who waits, it is the one that will."""

_is_decided = appeals.c.granted.is_not(None)


class DuePages(Sheet):
    def holds_run_out(self, now: datetime, limit: int = 200) -> list[Visit]:
        run_out = sa.select(visits).where(visits.c.status == Status.HELD.value, visits.c.held_until <= now)
        ordered = run_out.order_by(visits.c.held_until, visits.c.visit_id).limit(limit)
        return [visit_of(row) for row in self._rows(ordered)]

    def booked_before(self, day: date, limit: int = 200) -> list[Visit]:
        return self._visits(visits.c.status == Status.BOOKED.value, visits.c.day < day, limit=limit)

    def in_hall_before(self, day: date, limit: int = 200) -> list[Visit]:
        return self._visits(visits.c.status.in_(spelled(IN_HALL)), visits.c.day < day, limit=limit)

    def to_forget(self, before: datetime, limit: int = 200) -> list[Visit]:
        known = sa.select(visits).where(visits.c.ended_at < before, has_person)
        # Phones alone last: while their no-shows count they stay, and are not to stand in the way of the others.
        ordered = known.order_by(visits.c.person_sealed.is_(None), visits.c.ended_at, visits.c.visit_id).limit(limit)
        return [visit_of(row) for row in self._rows(ordered)]

    def forget(self, visit_id: VisitId, keep_phone: bool) -> None:
        phone = {} if keep_phone else {"phone_key": None}
        self._update(visits, visits.c.visit_id == visit_id, question="", **NOBODY, **phone)
        self._update(ratings, ratings.c.visit_id == visit_id, comment="")
        self._update(appeals, appeals.c.visit_id == visit_id, _is_decided, reason="")

    def forget_words(self, before: datetime) -> int:
        commented = self._update(ratings, ratings.c.at < before, ratings.c.comment != "", comment="")
        old = (appeals.c.made_at < before, appeals.c.reason != "")
        return commented + self._update(appeals, _is_decided, *old, reason="")

    def leave_to_staff(self, visit_id: VisitId) -> None:
        self._update(visits, visits.c.visit_id == visit_id, visitor_id=None)
        self._update(notices, notices.c.visit_id == visit_id, notices.c.delivered_at.is_(None), visitor_id=None)

    def packs_to_check(
        self, guide_id: str, digest: str, today: date, limit: int = 200, office_id: str = ""
    ) -> list[Visit]:
        there = [visits.c.office_id == office_id] if office_id else []
        return self._visits(
            *there,
            is_booked,
            visits.c.guide_id == guide_id,
            visits.c.day >= today,
            visits.c.pack_digest != digest,
            limit=limit,
        )

    def guides_ahead(self, today: date) -> list[str]:
        ahead = sa.select(visits.c.guide_id).where(is_booked, visits.c.day >= today)
        return self._values(ahead.group_by(visits.c.guide_id).order_by(visits.c.guide_id))

    def no_shows(self, bookers: Bookers, since: date) -> list[Visit]:
        known = self._visits(of_bookers(bookers), visits.c.day >= since) if bookers else []
        return [visit for visit in known if visit.no_show and not visit.exempt]

    def exempt(self, visit_id: VisitId) -> None:
        self._update(visits, visits.c.visit_id == visit_id, exempt=True)

    def service_minutes(self, office_id: str, line_id: str, day: date) -> Sequence[float]:
        finished = (
            sa.select(visits.c.serving_at, visits.c.ended_at)
            .where(
                visits.c.office_id == office_id,
                visits.c.day == day,
                visits.c.status == Status.FINISHED.value,
                visits.c.line_id == line_id,
                visits.c.serving_at.is_not(None),
                visits.c.ended_at.is_not(None),
            )
            .order_by(visits.c.ended_at, visits.c.visit_id)
        )
        return [(row.ended_at - row.serving_at).total_seconds() / 60 for row in self._rows(finished)]

    def counter_acts(self, office_id: str, day: date) -> Mapping[str, Sequence[datetime]]:
        served = sa.select(
            visits.c.counter, visits.c.status, visits.c.called_at, visits.c.serving_at, visits.c.ended_at
        ).where(
            visits.c.office_id == office_id,
            visits.c.day == day,
            visits.c.status.in_(_SERVED_THERE),
            visits.c.counter != "",
        )
        acts = defaultdict[str, list[datetime]](list)
        for row in self._rows(served):
            # That a citizen was given up tells nothing of the counter.
            finished_at = row.ended_at if row.status == Status.FINISHED.value else None
            acts[row.counter] += filter(None, (row.called_at, row.serving_at, finished_at))
        return {counter: sorted(each) for counter, each in acts.items()}

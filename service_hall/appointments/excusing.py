"""Appeals by telephone: staff find the no-show of whoever calls, take it back, or lift the restriction.

For whoever cannot appeal at the page any more, or whose phone somebody else has confirmed. What staff find is noted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge_base.booking_rules import BookingRules
from service_hall.appointments.no_shows import counting, restricted_until
from service_hall.visits.bookers import bookers_of
from service_hall.visits.ledger import Appeal, Look, Page, office_lock
from service_hall.visits.means import Means
from service_hall.visits.notices import NoticeKind, notice
from service_hall.visits.person import Person, keys_of
from service_hall.visits.states import Status
from service_hall.visits.visit import Code, Visit, VisitId

MOST_FOUND = 20
BY_TELEPHONE = "电话申诉"
"""The reason that is kept, where the citizen wrote none."""


@dataclass(frozen=True)
class NoShow:
    visit: Visit
    restricted_until: datetime | None
    """Of whoever booked it, at this moment."""


def by_code(means: Means, code: Code, clerk: str) -> list[NoShow]:
    return _found(means, clerk, lambda page: filter(None, [page.by_code(code)]))


def by_person(means: Means, person: Person, clerk: str) -> list[NoShow]:
    """Booked for this name and phone, or this identity number. The latest in front."""
    keys = keys_of(person, means.safe)
    return _found(means, clerk, lambda page: page.of_person(keys, [Status.MISSED]))


def excuse(means: Means, visit_id: VisitId, clerk: str) -> bool:
    """It counts no more. False: it does not count."""
    found = means.ledger.read(lambda page: page.visit(visit_id))
    if found is None:
        return False

    def work(page: Page) -> bool:
        visit = page.visit(visit_id)
        return visit is not None and _excuse(page, visit, clerk, means.now())

    return means.ledger.write([office_lock(found.office_id)], work)


def lift(means: Means, visit_id: VisitId, clerk: str) -> int:
    """Whoever booked this visit may book again at once: none of the no-shows so far counts. How many did."""

    def theirs(page: Page) -> list[Visit]:
        visit = page.visit(visit_id)
        return counting(page, bookers_of(visit), means.rules_now(), means.now()) if visit else []

    def work(page: Page) -> int:
        return sum(_excuse(page, visit, clerk, means.now()) for visit in theirs(page))

    offices = {visit.office_id for visit in means.ledger.read(theirs)}
    return means.ledger.write([office_lock(office_id) for office_id in offices], work)


def _found(means: Means, clerk: str, find: Callable[[Page], Iterable[Visit]]) -> list[NoShow]:
    def work(page: Page) -> list[NoShow]:
        now, rules = means.now(), means.rules_now()
        missed = sorted((visit for visit in find(page) if visit.no_show), key=lambda visit: visit.day, reverse=True)
        for visit in missed[:MOST_FOUND]:
            page.note_look(Look(visit.visit_id, now, clerk, "no_show"))
        return [NoShow(visit, _restricted_until(page, visit, rules, now)) for visit in missed[:MOST_FOUND]]

    return means.ledger.write([], work)


def _restricted_until(page: Page, visit: Visit, rules: BookingRules, now: datetime) -> datetime | None:
    bookers = bookers_of(visit)
    return restricted_until(page, bookers, rules, now) if bookers else None


def _excuse(page: Page, visit: Visit, clerk: str, now: datetime) -> bool:
    if not visit.no_show or visit.exempt:
        return False
    page.exempt(visit.visit_id)
    made = page.appeal(visit.visit_id) or Appeal(visit.visit_id, BY_TELEPHONE, now)
    page.keep_appeal(replace(made, granted=True, decided_by=clerk, decided_at=now))
    page.post(notice(visit, NoticeKind.APPEAL_DECIDED, now, granted=True))
    return True

"""How many bookings a booker may have at once; and for whom.

Limits bind to who booked, never to the name and numbers of a booking: those may be anybody's, and an answer that
depended on them would tell a stranger of somebody's bookings, and use up what she may book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from knowledge_base.booking_rules import BookingRules
from service_hall.appointments.outcomes import LimitReached
from service_hall.shared.ids import VisitorId
from service_hall.visits.bookers import Bookers
from service_hall.visits.ledger import Page
from service_hall.visits.states import AHEAD, IN_HALL
from service_hall.visits.visit import Share, Visit, VisitId, has_run_out

UNDER_WAY = frozenset({*AHEAD, *IN_HALL})


def limits_of_visitor(
    page: Page, visit: Visit, visitor_id: VisitorId, rules: BookingRules, now: datetime
) -> LimitReached | None:
    """Among the visitor's own bookings, a person books an item once."""
    standing = _standing(page.booked_by(Bookers(visitor_id)), now, visit.visit_id)
    return _for_one_person(standing, visit, rules) or _too_many(standing, "visitor", rules)


def limits_of_phone(
    page: Page, visit: Visit, phone_key: str, rules: BookingRules, now: datetime
) -> LimitReached | None:
    """Among the bookings that this phone has confirmed, whoever made them."""
    standing = _standing(page.booked_by(Bookers(phone_key=phone_key)), now, visit.visit_id)
    if _for_one_person(standing, visit, rules):
        return LimitReached("phone_and_person", 0)
    return _too_many(standing, "phone", rules)


def limits_of_staff(page: Page, visit: Visit, rules: BookingRules, now: datetime) -> LimitReached | None:
    """All that staff have booked is one book: two clerks do not book the same person for the same item. What a citizen
    booked in that name does not count: the clerk has the person on the line, and decides."""
    keys = visit.person.keys if visit.person else ()
    by_staff = [other for other in page.of_person(keys, UNDER_WAY) if other.visitor_id is None]
    return _for_one_person(_standing(by_staff, now, visit.visit_id), visit, rules)


def too_many_of_visitor(
    page: Page, visitor_id: VisitorId, rules: BookingRules, now: datetime, but: VisitId | None = None
) -> LimitReached | None:
    return _too_many(_standing(page.booked_by(Bookers(visitor_id)), now, but), "visitor", rules)


def _standing(visits: Sequence[Visit], now: datetime, but: VisitId | None) -> list[Visit]:
    return [
        visit
        for visit in visits
        if visit.status in UNDER_WAY
        and visit.visit_id != but
        and visit.share is not Share.WALK_IN
        and not has_run_out(visit, now)
    ]


def _for_one_person(standing: Sequence[Visit], visit: Visit, rules: BookingRules) -> LimitReached | None:
    keys = set(visit.person.keys) if visit.person else set()
    same = [other for other in standing if other.person and not keys.isdisjoint(other.person.keys)]
    if sum(other.guide_id == visit.guide_id for other in same) >= rules.active_per_person_and_item:
        return LimitReached("person_and_item", rules.active_per_person_and_item)
    if len(same) >= rules.active_per_person:
        return LimitReached("person", rules.active_per_person)
    return None


def _too_many(standing: Sequence[Visit], kind: str, rules: BookingRules) -> LimitReached | None:
    return LimitReached(kind, rules.active_per_visitor) if len(standing) >= rules.active_per_visitor else None

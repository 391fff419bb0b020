"""How many bookings one person, and one visitor, may have at once."""

from __future__ import annotations

from datetime import datetime

from knowledge_base.booking_rules import BookingRules
from service_hall.appointments.outcomes import LimitReached
from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import Page
from service_hall.visits.states import AHEAD, IN_HALL
from service_hall.visits.visit import Share, Visit, VisitId, has_run_out

UNDER_WAY = frozenset({*AHEAD, *IN_HALL})


def limits(page: Page, visit: Visit, keys: tuple[str, ...], rules: BookingRules, now: datetime) -> LimitReached | None:
    known = page.of_person(keys, UNDER_WAY)
    standing = [other for other in known if other.visit_id != visit.visit_id and not has_run_out(other, now)]
    if sum(other.guide_id == visit.guide_id for other in standing) >= rules.active_per_person_and_item:
        return LimitReached("person_and_item", rules.active_per_person_and_item)
    if len(standing) >= rules.active_per_person:
        return LimitReached("person", rules.active_per_person)
    return too_many_of_visitor(page, visit.visitor_id, rules, now, but=visit.visit_id)


def too_many_of_visitor(
    page: Page, visitor_id: VisitorId | None, rules: BookingRules, now: datetime, but: VisitId | None = None
) -> LimitReached | None:
    if visitor_id is None:
        return None
    standing = sum(
        other.status in UNDER_WAY
        and not has_run_out(other, now)
        and other.visit_id != but
        and other.share is not Share.WALK_IN
        for other in page.of_visitor(visitor_id)
    )
    return LimitReached("visitor", rules.active_per_visitor) if standing >= rules.active_per_visitor else None

"""Places as they stand in the ledger: what is open, what is free, and why a place cannot be had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge_base.booking_rules import BookingRules
from knowledge_base.offices import Office
from service_hall.appointments.openings import Opening, days_bookable, openings
from service_hall.appointments.outcomes import NotOpen, Refused, SlotFull
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId, new_readable_code
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means, exceptions_on
from service_hall.visits.pack import pack_of
from service_hall.visits.states import Status
from service_hall.visits.visit import Code, Share, Visit, VisitId

MOST_ALTERNATIVES = 3


@dataclass(frozen=True)
class Wanted:
    """A place for an item at an office at a time."""

    guide_id: str
    office_id: str
    starts_at: datetime
    share: Share = Share.PUBLIC


def openings_between(
    means: Means, guide_id: str, office_id: str, first: date, last: date, share: Share = Share.PUBLIC
) -> list[Opening] | NotOpen:
    office = bookable_office(means, guide_id, office_id)
    if isinstance(office, NotOpen):
        return office
    return means.ledger.read(lambda page: openings_on(page, means, office, guide_id, first, last, share))


def bookable_office(means: Means, guide_id: str, office_id: str) -> Office | NotOpen:
    if guide_id not in means.library().names:
        return NotOpen("unknown_guide")
    office = means.office(office_id)
    if office is None:
        return NotOpen("unknown_office")
    if guide_id not in office.guides:
        return NotOpen("not_handled")
    guide = means.library().guide(guide_id, office.region)
    takes_bookings = guide is None or guide.takes_appointments
    return office if takes_bookings and office.line_of(guide_id) else NotOpen("not_bookable")


def place_refused(
    page: Page, means: Means, office: Office, wanted: Wanted, rules: BookingRules, now: datetime
) -> Refused | None:
    """None: the place is there to be taken."""
    first, last = days_bookable(now, rules)
    day = wanted.starts_at.astimezone(SHANGHAI).date()
    if wanted.starts_at <= now:
        return NotOpen("past")
    if not first <= day <= last:
        return NotOpen("beyond_horizon", rules.horizon_days)
    of_day = openings_on(page, means, office, wanted.guide_id, day, day, wanted.share)
    opening = next((each for each in of_day if each.starts_at == wanted.starts_at), None)
    if opening is None:
        if wanted.starts_at < now + timedelta(minutes=rules.lead_minutes):
            return NotOpen("too_soon")
        return NotOpen("no_opening" if of_day or day == first else "closed_day")
    if opening.left > 0:
        return None
    return SlotFull(nearest_free(page, means, office, wanted, rules, now))


def nearest_free(
    page: Page, means: Means, office: Office, wanted: Wanted, rules: BookingRules, now: datetime
) -> list[Opening]:
    """Three openings of the office that are nearest in time; where it has none, of the others that handle the item."""
    first, last = days_bookable(now, rules)
    others = [each for each in means.library().published.offices if each.id != office.id]
    bookable = [other for other in others if isinstance(bookable_office(means, wanted.guide_id, other.id), Office)]
    for each in (office, *bookable):
        free = [
            opening
            for opening in openings_on(page, means, each, wanted.guide_id, first, last, wanted.share)
            if opening.left > 0
        ]
        if free:
            nearest = sorted(free, key=lambda opening: abs(opening.starts_at - wanted.starts_at))[:MOST_ALTERNATIVES]
            return sorted(nearest, key=lambda opening: opening.starts_at)
    return []


def openings_on(
    page: Page, means: Means, office: Office, guide_id: str, first: date, last: date, share: Share = Share.PUBLIC
) -> list[Opening]:
    """Of those days within the horizon, both included; full ones too."""
    line = office.line_of(guide_id)
    now, rules = means.now(), means.rules_now()
    earliest, furthest = days_bookable(now, rules)
    first, last = max(first, earliest), min(last, furthest)
    if line is None or first > last:
        return []
    return openings(
        office,
        guide_id,
        first,
        last,
        now=now,
        rules=rules,
        calendar=means.calendar,
        exceptions=exceptions_on(page, office.id, first, last),
        loads=page.loads(office.id, line.id, first, last, now),
        share=share,
    )


def new_visit(means: Means, wanted: Wanted, office: Office, visitor_id: VisitorId | None) -> Visit:
    """Raises ValueError where no line of the office handles the item (`bookable_office` has been asked before)."""
    line = office.line_of(wanted.guide_id)
    if line is None:
        raise ValueError(f"{office.id} does not handle {wanted.guide_id}")
    starts_at = wanted.starts_at.astimezone(SHANGHAI)
    return Visit(
        visit_id=VisitId("w_" + new_readable_code(16)),
        code=Code(new_readable_code()),
        visitor_id=visitor_id,
        guide_id=wanted.guide_id,
        office_id=office.id,
        line_id=line.id,
        day=starts_at.date(),
        minutes=line.minutes_for(wanted.guide_id),
        share=wanted.share,
        status=Status.HELD,
        created_at=means.now(),
        starts_at=starts_at,
        pack=pack_of(means.library().guide(wanted.guide_id, office.region)),
    )

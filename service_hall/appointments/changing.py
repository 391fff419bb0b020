"""A booking changed: cancelled, or moved to another time; by the citizen, or by staff what staff have booked."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from service_hall.appointments.outcomes import (
    Cancelled,
    Cancelling,
    LimitReached,
    Moved,
    NotAllowed,
    Rescheduling,
    Unknown,
)
from service_hall.appointments.places import Wanted, place_refused
from service_hall.appointments.reserving import actor_of
from service_hall.appointments.waiting_list import offer_freed
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means
from service_hall.visits.notices import ABOUT_THE_TIME, reminders_of
from service_hall.visits.own import change_own
from service_hall.visits.states import Move, Status, allows
from service_hall.visits.visit import Code, Visit, event_of
from service_hall.visits.waiting import WishStatus


def cancel(means: Means, visitor_id: VisitorId, code: Code) -> Cancelling:
    """Cancelling twice is cancelling once."""
    return change_own(means, visitor_id, code, partial(let_go, means, visitor_id)) or Unknown()


def let_go(means: Means, visitor_id: VisitorId, page: Page, visit: Visit) -> Cancelled | NotAllowed:
    """Inside a transaction under the office's lock; of whoever is being forgotten too."""
    now = means.now()
    if visit.status is Status.CANCELLED:
        return Cancelled(visit)
    # Whoever did not come cannot cancel when the day is over.
    if not allows(Move.CANCEL, visit.status) or (visit.day < now.date() and not visit.displaced):
        return NotAllowed("cancel_too_late")
    cancelled = visit.moved(Move.CANCEL, ended_at=now, held_until=None)
    page.save(cancelled, event_of(visit, cancelled, Move.CANCEL, now, actor_of(visitor_id)))
    page.withdraw(visit.visit_id, ABOUT_THE_TIME)
    if visit.status is Status.HELD:
        page.drop_taking(visit.visit_id)
    if wish := page.wish_of_visit(visit.visit_id):
        page.settle_wish(wish.wish_id, WishStatus.WITHDRAWN, visit.visit_id)
    offer_freed(page, means, visit.office_id, visit.line_id)
    return Cancelled(cancelled)


def reschedule(means: Means, visitor_id: VisitorId, code: Code, starts_at: datetime) -> Rescheduling:
    """To another time at the same office. The same time again changes nothing."""

    def move(page: Page, visit: Visit) -> Rescheduling:
        now, rules, office = means.now(), means.rules_now(), means.office(visit.office_id)
        if office is None:
            return Unknown()
        if not allows(Move.RESCHEDULE, visit.status) or visit.day < now.date():
            return NotAllowed("reschedule_too_late")
        if visit.starts_at == starts_at and not visit.displaced:
            return Moved(visit)
        # Whom the office sent away may change as often as it takes.
        if visit.reschedules >= rules.reschedules_per_visit and not visit.displaced:
            return LimitReached("reschedules", rules.reschedules_per_visit)
        wanted = Wanted(visit.guide_id, visit.office_id, starts_at, visit.share)
        if refusal := place_refused(page, means, office, wanted, rules, now):
            return refusal
        here = starts_at.astimezone(SHANGHAI)
        moved = visit.moved(
            Move.RESCHEDULE,
            starts_at=here,
            day=here.date(),
            displaced=False,
            reschedules=visit.reschedules + (not visit.displaced),
        )
        before = visit.starts_at.isoformat() if visit.starts_at else ""
        page.save(moved, event_of(visit, moved, Move.RESCHEDULE, now, actor_of(visitor_id), was_at=before))
        page.withdraw(visit.visit_id, ABOUT_THE_TIME)
        page.post(reminders_of(moved, rules, now))
        offer_freed(page, means, visit.office_id, visit.line_id)
        return Moved(moved)

    return change_own(means, visitor_id, code, move) or Unknown()

"""Holding and booking a place: checked and written in one transaction, under the locks of office and person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge_base.booking_rules import BookingRules
from service_hall.appointments.limits import limits, too_many_of_visitor
from service_hall.appointments.no_shows import restricted_until
from service_hall.appointments.outcomes import (
    Booked,
    Booking,
    Held,
    Holding,
    NotAllowed,
    NotOpen,
    Refused,
    Restricted,
)
from service_hall.appointments.places import Wanted, bookable_office, new_visit, place_refused
from service_hall.appointments.waiting_list import offer_freed
from service_hall.shared.ids import VisitorId
from service_hall.visits.keys import Operation, kept_key
from service_hall.visits.ledger import Page, office_lock, person_locks, visitor_lock
from service_hall.visits.means import Means
from service_hall.visits.notices import reminders_of
from service_hall.visits.person import Person, open_person, seal_person
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Code, Share, Visit, event_of
from service_hall.visits.waiting import WishStatus


@dataclass(frozen=True)
class Request:
    """`key`: chosen by the caller; the same key of the same visitor stands for the same booking. For a place out of
    the internal share, `visitor_id` is the clerk (`clerk:<name>`), and the visit belongs to no visitor."""

    visitor_id: VisitorId
    wanted: Wanted
    person: Person
    key: str
    share_with_clerk: bool = False
    question: str = ""
    """What was asked before, masked."""

    @property
    def kept_key(self) -> str:
        return kept_key(Operation.BOOK, self.key)


def book(means: Means, request: Request) -> Booking:
    wanted = request.wanted
    office = bookable_office(means, wanted.guide_id, wanted.office_id)
    if isinstance(office, NotOpen):
        # A key that has booked keeps its booking, whatever the catalogue says today.
        known = means.ledger.read(lambda page: page.by_key(request.visitor_id, request.kept_key))
        return Booked(known, is_new=False) if known else office
    owner = request.visitor_id if wanted.share is Share.PUBLIC else None
    visit = new_visit(means, wanted, office, owner)
    visit = replace(
        visit,
        person=seal_person(request.person, visit.visit_id, means.safe),
        share_with_clerk=request.share_with_clerk,
        question=request.question,
    )
    assert visit.person is not None
    keys = visit.person.keys

    def work(page: Page) -> Booking:
        now, rules = means.now(), means.rules_now()
        if known := page.by_key(request.visitor_id, request.kept_key):
            return Booked(known, is_new=False)
        refusal = (
            _restriction(page, keys, rules, now)
            or limits(page, visit, keys, rules, now)
            or place_refused(page, means, office, wanted, rules, now)
        )
        if refusal:
            return refusal
        held = replace(visit, held_until=now)
        page.add(held, event_of(None, held, Move.HOLD, now, actor_of(request.visitor_id)))
        return Booked(keep_hold(page, held, request.visitor_id, request.kept_key, rules, now))

    return means.ledger.write(
        [visitor_lock(request.visitor_id), office_lock(wanted.office_id), *person_locks(keys)], work
    )


class _PutBack(Exception):
    """Nothing that was written in this transaction is to stay."""

    def __init__(self, refused: Refused) -> None:
        self.refused = refused


def hold(means: Means, visitor_id: VisitorId, wanted: Wanted, instead_of: Code | None = None) -> Holding:
    """Keep a place for a while. `instead_of`: an earlier hold of the same visitor, which is let go in its favour, and
    stays where the new place cannot be had."""
    office = bookable_office(means, wanted.guide_id, wanted.office_id)
    if isinstance(office, NotOpen):
        return office
    visit = new_visit(means, wanted, office, visitor_id)

    def work(page: Page) -> Holding:
        now, rules = means.now(), means.rules_now()
        before = page.by_code(instead_of) if instead_of else None
        if before and before.visitor_id == visitor_id and before.status is Status.HELD:
            if before.held_until and before.held_until > now and _same_place(before, visit):
                return Held(before)
            let_go = before.moved(Move.CANCEL, ended_at=now, held_until=None)
            page.save(let_go, event_of(before, let_go, Move.CANCEL, now, actor_of(visitor_id), why="instead"))
            if wish := page.wish_of_visit(before.visit_id):
                page.settle_wish(wish.wish_id, WishStatus.WITHDRAWN, before.visit_id)
        if refusal := too_many_of_visitor(page, visitor_id, rules, now) or place_refused(
            page, means, office, wanted, rules, now
        ):
            raise _PutBack(refusal)
        held = replace(visit, held_until=now + timedelta(minutes=rules.hold_minutes))
        page.add(held, event_of(None, held, Move.HOLD, now, actor_of(visitor_id)))
        if before:
            offer_freed(page, means, before.office_id, before.line_id)
        return Held(held)

    earlier = means.ledger.read(lambda page: page.by_code(instead_of)) if instead_of else None
    offices = {wanted.office_id, earlier.office_id if earlier else wanted.office_id}
    try:
        return means.ledger.write([visitor_lock(visitor_id), *map(office_lock, offices)], work)
    except _PutBack as put_back:
        return put_back.refused


def confirm(means: Means, code: Code, request: Request) -> Booking:
    """Turn a hold into a booking. A hold that has run out is booked all the same while there is a place."""
    visit = means.ledger.read(lambda page: page.by_code(code))
    if visit is None or visit.visitor_id != request.visitor_id:
        return NotAllowed("hold_ended")
    person = seal_person(request.person, visit.visit_id, means.safe)

    def work(page: Page) -> Booking | None:
        now, rules = means.now(), means.rules_now()
        if known := page.by_key(request.visitor_id, request.kept_key):
            return Booked(known, is_new=False)
        held, office = page.by_code(code), means.office(visit.office_id)
        if held is None or held.status is not Status.HELD or held.held_until is None or office is None:
            return None
        refusal: Refused | None = _restriction(page, person.keys, rules, now)
        refusal = refusal or limits(page, held, person.keys, rules, now)
        if refusal is None and held.held_until <= now and held.starts_at:
            place = Wanted(held.guide_id, held.office_id, held.starts_at, held.share)
            refusal = place_refused(page, means, office, place, rules, now)
        if refusal:
            return refusal
        return Booked(
            keep_hold(
                page,
                replace(held, person=person, share_with_clerk=request.share_with_clerk, question=request.question),
                request.visitor_id,
                request.kept_key,
                rules,
                now,
            )
        )

    locks = [visitor_lock(request.visitor_id), office_lock(visit.office_id), *person_locks(person.keys)]
    return means.ledger.write(locks, work) or book(means, request)


def accept(means: Means, visitor_id: VisitorId, code: Code) -> Booking:
    """A place that was offered from the waiting list, for the person whom the list knows."""
    visit = means.ledger.read(lambda page: page.by_code(code))
    if visit is None or visit.visitor_id != visitor_id or visit.person is None or visit.starts_at is None:
        return NotAllowed("hold_ended")
    person = open_person(visit.person, visit.visit_id, means.safe)
    wanted = Wanted(visit.guide_id, visit.office_id, visit.starts_at)
    return confirm(means, code, Request(visitor_id, wanted, person, key=f"offer {visit.visit_id}"))


def keep_hold(page: Page, held: Visit, visitor_id: VisitorId, key: str, rules: BookingRules, now: datetime) -> Visit:
    """Inside a transaction: the hold becomes a booking."""
    booked = held.moved(Move.BOOK, held_until=None)
    page.save(booked, event_of(held, booked, Move.BOOK, now, actor_of(visitor_id)))
    page.keep_key(visitor_id, key, booked.visit_id, now)
    page.post(reminders_of(booked, rules, now))
    if wish := page.wish_of_visit(booked.visit_id):
        page.settle_wish(wish.wish_id, WishStatus.TAKEN, booked.visit_id)
    return booked


def _same_place(visit: Visit, other: Visit) -> bool:
    def place(each: Visit) -> tuple[object, ...]:
        return each.guide_id, each.office_id, each.starts_at

    return place(visit) == place(other)


def actor_of(visitor_id: VisitorId) -> str:
    return visitor_id if visitor_id.startswith("clerk:") else f"visitor:{visitor_id}"


def _restriction(page: Page, keys: tuple[str, ...], rules: BookingRules, now: datetime) -> Restricted | None:
    until = restricted_until(page, keys, rules, now)
    return Restricted(until) if until else None

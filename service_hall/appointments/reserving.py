"""Holding and booking a place: checked and written in one transaction, under the locks of office and booker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge_base.booking_rules import BookingRules
from service_hall.appointments.asking import Asker, Proof
from service_hall.appointments.limits import limits_of_phone, limits_of_staff, limits_of_visitor, too_many_of_visitor
from service_hall.appointments.no_shows import restriction
from service_hall.appointments.outcomes import (
    Booked,
    Booking,
    Held,
    Holding,
    NotAllowed,
    NotOpen,
    Refused,
)
from service_hall.appointments.places import Wanted, bookable_office, new_visit, place_refused
from service_hall.appointments.proofs import Admitted, Gate, Stopped
from service_hall.appointments.waiting_list import offer_freed
from service_hall.shared.ids import VisitorId
from service_hall.shared.origin import NOWHERE, Origin
from service_hall.visits.bookers import Bookers
from service_hall.visits.keys import Operation, kept_key
from service_hall.visits.ledger import Page, office_lock, person_locks, visitor_lock
from service_hall.visits.means import Means
from service_hall.visits.notices import reminders_of
from service_hall.visits.person import Person, keys_of, open_person, seal_person
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Code, Share, Visit, VisitId, event_of, has_run_out
from service_hall.visits.waiting import WishId, WishStatus


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
    origin: Origin = NOWHERE
    proof: Proof | None = None

    @property
    def is_by_staff(self) -> bool:
        return self.visitor_id.startswith("clerk:")

    @property
    def asker(self) -> Asker:
        return Asker(self.visitor_id, f"book {self.key}", self.origin, self.proof, self.person.phone)

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
    gate = None if request.is_by_staff else Gate(means, request.asker)

    def work(page: Page) -> Booking | Stopped:
        now, rules = means.now(), means.rules_now()
        if known := page.by_key(request.visitor_id, request.kept_key):
            return Booked(known, is_new=False)
        refusal = _booker_refused(page, visit, request, rules, now)
        if refusal := refusal or place_refused(page, means, office, wanted, rules, now):
            return refusal
        admitted = gate.admit(page, rules, now) if gate else Admitted()
        if isinstance(admitted, Stopped):
            return admitted
        if admitted.phone_key and (refusal := _phone_refused(page, visit, admitted.phone_key, rules, now)):
            return refusal
        held = replace(visit, held_until=now, phone_key=admitted.phone_key)
        page.add(held, event_of(None, held, Move.HOLD, now, actor_of(request.visitor_id)))
        if gate:
            gate.note(page, held.visit_id, admitted, now)
        return Booked(keep_hold(page, held, request.visitor_id, request.kept_key, rules, now))

    locks = [visitor_lock(request.visitor_id), office_lock(wanted.office_id)]
    more = gate.locks if gate else person_locks(keys_of(request.person, means.safe))
    outcome = means.ledger.write([*locks, *more], work)
    if isinstance(outcome, Stopped):
        assert gate is not None
        return gate.ask(outcome)
    return outcome


class _PutBack(Exception):
    """Nothing that was written in this transaction is to stay."""

    def __init__(self, refused: Refused | Stopped) -> None:
        self.refused = refused


def hold(
    means: Means,
    visitor_id: VisitorId,
    wanted: Wanted,
    instead_of: Code | None = None,
    *,
    request: str = "",
    origin: Origin = NOWHERE,
    proof: Proof | None = None,
) -> Holding:
    """Keep a place for a while. `instead_of`: an earlier hold of the same visitor, which is let go in its favour, and
    stays where the new place cannot be had. `request`: for which the proof is."""
    office = bookable_office(means, wanted.guide_id, wanted.office_id)
    if isinstance(office, NotOpen):
        return office
    visit = new_visit(means, wanted, office, visitor_id)
    gate = Gate(means, Asker(visitor_id, f"hold {request}", origin, proof))

    def work(page: Page) -> Holding:
        now, rules = means.now(), means.rules_now()
        before = _own_hold(page, visitor_id, instead_of)
        stands = before is not None and not has_run_out(before, now)
        if before and stands and _same_place(before, visit):
            return Held(before)
        taken_id = _give_up(page, before, visitor_id, now) if before else None
        if refusal := too_many_of_visitor(page, visitor_id, rules, now) or place_refused(
            page, means, office, wanted, rules, now
        ):
            raise _PutBack(refusal)
        admitted = Admitted() if stands else gate.admit(page, rules, now)
        if isinstance(admitted, Stopped):
            raise _PutBack(admitted)
        held = replace(visit, held_until=now + timedelta(minutes=rules.hold_minutes))
        page.add(held, event_of(None, held, Move.HOLD, now, actor_of(visitor_id)))
        if stands and taken_id:
            page.move_taking(taken_id, held.visit_id)  # one place for another counts once
        else:
            gate.note(page, held.visit_id, admitted, now)
        if before:
            offer_freed(page, means, before.office_id, before.line_id)
        return Held(held)

    earlier = means.ledger.read(lambda page: page.by_code(instead_of)) if instead_of else None
    offices = {wanted.office_id, earlier.office_id if earlier else wanted.office_id}
    try:
        return means.ledger.write([visitor_lock(visitor_id), *map(office_lock, offices), *gate.locks], work)
    except _PutBack as put_back:
        return gate.ask(put_back.refused) if isinstance(put_back.refused, Stopped) else put_back.refused


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
        held = replace(held, person=person)
        refusal: Refused | None = _booker_refused(page, held, request, rules, now)
        if refusal is None and has_run_out(held, now) and held.starts_at:
            place = Wanted(held.guide_id, held.office_id, held.starts_at, held.share)
            refusal = place_refused(page, means, office, place, rules, now)
        if refusal:
            return refusal
        return Booked(
            keep_hold(
                page,
                replace(held, share_with_clerk=request.share_with_clerk, question=request.question),
                request.visitor_id,
                request.kept_key,
                rules,
                now,
            )
        )

    locks = [visitor_lock(request.visitor_id), office_lock(visit.office_id)]
    return means.ledger.write(locks, work) or book(means, request)


def accept(means: Means, visitor_id: VisitorId, code: Code, origin: Origin = NOWHERE) -> Booking:
    """A place that was offered from the waiting list, for the person whom the list knows."""
    visit = means.ledger.read(lambda page: page.by_code(code))
    if visit is None or visit.visitor_id != visitor_id or visit.person is None or visit.starts_at is None:
        return NotAllowed("hold_ended")
    person = open_person(visit.person, visit.visit_id, means.safe)
    wanted = Wanted(visit.guide_id, visit.office_id, visit.starts_at)
    return confirm(means, code, Request(visitor_id, wanted, person, key=f"offer {visit.visit_id}", origin=origin))


def keep_hold(page: Page, held: Visit, visitor_id: VisitorId, key: str, rules: BookingRules, now: datetime) -> Visit:
    """Inside a transaction: the hold becomes a booking."""
    booked = held.moved(Move.BOOK, held_until=None)
    page.save(booked, event_of(held, booked, Move.BOOK, now, actor_of(visitor_id)))
    page.keep_key(visitor_id, key, booked.visit_id, now)
    page.post(reminders_of(booked, rules, now))
    if wish := page.wish_of_visit(booked.visit_id):
        page.settle_wish(wish.wish_id, WishStatus.TAKEN, booked.visit_id)
    return booked


def _own_hold(page: Page, visitor_id: VisitorId, code: Code | None) -> Visit | None:
    visit = page.by_code(code) if code else None
    return visit if visit and visit.visitor_id == visitor_id and visit.status is Status.HELD else None


def _give_up(page: Page, held: Visit, visitor_id: VisitorId, now: datetime) -> VisitId | WishId:
    """In favour of another place. What it was counted as: itself, or the wish that brought it."""
    let_go = held.moved(Move.CANCEL, ended_at=now, held_until=None)
    page.save(let_go, event_of(held, let_go, Move.CANCEL, now, actor_of(visitor_id), why="instead"))
    wish = page.wish_of_visit(held.visit_id)
    if wish is None:
        return held.visit_id
    page.settle_wish(wish.wish_id, WishStatus.WITHDRAWN, held.visit_id)
    return wish.wish_id


def _same_place(visit: Visit, other: Visit) -> bool:
    def place(each: Visit) -> tuple[object, ...]:
        return each.guide_id, each.office_id, each.starts_at

    return place(visit) == place(other)


def actor_of(visitor_id: VisitorId) -> str:
    return visitor_id if visitor_id.startswith("clerk:") else f"visitor:{visitor_id}"


def _booker_refused(page: Page, visit: Visit, request: Request, rules: BookingRules, now: datetime) -> Refused | None:
    """Of staff alone the person is looked at: what a citizen is answered tells nothing of whom the booking names."""
    if request.is_by_staff:
        return limits_of_staff(page, visit, rules, now)
    visitor_id = request.visitor_id
    return restriction(page, Bookers(visitor_id), rules, now) or limits_of_visitor(page, visit, visitor_id, rules, now)


def _phone_refused(page: Page, visit: Visit, phone_key: str, rules: BookingRules, now: datetime) -> Refused | None:
    theirs = Bookers(phone_key=phone_key)
    return restriction(page, theirs, rules, now) or limits_of_phone(page, visit, phone_key, rules, now)

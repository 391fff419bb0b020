"""The waiting list: whoever came first is offered a freed place, for a while; then the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from service_hall.appointments.asking import Asker, Proof
from service_hall.appointments.no_shows import restriction
from service_hall.appointments.openings import days_bookable
from service_hall.appointments.outcomes import (
    LimitReached,
    NotOpen,
    Wished,
    Wishing,
)
from service_hall.appointments.places import Wanted, bookable_office, new_visit, openings_on
from service_hall.appointments.proofs import Gate, Stopped
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId, new_readable_code
from service_hall.shared.origin import NOWHERE, Origin
from service_hall.shared.safe import SealBroken
from service_hall.visits.bookers import Bookers
from service_hall.visits.decent_hours import next_decent
from service_hall.visits.ledger import Page, office_lock, visitor_lock
from service_hall.visits.means import Means
from service_hall.visits.notices import NoticeKind, notice
from service_hall.visits.person import Person, open_person, seal_person
from service_hall.visits.states import Move
from service_hall.visits.visit import HALL, VisitId, event_of
from service_hall.visits.waiting import STANDING, Wish, WishId, WishStatus


@dataclass(frozen=True)
class WishFor:
    """Days both included; times HH:MM, the start is in `from_time` ≤ t < `until_time`."""

    guide_id: str
    office_id: str
    first_day: date
    last_day: date
    from_time: str = "00:00"
    until_time: str = "24:00"


def join(
    means: Means,
    visitor_id: VisitorId,
    wanted: WishFor,
    person: Person,
    *,
    origin: Origin = NOWHERE,
    proof: Proof | None = None,
) -> Wishing:
    """The same wish again is the first one. It counts as a place taken: it is about to take one."""
    office = bookable_office(means, wanted.guide_id, wanted.office_id)
    if isinstance(office, NotOpen):
        return office
    line = office.line_of(wanted.guide_id)
    assert line is not None
    wish_id = WishId("l_" + new_readable_code(16))
    sealed = seal_person(person, VisitId(wish_id), means.safe)
    gate = Gate(means, Asker(visitor_id, f"wish {wanted}", origin, proof, person.phone))

    def work(page: Page) -> Wishing | Stopped:
        now, rules = means.now(), means.rules_now()
        first, last = days_bookable(now, rules)
        if wanted.last_day < first or wanted.last_day < wanted.first_day:
            return NotOpen("past")
        if wanted.first_day > last:
            return NotOpen("beyond_horizon", rules.horizon_days)
        wish = Wish(
            wish_id=wish_id,
            visitor_id=visitor_id,
            guide_id=wanted.guide_id,
            office_id=wanted.office_id,
            line_id=line.id,
            first_day=wanted.first_day,
            last_day=min(wanted.last_day, last),
            from_time=wanted.from_time,
            until_time=wanted.until_time,
            person=sealed,
            status=WishStatus.WAITING,
            made_at=now,
        )
        if refusal := restriction(page, Bookers(visitor_id), rules, now):
            return refusal
        standing = [each for each in page.wishes_of(visitor_id) if each.status in STANDING]
        if same := next((each for each in standing if _is_same(each, wish)), None):
            return Wished(same)
        if len(standing) >= rules.waitlist_per_visitor:
            return LimitReached("wishes", rules.waitlist_per_visitor)
        admitted = gate.admit(page, rules, now)
        if isinstance(admitted, Stopped):
            return admitted
        if admitted.phone_key and (refusal := restriction(page, Bookers(phone_key=admitted.phone_key), rules, now)):
            return refusal
        page.add_wish(wish)
        gate.note(page, wish_id, admitted, now)
        offer_freed(page, means, wanted.office_id, line.id)
        return Wished(page.wish(wish_id) or wish)

    outcome = means.ledger.write([visitor_lock(visitor_id), office_lock(wanted.office_id), *gate.locks], work)
    return gate.ask(outcome) if isinstance(outcome, Stopped) else outcome


def leave(means: Means, visitor_id: VisitorId, wish_id: WishId) -> bool:
    """False: no such wish of this visitor. A place that was offered is left by cancelling its visit."""
    found = means.ledger.read(lambda page: page.wish(wish_id))
    if found is None or found.visitor_id != visitor_id:
        return False

    means.ledger.write([visitor_lock(visitor_id), office_lock(found.office_id)], partial(withdraw, wish_id))
    return True


def withdraw(wish_id: WishId, page: Page) -> None:
    """Inside a transaction under the office's lock; of whoever is being forgotten too."""
    wish = page.wish(wish_id)
    if wish and wish.status is WishStatus.WAITING:
        page.settle_wish(wish_id, WishStatus.WITHDRAWN, None)
        page.drop_taking(wish_id)


def offer_freed(page: Page, means: Means, office_id: str, line_id: str = "") -> int:
    """Inside a transaction under the office's lock, wherever a place may have become free. How many were offered."""
    now, rules = means.now(), means.rules_now()
    offered = 0
    for wish in page.waiting(office_id, line_id):
        if wish.last_day < now.astimezone(SHANGHAI).date():
            page.settle_wish(wish.wish_id, WishStatus.LAPSED, None)
            continue
        office = bookable_office(means, wish.guide_id, office_id)
        if isinstance(office, NotOpen):
            continue
        free = [
            opening
            for opening in openings_on(page, means, office, wish.guide_id, wish.first_day, wish.last_day)
            if opening.left > 0 and _suits(opening.starts_at, wish)
        ]
        if not free:
            continue
        person = _person_of(means, wish)
        if person is None:  # the key is gone: whoever gave the place back must not fail for it
            page.settle_wish(wish.wish_id, WishStatus.LAPSED, None)
            continue
        visit = new_visit(means, Wanted(wish.guide_id, office_id, free[0].starts_at), office, wish.visitor_id)
        held = replace(
            visit,
            person=seal_person(person, visit.visit_id, means.safe),
            # At night it waits with the notice for the morning, in which it can be answered.
            held_until=min(
                next_decent(now, rules) + timedelta(minutes=rules.waitlist_offer_minutes), free[0].starts_at
            ),
        )
        page.add(held, event_of(None, held, Move.HOLD, now, HALL, why="waiting_list"))
        page.settle_wish(wish.wish_id, WishStatus.OFFERED, held.visit_id)
        page.post(notice(held, NoticeKind.WAITLIST_OFFER, now))
        offered += 1
    return offered


def _is_same(wish: Wish, other: Wish) -> bool:
    """For the same person: who waits for father and for mother waits twice."""

    def wanted(each: Wish) -> tuple[object, ...]:
        return each.guide_id, each.office_id, each.first_day, each.last_day, each.from_time, each.until_time

    return wanted(wish) == wanted(other) and not set(_keys(wish)).isdisjoint(_keys(other))


def _keys(wish: Wish) -> tuple[str, ...]:
    return wish.person.keys if wish.person else ()


def _person_of(means: Means, wish: Wish) -> Person | None:
    try:
        return open_person(wish.person, VisitId(wish.wish_id), means.safe) if wish.person else None
    except SealBroken:
        return None


def _suits(start: datetime, wish: Wish) -> bool:
    return wish.from_time <= start.astimezone(SHANGHAI).strftime("%H:%M") < wish.until_time

"""Blocking hours and adding some: whoever has booked then is listed, moved or told, and never dropped in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from knowledge_base.offices import Office
from service_hall.appointments.openings import days_bookable
from service_hall.appointments.places import openings_on
from service_hall.appointments.waiting_list import offer_freed
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import new_readable_code
from service_hall.visits.closures import Closure, ClosureId, ExtraHours
from service_hall.visits.hours import starts
from service_hall.visits.ledger import Page, office_lock
from service_hall.visits.means import Means, ends_at, exceptions_on
from service_hall.visits.notices import ABOUT_THE_TIME, NoticeKind, notice, reminders_of
from service_hall.visits.states import AHEAD, AT_COUNTER, Move, Status
from service_hall.visits.visit import Visit, event_of, has_run_out
from service_hall.visits.waiting import WishStatus

HIT = (*AHEAD, Status.CHECKED_IN, *AT_COUNTER)


class Remedy(StrEnum):
    MOVE = "move"
    """To the nearest free opening of the same office; whoever cannot be moved is told to choose."""
    NOTIFY = "notify"


@dataclass(frozen=True)
class ToClose:
    office_id: str
    from_: datetime
    until: datetime
    reason: str
    line_id: str = ""


@dataclass(frozen=True)
class Closed:
    """Everybody whom the closure hits stands in exactly one of the lists."""

    closure: Closure
    moved: Sequence[Visit] = ()
    displaced: Sequence[Visit] = ()
    let_go: Sequence[Visit] = ()
    """Held, not booked yet."""
    waiting: Sequence[Visit] = ()
    """In the hall already: the clerks see to them."""


def hits(means: Means, wanted: ToClose) -> list[Visit]:
    """Whom the closure would hit; nothing is changed."""
    return means.ledger.read(lambda page: hit_on(page, means, wanted))


def close(means: Means, wanted: ToClose, remedy: Remedy, clerk: str) -> Closed:
    [closed] = close_all(means, [wanted], remedy, clerk)
    return closed


def close_all(means: Means, wanted: Sequence[ToClose], remedy: Remedy, clerk: str) -> list[Closed]:
    """All of them, or none: one transaction."""
    if not wanted:
        return []

    def work(page: Page) -> list[Closed]:
        done = [close_on(page, means, each, remedy, clerk) for each in wanted]
        for office_id in sorted({each.closure.office_id for each in done if each.let_go}):
            offer_freed(page, means, office_id)
        return done

    return means.ledger.write(sorted({office_lock(each.office_id) for each in wanted}), work)


def close_on(page: Page, means: Means, wanted: ToClose, remedy: Remedy, clerk: str) -> Closed:
    """On this page; what it frees is offered to nobody yet."""
    now = means.now()
    closure = _closure(wanted, clerk, now)
    office = means.office(closure.office_id)
    hit = _hit(page, means, closure)
    page.add_closure(closure)
    done = _Sorted([], [], [], [])
    for visit in hit:
        if visit.status is Status.HELD:
            done.let_go.append(let_go(page, visit, closure, clerk, now))
        elif visit.status is not Status.BOOKED:
            done.waiting.append(visit)
        elif (start := _nearest(page, means, office, visit) if remedy is Remedy.MOVE else None) is None:
            done.displaced.append(displace(page, visit, closure, clerk, now))
        else:
            done.moved.append(_move(page, means, visit, start, closure, clerk, now))
    return Closed(closure, done.moved, done.displaced, done.let_go, done.waiting)


def hit_on(page: Page, means: Means, wanted: ToClose) -> list[Visit]:
    """Whom the closure would hit, of what stands on this page."""
    return _hit(page, means, _closure(wanted, "", means.now()))


def reopen(means: Means, office_id: str, closure_id: ClosureId, clerk: str) -> list[Visit] | None:
    """Take the closure back. Who was told to choose another time, and has not, has the old one again; the list of
    them. None: there is no such closure."""
    found = means.ledger.read(lambda page: page.closure(closure_id))
    if found is None or found.office_id != office_id:
        return None

    def work(page: Page) -> list[Visit] | None:
        now = means.now()
        closure = page.closure(closure_id)
        office = means.office(found.office_id)
        if closure is None or office is None:
            return None
        page.drop_closure(closure_id)
        restored = []
        for visit in _hit(page, means, closure):
            if visit.displaced and visit.status is Status.BOOKED and _is_open(page, means, office, visit):
                back = visit.moved(Move.RESTORE, displaced=False)
                page.save(back, event_of(visit, back, Move.RESTORE, now, f"clerk:{clerk}", closure=closure_id))
                page.withdraw(back.visit_id, ABOUT_THE_TIME)
                page.post([*notice(back, NoticeKind.RESTORED, now), *reminders_of(back, means.rules_now(), now)])
                restored.append(back)
        offer_freed(page, means, office.id)
        return restored

    return means.ledger.write([office_lock(found.office_id)], work)


def add_hours(means: Means, extra: ExtraHours) -> ExtraHours:
    """`extra_id` is given here."""
    named = replace(extra, extra_id="x_" + new_readable_code(16), made_at=means.now())

    def work(page: Page) -> ExtraHours:
        page.add_extra_hours(named)
        offer_freed(page, means, named.office_id, named.line_id)
        return named

    return means.ledger.write([office_lock(extra.office_id)], work)


def drop_hours(means: Means, office_id: str, extra_id: str, clerk: str) -> list[Visit] | None:
    """Who has booked in them is told to choose another time; the list of them. None: no such hours."""

    def work(page: Page) -> list[Visit] | None:
        now = means.now()
        first, last = days_bookable(now, means.rules_now())
        extra = next((each for each in page.extra_hours(office_id, first, last) if each.extra_id == extra_id), None)
        office = means.office(office_id)
        if extra is None or office is None:
            return None
        page.drop_extra_hours(extra_id)
        displaced = []
        for visit in page.of_office(office_id, extra.day, extra.day, AHEAD, extra.line_id):
            if visit.displaced or _is_open(page, means, office, visit):
                continue
            if visit.status is Status.BOOKED:
                displaced.append(displace(page, visit, None, clerk, now))
            elif not has_run_out(visit, now):
                let_go(page, visit, None, clerk, now)
        offer_freed(page, means, office_id, extra.line_id)
        return displaced

    return means.ledger.write([office_lock(office_id)], work)


def closures_ahead(means: Means, office_id: str) -> tuple[list[Closure], list[ExtraHours]]:
    def work(page: Page) -> tuple[list[Closure], list[ExtraHours]]:
        today = means.now().date()
        exceptions = exceptions_on(page, office_id, today, date(9999, 12, 30))
        return list(exceptions.closures), list(exceptions.extra_hours)

    return means.ledger.read(work)


def let_go(page: Page, visit: Visit, closure: Closure | None, clerk: str, now: datetime) -> Visit:
    """Held, not booked yet. Whoever was offered it from the waiting list waits there again."""
    gone = visit.moved(Move.EXPIRE, ended_at=now, held_until=None)
    because = closure.closure_id if closure else ""
    page.save(gone, event_of(visit, gone, Move.EXPIRE, now, f"clerk:{clerk}", closure=because))
    page.post(notice(gone, NoticeKind.CLOSED, now, reason=closure.reason if closure else ""))
    if wish := page.wish_of_visit(visit.visit_id):
        page.settle_wish(wish.wish_id, WishStatus.WAITING, None)
    return gone


def displace(page: Page, visit: Visit, closure: Closure | None, clerk: str, now: datetime) -> Visit:
    """Told to choose another time; who was told before, is not again."""
    if visit.displaced:
        return visit
    displaced = visit.moved(Move.DISPLACE, displaced=True)
    page.save(
        displaced,
        event_of(
            visit,
            displaced,
            Move.DISPLACE,
            now,
            f"clerk:{clerk}",
            closure=closure.closure_id if closure else "",
        ),
    )
    page.withdraw(visit.visit_id, ABOUT_THE_TIME)
    page.post(notice(displaced, NoticeKind.DISPLACED, now, reason=closure.reason if closure else ""))
    return displaced


@dataclass(frozen=True)
class _Sorted:
    moved: list[Visit]
    displaced: list[Visit]
    let_go: list[Visit]
    waiting: list[Visit]


def _closure(wanted: ToClose, clerk: str, now: datetime) -> Closure:
    return Closure(
        closure_id=ClosureId("c_" + new_readable_code(16)),
        office_id=wanted.office_id,
        line_id=wanted.line_id,
        from_=wanted.from_,
        until=wanted.until,
        reason=wanted.reason,
        made_by=clerk,
        made_at=now,
    )


def _hit(page: Page, means: Means, closure: Closure) -> list[Visit]:
    first, last = closure.from_.astimezone(SHANGHAI).date(), closure.until.astimezone(SHANGHAI).date()
    # A hold that has run out is nobody's any more.
    now = means.now()
    return [
        visit
        for visit in page.of_office(closure.office_id, first, last, HIT, closure.line_id)
        if visit.starts_at
        and closure.covers(visit.line_id, visit.starts_at, ends_at(means, visit))
        and not has_run_out(visit, now)
    ]


def _nearest(page: Page, means: Means, office: Office | None, visit: Visit) -> datetime | None:
    """The free opening that is nearest to the old time, in the share out of which it was booked."""
    if office is None or visit.starts_at is None:
        return None
    first, last = days_bookable(means.now(), means.rules_now())
    old = visit.starts_at
    free = [
        opening.starts_at
        for opening in openings_on(page, means, office, visit.guide_id, first, last, visit.share)
        if opening.left > 0 and opening.starts_at != old
    ]
    return min(free, key=lambda start: abs(start - old), default=None)


def _move(
    page: Page, means: Means, visit: Visit, start: datetime, closure: Closure, clerk: str, now: datetime
) -> Visit:
    before = visit.starts_at.isoformat() if visit.starts_at else ""
    moved = visit.moved(Move.RESCHEDULE, starts_at=start, day=start.astimezone(SHANGHAI).date(), displaced=False)
    page.save(
        moved,
        event_of(visit, moved, Move.RESCHEDULE, now, f"clerk:{clerk}", closure=closure.closure_id, was_at=before),
    )
    page.withdraw(visit.visit_id, ABOUT_THE_TIME)
    page.post(
        [
            *notice(moved, NoticeKind.MOVED, now, before=before, reason=closure.reason),
            *reminders_of(moved, means.rules_now(), now),
        ]
    )
    return moved


def _is_open(page: Page, means: Means, office: Office, visit: Visit) -> bool:
    line = office.line(visit.line_id)
    if line is None or visit.starts_at is None:
        return False
    exceptions = exceptions_on(page, office.id, visit.day, visit.day)
    return any(start == visit.starts_at for start in starts(office, line, visit.day, means.calendar, exceptions))

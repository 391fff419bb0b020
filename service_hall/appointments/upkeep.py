"""What falls due by itself: holds run out, days end, guides change, personal data are deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from service_hall.appointments.no_shows import note_no_show
from service_hall.appointments.waiting_list import offer_freed
from service_hall.visits.hours import is_open_at
from service_hall.visits.ledger import Page, office_lock
from service_hall.visits.means import Means, exceptions_on
from service_hall.visits.notices import ABOUT_THE_TIME, NoticeKind, notice
from service_hall.visits.pack import pack_of, renewed
from service_hall.visits.states import AT_COUNTER, Move, Status
from service_hall.visits.visit import HALL, Visit, VisitId, event_of
from service_hall.visits.waiting import WishStatus


def end_holds(means: Means) -> int:
    """Places held too long become free, and are offered to whoever waits."""
    return _each(means, lambda page: page.holds_run_out(means.now()), _end_hold)


def end_days(means: Means) -> int:
    """Whoever did not come is noted; whoever still stands in yesterday's queue is let go without blame."""
    today = means.now().date()
    return _each(means, lambda page: page.booked_before(today), _end_booked) + _each(
        means, lambda page: page.in_hall_before(today), _end_in_hall
    )


def offer_places(means: Means) -> int:
    """For whoever waits where a place became free in another way: a longer horizon, a changed capacity."""
    offered = 0
    for office_id in means.ledger.read(lambda page: page.offices_waited_for()):
        offered += means.ledger.write([office_lock(office_id)], partial(offer_freed, means=means, office_id=office_id))
    return offered


def renew_packs(means: Means) -> int:
    """Where a guide's materials are no longer those that were packed, the pack follows and the citizen is told."""
    library, today = means.library(), means.now().date()
    count = 0
    for guide_id in means.ledger.read(lambda page: page.guides_ahead(today)):
        for office in library.published.offices:
            if guide_id in office.guides and (digest := pack_of(library.guide(guide_id, office.region)).digest):
                count += _each(means, partial(_outdated, today, office.id, guide_id, digest), _renew_pack)
    return count


def forget_persons(means: Means) -> int:
    """After the retention period nobody can tell any more who came. A no-show that still counts keeps the hash of the
    phone that was confirmed, and nothing else."""
    now, rules = means.now(), means.rules_now()
    before = now - timedelta(days=rules.retention_days)
    counts_since = now.date() - timedelta(days=rules.no_show_window_days)
    forgotten = 0
    for visit in means.ledger.read(lambda page: page.to_forget(before)):
        counts = visit.no_show and not visit.exempt and visit.day >= counts_since
        keep_phone = counts and visit.phone_key is not None
        if keep_phone and visit.person is None:
            continue
        means.ledger.write([office_lock(visit.office_id)], partial(_forget, visit.visit_id, keep_phone))
        forgotten += 1
    return forgotten + means.ledger.write([], lambda page: page.forget_words(before) + page.drop_wishes(before))


def forget_takings(means: Means) -> int:
    """After some days nobody can tell any more whence somebody booked."""
    before = means.now() - timedelta(days=means.rules_now().origin_days)
    return means.ledger.write([], lambda page: page.forget_takings(before))


def _outdated(today: date, office_id: str, guide_id: str, digest: str, page: Page) -> list[Visit]:
    return page.packs_to_check(guide_id, digest, today, office_id=office_id)


def _forget(visit_id: VisitId, keep_phone: bool, page: Page) -> None:
    page.forget(visit_id, keep_phone)


def _each(means: Means, find: Callable[[Page], list[Visit]], change: Callable[[Page, Means, Visit], None]) -> int:
    """One transaction a visit, so that a fault in one leaves the others alone."""
    found = means.ledger.read(find)
    for stale in found:

        def work(page: Page, stale: Visit = stale) -> None:
            visit = page.visit(stale.visit_id)
            if visit and visit.version == stale.version:
                change(page, means, visit)

        means.ledger.write([office_lock(stale.office_id)], work)
    return len(found)


def _end_hold(page: Page, means: Means, visit: Visit) -> None:
    now = means.now()
    if visit.status is not Status.HELD or visit.held_until is None or visit.held_until > now:
        return
    ended = visit.moved(Move.EXPIRE, ended_at=now, held_until=None)
    page.save(ended, event_of(visit, ended, Move.EXPIRE, now, HALL))
    if wish := page.wish_of_visit(visit.visit_id):
        page.settle_wish(wish.wish_id, WishStatus.LAPSED, visit.visit_id)
        page.post(notice(ended, NoticeKind.WAITLIST_LAPSED, now))
    offer_freed(page, means, visit.office_id, visit.line_id)


def _end_booked(page: Page, means: Means, visit: Visit) -> None:
    if visit.status is not Status.BOOKED:
        return
    page.withdraw(visit.visit_id, ABOUT_THE_TIME)
    note_no_show(page, visit, means.rules_now(), means.now(), _was_closed(page, means, visit))


def _end_in_hall(page: Page, means: Means, visit: Visit) -> None:
    now = means.now()
    if visit.status is Status.SERVING:  # the clerk forgot to press the button
        done = visit.moved(Move.FINISH, ended_at=now)
        page.save(done, event_of(visit, done, Move.FINISH, now, HALL, why="day_ended"))
        return
    waiting = visit
    if visit.status in AT_COUNTER:
        waiting = visit.moved(Move.TRANSFER, counter="")
        page.save(waiting, event_of(visit, waiting, Move.TRANSFER, now, HALL, why="day_ended"))
    ended = waiting.moved(Move.CANCEL, ended_at=now, exempt=True)
    page.save(ended, event_of(waiting, ended, Move.CANCEL, now, HALL, why="day_ended"))
    page.post(notice(ended, NoticeKind.CLOSED, now))


def _renew_pack(page: Page, means: Means, visit: Visit) -> None:
    office = means.office(visit.office_id)
    guide = means.library().guide(visit.guide_id, office.region if office else None)
    changed = renewed(visit.pack, guide)
    page.keep_pack(replace(visit, pack=changed))
    # What was told the last time is not told again, and another order of the list is nothing to tell.
    before = {(item.name, item.detail, item.change) for item in visit.pack.items}
    fresh = [item for item in changed.items if (item.name, item.detail, item.change) not in before]
    told = {
        "new": [item.name for item in fresh if item.change == "new"],
        "changed": [item.name for item in fresh if item.change == "changed"],
        "dropped": [name for name in changed.dropped if name not in visit.pack.dropped],
    }
    if any(told.values()):
        page.post(notice(visit, NoticeKind.MATERIALS_CHANGED, means.now(), **told))


def _was_closed(page: Page, means: Means, visit: Visit) -> bool:
    office = means.office(visit.office_id)
    line = office.line(visit.line_id) if office else None
    if office is None or line is None or visit.starts_at is None:
        return True
    exceptions = exceptions_on(page, office.id, visit.day, visit.day)
    return not is_open_at(office, line, visit.starts_at, means.calendar, exceptions)

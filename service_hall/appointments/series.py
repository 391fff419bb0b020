"""Many bookings from one address in a short time: shown to staff, who release them all at once, or keep them.

An address may be a company, a school or the hall's own network: whether a series is one man's work people must tell.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from knowledge_base.booking_rules import BookingRules
from service_hall.appointments.budgets import day_began
from service_hall.appointments.waiting_list import offer_freed
from service_hall.visits.ledger import Page, office_lock
from service_hall.visits.means import Means
from service_hall.visits.notices import ABOUT_THE_TIME, NoticeKind, notice
from service_hall.visits.states import AHEAD, Move, Status
from service_hall.visits.takings import Taking
from service_hall.visits.visit import Visit, VisitId, event_of, has_run_out
from service_hall.visits.waiting import Wish, WishId, WishStatus

MOST_AT_ONCE = 100
"""Visits released in one transaction: the others at the office wait that long at most."""


@dataclass(frozen=True)
class Entry:
    """What a taking has come to at this office."""

    taken_id: VisitId | WishId
    visit: Visit | None
    wish: Wish | None
    """Of a place that was waited for; `visit`: the one that was offered."""


@dataclass(frozen=True)
class Series:
    series_id: str
    first_at: datetime
    last_at: datetime
    bookings: int
    """From that address, at all offices, and not looked at by a clerk."""
    visits: Sequence[Visit]
    """Still to come, at this office."""
    waiting: int
    """Entries on this office's waiting list."""


def series_at(means: Means, office_id: str) -> list[Series]:
    """The largest in front."""

    def work(page: Page) -> list[Series]:
        now, rules = means.now(), means.rules_now()
        least = min(rules.series_bookings, rules.bookings_per_address + rules.series_over_budget)
        found = []
        for address_key in page.busy_addresses(_since(rules, now), least):
            takings = _open(page, address_key, rules, now)
            entries = _entries(page, takings, office_id, now)
            if entries and is_suspicious(takings, rules):
                visits = [each.visit for each in entries if each.visit]
                waiting = sum(each.visit is None for each in entries)
                found.append(Series(address_key, takings[0].at, takings[-1].at, len(takings), visits, waiting))
        return found

    return means.ledger.read(work)


def is_suspicious(takings: Sequence[Taking], rules: BookingRules) -> bool:
    """`takings`: the oldest in front."""
    window, many = timedelta(minutes=rules.series_minutes), rules.series_bookings
    if any(last.at - first.at <= window for first, last in zip(takings, takings[many - 1 :], strict=False)):
        return True
    of_days = groupby(takings, key=lambda taking: day_began(taking.at))
    return any(sum(1 for _ in of_day) >= rules.bookings_per_address + rules.series_over_budget for _, of_day in of_days)


def release(means: Means, office_id: str, series_id: str, clerk: str) -> list[Visit] | None:
    """All of them at this office, in one go: cancelled, the citizens told, the places offered to whoever waits.
    None: there is no such series here."""
    if not any(series.series_id == series_id for series in series_at(means, office_id)):
        return None
    released: list[Visit] = []

    def some(page: Page) -> tuple[list[Visit], bool]:
        now, rules = means.now(), means.rules_now()
        entries = _entries(page, _open(page, series_id, rules, now), office_id, now)
        those = entries[:MOST_AT_ONCE]
        # The wishes first: what becomes free is not for them.
        for entry in those:
            if entry.wish:
                page.settle_wish(entry.wish.wish_id, WishStatus.WITHDRAWN, entry.wish.visit_id)
        ended = [_cancel(page, entry.visit, clerk, now) for entry in those if entry.visit]
        page.settle_takings([entry.taken_id for entry in those], clerk)
        if len(entries) == len(those):
            offer_freed(page, means, office_id)
        return ended, len(entries) > len(those)

    goes_on = True
    while goes_on:
        ended, goes_on = means.ledger.write([office_lock(office_id)], some)
        released += ended
    return released


def keep(means: Means, office_id: str, series_id: str, visit_ids: Collection[VisitId], clerk: str) -> int:
    """These are as they should be, and stand in no series any more. How many."""

    def work(page: Page) -> int:
        now = means.now()
        entries = _entries(page, _open(page, series_id, means.rules_now(), now), office_id, now)
        those = [entry.taken_id for entry in entries if entry.visit and entry.visit.visit_id in visit_ids]
        page.settle_takings(those, clerk)
        return len(those)

    return means.ledger.write([office_lock(office_id)], work)


def _since(rules: BookingRules, now: datetime) -> datetime:
    return now - timedelta(days=rules.origin_days)


def _open(page: Page, address_key: str, rules: BookingRules, now: datetime) -> list[Taking]:
    found = page.takings_of(address_key, _since(rules, now))
    return [taking for taking in found if not taking.settled_by]


def _entries(page: Page, takings: Sequence[Taking], office_id: str, now: datetime) -> list[Entry]:
    """What still stands of them at this office."""
    taken_ids = [taking.taken_id for taking in takings]
    wishes = page.wishes_taken(taken_ids, office_id)
    by_visit = {wish.visit_id: wish for wish in wishes if wish.visit_id}
    visits = page.visits_taken([*taken_ids, *by_visit], office_id)
    standing = [visit for visit in visits if visit.status in AHEAD and not has_run_out(visit, now)]
    entries = [
        Entry(wish.wish_id if (wish := by_visit.get(visit.visit_id)) else visit.visit_id, visit, wish)
        for visit in standing
    ]
    return entries + [Entry(wish.wish_id, None, wish) for wish in wishes if wish.status is WishStatus.WAITING]


def _cancel(page: Page, visit: Visit, clerk: str, now: datetime) -> Visit:
    ended = visit.moved(Move.CANCEL, ended_at=now, held_until=None, exempt=True)
    page.save(ended, event_of(visit, ended, Move.CANCEL, now, f"clerk:{clerk}", why="series"))
    page.withdraw(visit.visit_id, ABOUT_THE_TIME)
    if visit.status is Status.BOOKED:
        page.post(notice(ended, NoticeKind.RELEASED, now))
    return ended

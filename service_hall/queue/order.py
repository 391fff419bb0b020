"""Who is next. Pure.

Whoever was sent on from another counter comes first, then bookings whose time has come, by time; then everybody else by
when they are ready: walk-ins from when they took a ticket, early birds from their booked time. A booking that checks in
too late waits like a walk-in. The booked share leaves room, so that walk-ins move on too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from knowledge_base.booking_rules import BookingRules
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit

Rank = tuple[int, datetime, datetime, str]
_AFTER_ALL_TICKETS = "\uffff"


def rank(visit: Visit, now: datetime, rules: BookingRules) -> Rank:
    since = visit.waits_since or visit.created_at
    if visit.counter:
        return 0, since, since, visit.ticket
    if visit.starts_at and since <= visit.starts_at + timedelta(minutes=rules.late_minutes):
        due = 1 if visit.starts_at <= now else 2
        return due, visit.starts_at, since, visit.ticket
    return 2, since, since, visit.ticket


def rank_of_newcomer(now: datetime) -> Rank:
    """Of whoever takes a ticket now."""
    return 2, now, now, _AFTER_ALL_TICKETS


def comes_first_from(visit: Visit, now: datetime) -> datetime | None:
    """An early bird comes first from its booked time on; until then walk-ins pass it. None: its turn is by what stands
    before it."""
    if visit.starts_at is None or visit.counter or visit.status is not Status.CHECKED_IN:
        return None
    return visit.starts_at if visit.starts_at > now else None


def in_order(waiting: Iterable[Visit], now: datetime, rules: BookingRules) -> list[Visit]:
    return sorted(waiting, key=lambda visit: rank(visit, now, rules))


def may_call(visit: Visit, line_id: str, counter: str) -> bool:
    """May this counter of this line call that waiting visit?"""
    return visit.counter == counter if visit.counter else visit.line_id == line_id


def may_recall(visit: Visit, line_id: str, counter: str) -> bool:
    """May this counter of this line call that missed visit after all? Where it was called last may do so too: there it
    had been sent on to."""
    return visit.line_id == line_id or visit.counter == counter

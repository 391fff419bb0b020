"""What comes up at night waits for the morning, unless it is of the hall, or the morning would be too late. Pure.

Asked when it goes out, not when it is posted: what an outage held up waits, too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from knowledge_base.booking_rules import BookingRules
from service_hall.shared.clock import SHANGHAI
from service_hall.visits.decent_hours import next_decent, sets_out_at
from service_hall.visits.notices import Notice, NoticeKind
from service_hall.visits.visit import Visit

_IN_THE_HALL = frozenset({NoticeKind.ALMOST_CALLED, NoticeKind.CALLED, NoticeKind.MISSED_CALL, NoticeKind.FINISHED})
_CHANGES = frozenset(
    {NoticeKind.MOVED, NoticeKind.DISPLACED, NoticeKind.RESTORED, NoticeKind.CLOSED, NoticeKind.RELEASED}
)
"""Whoever does not hear of it goes there in vain."""


def waits_until(notice: Notice, visit: Visit, now: datetime, rules: BookingRules) -> datetime | None:
    """None: it is told now."""
    morning = next_decent(now, rules)
    if morning == now or notice.kind in _IN_THE_HALL:
        return None
    latest = _latest(notice, visit, now, rules)
    return None if latest and latest < morning else morning


def _latest(notice: Notice, visit: Visit, now: datetime, rules: BookingRules) -> datetime | None:
    """Until when it helps; None: it can wait for the morning, whenever that is."""
    if notice.kind is NoticeKind.WAITLIST_OFFER and visit.held_until:
        return visit.held_until - timedelta(minutes=rules.waitlist_offer_minutes)
    if notice.kind not in _CHANGES | {NoticeKind.MATERIALS_CHANGED}:
        return None
    before = notice.facts.get("before")
    ahead = [at for at in (visit.starts_at, datetime.fromisoformat(before) if before else None) if at and at > now]
    if not ahead:
        return None
    first = min(ahead).astimezone(SHANGHAI)
    is_today = first.date() == now.astimezone(SHANGHAI).date()
    return now if is_today and notice.kind in _CHANGES else sets_out_at(first, rules)

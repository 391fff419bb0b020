"""The outbox: what a citizen will be told, written in the transaction that gives the reason for it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from knowledge_base.booking_rules import BookingRules
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId
from service_hall.visits.decent_hours import next_decent, sets_out_at
from service_hall.visits.visit import Visit, VisitId

NoticeId = NewType("NoticeId", str)


class NoticeKind(StrEnum):
    DAY_BEFORE = "day_before"
    SOON = "soon"
    """Some hours before."""
    ALMOST_CALLED = "almost_called"
    CALLED = "called"
    MOVED = "moved"
    """The hall gave the booking another time."""
    DISPLACED = "displaced"
    """The office closes then; the citizen has to choose another time."""
    RESTORED = "restored"
    CLOSED = "closed"
    """A booking ended because the office was closed."""
    RELEASED = "released"
    """Staff have released it, as part of a suspicious series."""
    MATERIALS_CHANGED = "materials_changed"
    WAITLIST_OFFER = "waitlist_offer"
    WAITLIST_LAPSED = "waitlist_lapsed"
    NO_SHOW = "no_show"
    RESTRICTED = "restricted"
    APPEAL_DECIDED = "appeal_decided"
    MISSED_CALL = "missed_call"
    FINISHED = "finished"
    """Asks for a rating."""


REMINDERS = frozenset({NoticeKind.DAY_BEFORE, NoticeKind.SOON})
ABOUT_THE_TIME = REMINDERS | {NoticeKind.MOVED, NoticeKind.DISPLACED, NoticeKind.RESTORED}
"""Withdrawn when the visit moves, begins or ends."""
BY_TELEPHONE = frozenset({NoticeKind.MOVED, NoticeKind.DISPLACED, NoticeKind.RESTORED, NoticeKind.MATERIALS_CHANGED})
"""Told by staff where no door reaches the citizen; the other kinds are not worth a call."""


@dataclass(frozen=True)
class Notice:
    """Rendered when it is due, from the visit as it stands then. `facts`: what the visit does not tell, as JSON."""

    notice_id: NoticeId
    visit_id: VisitId
    visitor_id: VisitorId | None
    """None: staff made the booking for somebody who uses no door, and tell it by telephone."""
    kind: NoticeKind
    due_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


def is_told_by_telephone(visit: Visit) -> bool:
    """Staff made the booking for somebody who uses no door; who took a ticket without one left no number."""
    return visit.visitor_id is None and visit.person is not None


def notice(visit: Visit, kind: NoticeKind, due_at: datetime, **facts: Any) -> list[Notice]:
    """A list, empty where nobody can be told: at no door, and not by telephone either."""
    if visit.visitor_id is None and not (is_told_by_telephone(visit) and kind in BY_TELEPHONE):
        return []
    return [Notice(NoticeId("n_" + secrets.token_urlsafe(12)), visit.visit_id, visit.visitor_id, kind, due_at, facts)]


def reminders_of(visit: Visit, rules: BookingRules, now: datetime) -> list[Notice]:
    """The day before and some hours before; those whose moment has passed are left out. What would come at night comes
    in the morning, or where the evening's will say it and the morning helps little, not at all."""
    if visit.starts_at is None:
        return []
    starts_at = visit.starts_at.astimezone(SHANGHAI)
    evening = datetime.combine(starts_at.date() - timedelta(days=1), rules.remind_day_before_at, SHANGHAI)
    soon = starts_at - timedelta(minutes=rules.remind_minutes_before)
    reminders = notice(visit, NoticeKind.DAY_BEFORE, evening) if evening > now else []
    told_at = next_decent(soon, rules)
    helps = told_at <= sets_out_at(starts_at, rules) if reminders else told_at < starts_at
    if soon > now and (told_at == soon or helps):
        reminders += notice(visit, NoticeKind.SOON, told_at)
    return reminders

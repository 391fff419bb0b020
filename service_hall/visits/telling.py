"""What staff have to tell by telephone, in time: whoever waits for the evening's reminder finds nobody at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from knowledge_base.offices import Office
from service_hall.visits.hours import opens_next
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means, exceptions_on
from service_hall.visits.notices import ABOUT_THE_TIME, Notice, NoticeId

_LOOKING_AHEAD_DAYS = 14


def to_tell_now(page: Page, means: Means, office: Office, undelivered: Iterable[NoticeId]) -> list[Notice]:
    """What is due, or will be before the office opens the next time, and what a door could not deliver; the oldest in
    front."""
    now = means.now()
    today = now.date()
    exceptions = exceptions_on(page, office.id, today, today + timedelta(days=_LOOKING_AHEAD_DAYS))
    opens = opens_next(office, office.lines, now, _LOOKING_AHEAD_DAYS, means.calendar, exceptions)
    given_up = [notice for notice_id in undelivered if (notice := still_there(page, notice_id))]
    return sorted([*page.to_tell(office.id, opens or now), *given_up], key=lambda each: each.due_at)


def still_there(page: Page, notice_id: NoticeId) -> Notice | None:
    """Of what a door was given a while ago: None where it was withdrawn, or would have been. What is about the time is,
    as soon as the visit makes another move."""
    notice = page.notice(notice_id)
    if notice is None or notice.kind not in ABOUT_THE_TIME:
        return notice
    has_moved = any(event.at > notice.due_at for event in page.history(notice.visit_id))
    return None if has_moved else notice

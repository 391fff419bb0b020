"""The outbox is emptied: each due notice goes to a door, at least once; the door shows it once."""

from __future__ import annotations

import logging
from collections.abc import Sequence, Set
from datetime import datetime
from typing import Protocol

from service_hall.conversation.reply import NoticeReply, Reply
from service_hall.reminders.at_night import waits_until
from service_hall.reminders.rendering import render
from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means
from service_hall.visits.notices import Notice, NoticeId
from service_hall.visits.telling import still_there

log = logging.getLogger(__name__)
AT_ONCE = 100


class Door(Protocol):
    def deliver(self, visitor_id: VisitorId, notice_id: NoticeId, reply: Reply, at: datetime) -> bool:
        """False: this door does not reach the visitor. The same notice twice is shown once."""
        ...


def deliver_due(means: Means, doors: Sequence[Door]) -> int:
    """How many were said. One that fails is tried again next time, and holds up no other."""
    said, failed = 0, set[NoticeId]()
    while waiting := _waiting(means, failed):
        for notice in waiting:
            try:
                said += _deliver(means, notice, doors)
            except Exception:
                failed.add(notice.notice_id)
                log.exception("notice %s kind=%s was not delivered", notice.notice_id, notice.kind)
    return said


def as_it_stands(means: Means, notice_id: NoticeId) -> NoticeReply | None:
    """For a door that tells it later than it was given. None: there is no reason any more to say it."""

    def look(page: Page) -> NoticeReply | None:
        notice = still_there(page, notice_id)
        visit = page.visit(notice.visit_id) if notice else None
        return render(means, notice, visit) if notice and visit else None

    return means.ledger.read(look)


def sleeps_until(means: Means, notice_id: NoticeId) -> datetime | None:
    """For a door that tries again: until then nobody is woken for it. None: it can be told now."""
    now = means.now()

    def look(page: Page) -> datetime | None:
        notice = page.notice(notice_id)
        visit = page.visit(notice.visit_id) if notice else None
        return waits_until(notice, visit, now, means.rules_now()) if notice and visit else None

    return means.ledger.read(look)


def _waiting(means: Means, failed: Set[NoticeId]) -> list[Notice]:
    due = means.ledger.read(lambda page: page.due(means.now(), AT_ONCE + len(failed)))
    return [notice for notice in due if notice.notice_id not in failed]


def _deliver(means: Means, notice: Notice, doors: Sequence[Door]) -> bool:
    now = means.now()
    visit = means.ledger.read(lambda page: page.visit(notice.visit_id))
    reply = render(means, notice, visit) if visit else None
    if visit and reply and (until := waits_until(notice, visit, now, means.rules_now())):
        means.ledger.write([], lambda page: page.put_off(notice.notice_id, until))
        return False
    reached = _knock(notice.visitor_id, notice.notice_id, reply, doors, now) if reply and notice.visitor_id else False

    def note(page: Page) -> None:
        page.delivered(notice.notice_id, now, reached)

    # After the door has it: a crash in between delivers it again, under the same id.
    means.ledger.write([], note)
    return reached


def _knock(visitor_id: VisitorId, notice_id: NoticeId, reply: Reply, doors: Sequence[Door], now: datetime) -> bool:
    """At every door: a citizen may look at the page and at the phone."""
    reached, faults = False, list[Exception]()
    for door in doors:
        try:
            reached = door.deliver(visitor_id, notice_id, reply, now) or reached
        except Exception as fault:
            faults.append(fault)
    if faults:
        # Next time at every door again: one that has it already shows it once.
        raise ExceptionGroup("not every door could be reached", faults)
    return reached

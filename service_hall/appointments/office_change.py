"""What a change of an office does to the bookings that there are: whose time, item or counter it no longer has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from knowledge_base.offices import CounterLine, Office
from service_hall.appointments.closing import displace, let_go
from service_hall.appointments.waiting_list import offer_freed
from service_hall.visits.hours import Exceptions, starts
from service_hall.visits.ledger import Page, office_lock
from service_hall.visits.means import Means, exceptions_on
from service_hall.visits.states import AHEAD, Status
from service_hall.visits.visit import Share, Visit, has_run_out

_EVER = date(9999, 12, 30)


class Misfit(StrEnum):
    NOT_HANDLED = "not_handled"
    """The line of the booking handles the item no more, or is gone."""
    NOT_OPEN = "not_open"
    """Nothing begins at that time any more."""
    TOO_MANY = "too_many"
    """More are booked then than the counters can take. They keep their places: nobody else gets one."""


@dataclass(frozen=True)
class Affected:
    visit: Visit
    misfit: Misfit


def affected(means: Means, changed: Office) -> list[Affected]:
    """By what is booked from now on. `changed`: the office as it would be; nothing is changed."""
    return means.ledger.read(lambda page: affected_on(page, means, changed))


def displace_affected(means: Means, office_id: str, clerk: str) -> list[Visit]:
    """Whoever has no place at the office as it is now is told to choose another time; the list of them. Who has been
    told before is not told again."""
    office = means.office(office_id)
    if office is None:
        return []

    def work(page: Page) -> list[Visit]:
        told = displace_on(page, means, office, clerk)
        offer_freed(page, means, office_id)
        return told

    return means.ledger.write([office_lock(office_id)], work)


def displace_on(page: Page, means: Means, office: Office, clerk: str) -> list[Visit]:
    """As `displace_affected`, on this page, by the office as it will be; what it frees is offered to nobody yet."""
    now, told = means.now(), []
    for each in affected_on(page, means, office):
        if each.misfit is Misfit.TOO_MANY or each.visit.displaced:
            continue
        if each.visit.status is Status.BOOKED:
            told.append(displace(page, each.visit, None, clerk, now))
        else:
            let_go(page, each.visit, None, clerk, now)
    return told


def affected_on(page: Page, means: Means, changed: Office) -> list[Affected]:
    """As `affected`, of what stands on this page."""
    now = means.now()
    ahead = [
        visit
        for visit in page.of_office(changed.id, now.date(), _EVER, AHEAD)
        if visit.starts_at and visit.starts_at > now and not has_run_out(visit, now)
    ]
    if not ahead:
        return []
    exceptions = exceptions_on(page, changed.id, ahead[0].day, ahead[-1].day)
    found, fitting = [], []
    for visit in ahead:
        line = changed.line(visit.line_id)
        if line is None or visit.guide_id not in line.guides:
            found.append(Affected(visit, Misfit.NOT_HANDLED))
        elif not _begins(changed, line, visit, means, exceptions):
            found.append(Affected(visit, Misfit.NOT_OPEN))
        else:
            fitting.append(visit)
    return [*found, *_too_many(changed, fitting)]


def _begins(office: Office, line: CounterLine, visit: Visit, means: Means, exceptions: Exceptions) -> bool:
    open_starts = starts(office, line, visit.day, means.calendar, exceptions)
    return any(start == visit.starts_at for start in open_starts)


def _too_many(office: Office, visits: Sequence[Visit]) -> list[Affected]:
    """Who booked last, of each start and share."""
    together: dict[tuple[str, datetime | None, Share], list[Visit]] = defaultdict(list)
    for visit in visits:
        together[visit.line_id, visit.starts_at, visit.share].append(visit)
    found = []
    for (line_id, _, share), of_start in together.items():
        line = office.line(line_id)
        room = 0 if line is None else line.internal_minutes if share is Share.INTERNAL else line.public_minutes
        for visit in sorted(of_start, key=lambda each: each.created_at):
            room -= visit.minutes
            if room < 0:
                found.append(Affected(visit, Misfit.TOO_MANY))
    return found

"""Fair dealing with those who do not come: a warning first, then a while without online booking, and an appeal. It
binds whoever booked, not whom the booking names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from knowledge_base.booking_rules import BookingRules
from service_hall.appointments.outcomes import NotAllowed, Restricted, Unknown
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId
from service_hall.visits.bookers import Bookers, bookers_of
from service_hall.visits.ledger import Appeal, Page, office_lock
from service_hall.visits.means import Means
from service_hall.visits.notices import NoticeKind, notice
from service_hall.visits.own import change_own
from service_hall.visits.states import Move
from service_hall.visits.visit import HALL, Code, Visit, VisitId, event_of


def restricted_until(page: Page, bookers: Bookers, rules: BookingRules, now: datetime) -> datetime | None:
    """None: may book. The restriction runs from the latest no-show that made it full."""
    missed = [visit.day for visit in counting(page, bookers, rules, now)]
    if len(missed) < rules.no_show_restriction_at:
        return None
    ends = datetime.combine(max(missed) + timedelta(days=rules.no_show_restriction_days), time.max, SHANGHAI)
    return ends if ends > now else None


def counting(page: Page, bookers: Bookers, rules: BookingRules, now: datetime) -> list[Visit]:
    """The no-shows that a restriction is made of."""
    since = now.astimezone(SHANGHAI).date() - timedelta(days=rules.no_show_window_days)
    return page.no_shows(bookers, since)


def restriction(page: Page, bookers: Bookers, rules: BookingRules, now: datetime) -> Restricted | None:
    until = restricted_until(page, bookers, rules, now)
    return Restricted(until) if until else None


def note_no_show(page: Page, visit: Visit, rules: BookingRules, now: datetime, was_closed: bool) -> None:
    """The day is over and nobody came. Where the office was closed, or had taken the time back, nobody is blamed."""
    if was_closed or visit.displaced:
        ended = visit.moved(Move.CANCEL, ended_at=now, exempt=True)
        page.save(ended, event_of(visit, ended, Move.CANCEL, now, HALL, why="office_closed"))
        page.post(notice(ended, NoticeKind.CLOSED, now))
        return
    missed = visit.moved(Move.MISS, ended_at=now, no_show=True)
    page.save(missed, event_of(visit, missed, Move.MISS, now, HALL, why="no_show"))
    if not (bookers := bookers_of(missed)):
        return
    since = missed.day - timedelta(days=rules.no_show_window_days)
    count = len(page.no_shows(bookers, since))
    if until := restricted_until(page, bookers, rules, now):
        page.post(notice(missed, NoticeKind.RESTRICTED, now, count=count, until=until.isoformat()))
    elif count >= rules.no_show_warning_at:
        page.post(notice(missed, NoticeKind.NO_SHOW, now, count=count, at=rules.no_show_restriction_at))


@dataclass(frozen=True)
class Appealed:
    visit: Visit


def appeal(means: Means, visitor_id: VisitorId, code: Code, reason: str) -> Appealed | Unknown | NotAllowed:
    """`reason`: masked."""

    def keep(page: Page, visit: Visit) -> Appealed | NotAllowed:
        now, rules = means.now(), means.rules_now()
        if not visit.no_show or visit.exempt:
            return NotAllowed("appeal_not_needed")
        if page.appeal(visit.visit_id):
            return NotAllowed("appeal_made")
        if now.date() > visit.day + timedelta(days=rules.appeal_days):
            return NotAllowed("appeal_too_late")
        page.keep_appeal(Appeal(visit.visit_id, reason, now))
        return Appealed(visit)

    return change_own(means, visitor_id, code, keep) or Unknown()


def decide_appeal(means: Means, office_id: str, visit_id: VisitId, granted: bool, clerk: str) -> bool:
    """False: there is nothing to decide."""
    found = means.ledger.read(lambda page: page.visit(visit_id))
    if found is None or found.office_id != office_id:
        return False

    def work(page: Page) -> bool:
        now = means.now()
        made, visit = page.appeal(visit_id), page.visit(visit_id)
        if made is None or made.granted is not None or visit is None:
            return False
        page.keep_appeal(replace(made, granted=granted, decided_by=clerk, decided_at=now))
        if granted:
            page.exempt(visit_id)
        page.post(notice(visit, NoticeKind.APPEAL_DECIDED, now, granted=granted))
        return True

    return means.ledger.write([office_lock(found.office_id)], work)


def can_appeal(means: Means, visit: Visit) -> bool:
    if not visit.no_show or visit.exempt:
        return False
    last_day = visit.day + timedelta(days=means.rules_now().appeal_days)
    return means.now().date() <= last_day and means.ledger.read(lambda page: page.appeal(visit.visit_id)) is None


def open_appeals(means: Means, office_id: str) -> list[tuple[Appeal, Visit]]:
    def work(page: Page) -> list[tuple[Appeal, Visit]]:
        made = page.open_appeals(office_id)
        return [(each, visit) for each in made if (visit := page.visit(each.visit_id))]

    return means.ledger.read(work)

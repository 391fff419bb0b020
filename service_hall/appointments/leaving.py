"""A visitor who wants to be forgotten: what is still open, and what is kept of a visit all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from service_hall.appointments.changing import let_go
from service_hall.appointments.outcomes import wording
from service_hall.appointments.own import visits_of, wishes_of
from service_hall.appointments.replies import label_of, spaced
from service_hall.appointments.waiting_list import withdraw
from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import Page, office_lock
from service_hall.visits.means import Means
from service_hall.visits.states import ENDED, Status
from service_hall.visits.visit import Visit, VisitId

_ALL = 10_000


def still_open(means: Means, visitor_id: VisitorId) -> list[Visit]:
    """Booked, or in the hall. A place that is only held is not: it is let go without being asked for."""
    return [visit for visit in _all_of(means, visitor_id) if visit.status not in ENDED | {Status.HELD}]


def forget_visitor(means: Means, visitor_id: VisitorId, cancels: bool) -> list[Visit]:
    """Gives back what is held or waited for, and whatever is booked if `cancels`; deletes name and numbers of visits
    that are over. What is kept: every visit (what was done, where and when), and the person of those that are open or
    were missed, until `kept_until`. Doing it twice is doing it once."""
    for wish in wishes_of(means, visitor_id):
        means.ledger.write([office_lock(wish.office_id)], partial(withdraw, wish.wish_id))
    given_back = {Status.HELD, Status.BOOKED} if cancels else {Status.HELD}
    for visit in _all_of(means, visitor_id):
        if visit.status in given_back:
            means.ledger.write([office_lock(visit.office_id)], partial(_let_go, means, visitor_id, visit.visit_id))
    shown = {visit.visit_id for visit in visits_of(means, visitor_id)}
    for visit in means.ledger.read(partial(_to_forget, visitor_id)):
        means.ledger.write([office_lock(visit.office_id)], partial(_forget, visit.visit_id))
    kept = [visit for visit in _all_of(means, visitor_id) if visit.visit_id in shown]
    for visit in kept:
        if visit.status not in ENDED:
            means.ledger.write([office_lock(visit.office_id)], partial(_leave_to_staff, visit.visit_id))
    return kept


@dataclass(frozen=True)
class LeavingInTalk:
    """As it is told in the conversation."""

    means: Means

    def still_open(self, visitor_id: VisitorId) -> Sequence[str]:
        return [self._line(visit) for visit in still_open(self.means, visitor_id)]

    def forget(self, visitor_id: VisitorId, cancels: bool) -> Sequence[str]:
        before = [visit.visit_id for visit in still_open(self.means, visitor_id)]
        kept = forget_visitor(self.means, visitor_id, cancels)
        stays = [self._line(visit) for visit in kept if visit.status not in ENDED]
        cancelled = [self._line(visit) for visit in kept if visit.visit_id in before and visit.status in ENDED]
        lines = [wording.say("cancelled_before_forgetting"), *cancelled] if cancelled else []
        lines += [wording.say("open_after_forgetting"), *stays] if stays else []
        return [*lines, wording.say("kept_after_forgetting")] if kept else lines

    def _line(self, visit: Visit) -> str:
        return wording.say("open_line", booking=label_of(self.means, visit), code=spaced(visit.code))


def kept_until(means: Means, visit: Visit) -> date | None:
    """The day after which nobody can tell who came; None: nobody can any more, or the visit is not over."""
    if visit.person is None or visit.ended_at is None:
        return None
    return (visit.ended_at + timedelta(days=means.rules_now().retention_days)).date()


def _to_forget(visitor_id: VisitorId, page: Page) -> list[Visit]:
    """What tells of her, and of a visit that is over: a no-show counts for a while, and the citizen may appeal."""
    over = [visit for visit in page.of_visitor(visitor_id, _ALL) if visit.status in ENDED and not visit.no_show]
    return [
        visit
        for visit in over
        if visit.person or visit.question or ((rating := page.rating(visit.visit_id)) and rating.comment)
    ]


def _all_of(means: Means, visitor_id: VisitorId) -> list[Visit]:
    return means.ledger.read(lambda page: page.of_visitor(visitor_id, _ALL))


def _let_go(means: Means, visitor_id: VisitorId, visit_id: VisitId, page: Page) -> None:
    visit = page.visit(visit_id)
    if visit and visit.visitor_id == visitor_id:
        let_go(means, visitor_id, page, visit)


def _leave_to_staff(visit_id: VisitId, page: Page) -> None:
    page.leave_to_staff(visit_id)


def _forget(visit_id: VisitId, page: Page) -> None:
    page.forget(visit_id, keep_phone=False)

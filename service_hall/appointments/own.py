"""A visitor's own visits: list, one, the pack to tick off, and what the clerk may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from service_hall.appointments.outcomes import NotAllowed, Unknown
from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means, person_of
from service_hall.visits.own import change_own, own_visit
from service_hall.visits.person import Person
from service_hall.visits.states import ENDED, Status
from service_hall.visits.visit import Code, Visit, has_run_out
from service_hall.visits.waiting import STANDING, Wish


def visits_of(means: Means, visitor_id: VisitorId) -> list[Visit]:
    """Those under way first, the next one in front; then the ended ones, the latest in front. Holds that ran out are
    left out."""
    now = means.now()
    found = [
        visit
        for visit in means.ledger.read(lambda page: page.of_visitor(visitor_id))
        if not has_run_out(visit, now)
        and not (visit.status is Status.CANCELLED and visit.person is None and visit.starts_at)
    ]
    ahead = [visit for visit in found if visit.status not in ENDED]
    over = [visit for visit in found if visit.status in ENDED]
    return sorted(ahead, key=lambda visit: visit.starts_at or visit.created_at) + sorted(
        over, key=lambda visit: visit.starts_at or visit.created_at, reverse=True
    )


def find(means: Means, visitor_id: VisitorId, code: Code) -> Visit | None:
    return means.ledger.read(lambda page: own_visit(page, visitor_id, code))


def wishes_of(means: Means, visitor_id: VisitorId) -> list[Wish]:
    return [wish for wish in means.ledger.read(lambda page: page.wishes_of(visitor_id)) if wish.status in STANDING]


def last_person_of(means: Means, visitor_id: VisitorId) -> Person | None:
    """Who came last time: nothing is asked twice."""
    visits = means.ledger.read(lambda page: page.of_visitor(visitor_id, 20))
    for visit in sorted(visits, key=lambda each: each.created_at, reverse=True):
        if person := person_of(means, visit):
            return person
    return None


def tick(means: Means, visitor_id: VisitorId, code: Code, names: Sequence[str]) -> Visit | Unknown | NotAllowed:
    return _keep(means, visitor_id, code, lambda visit: replace(visit, pack=visit.pack.ticking(names)))


def share_with_clerk(means: Means, visitor_id: VisitorId, code: Code, share: bool) -> Visit | Unknown | NotAllowed:
    return _keep(means, visitor_id, code, lambda visit: replace(visit, share_with_clerk=share))


def _keep(
    means: Means, visitor_id: VisitorId, code: Code, change: Callable[[Visit], Visit]
) -> Visit | Unknown | NotAllowed:
    def keep(page: Page, visit: Visit) -> Visit | NotAllowed:
        if visit.status in ENDED:
            return NotAllowed("pack_closed")
        changed = change(visit)
        page.keep_pack(changed)
        return changed

    return change_own(means, visitor_id, code, keep) or Unknown()

"""What visitors do to a visit of their own: all of it goes this way, so that nothing is done for the forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import Page, office_lock, visitor_lock
from service_hall.visits.means import Means
from service_hall.visits.visit import Code, Visit

T = TypeVar("T")


def own_visit(page: Page, visitor_id: VisitorId, code: Code) -> Visit | None:
    """None for another visitor's too: whether it exists is nobody's business. What staff booked for somebody who uses
    no door belongs to all of them (`clerk:<name>`)."""
    visit = page.by_code(code)
    if visit is None:
        return None
    is_own = visit.visitor_id is None if visitor_id.startswith("clerk:") else visit.visitor_id == visitor_id
    return visit if is_own else None


def change_own(means: Means, visitor_id: VisitorId, code: Code, change: Callable[[Page, Visit], T]) -> T | None:
    """`change`: in one transaction under the locks of the visitor and of the office, with the visit as it stands there.
    None: there is no such visit of theirs. Raises VisitorForgotten."""
    found = means.ledger.read(lambda page: own_visit(page, visitor_id, code))
    if found is None:
        return None

    def work(page: Page) -> T | None:
        visit = own_visit(page, visitor_id, code)  # it may have been left to staff in between
        return None if visit is None else change(page, visit)

    return means.ledger.write([visitor_lock(visitor_id), office_lock(found.office_id)], work)

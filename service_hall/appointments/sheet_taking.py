"""A sheet of offices and closures takes effect on those who have booked: all of it on one page of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge_base.offices import Office
from service_hall.appointments.closing import Closed, Remedy, ToClose, close_on
from service_hall.appointments.office_change import displace_on
from service_hall.appointments.waiting_list import offer_freed
from service_hall.staff.audit import Entry
from service_hall.visits.ledger import Page, office_lock
from service_hall.visits.means import Means
from service_hall.visits.visit import VisitId


@dataclass(frozen=True)
class Taken:
    notified: frozenset[VisitId]
    """Who is told to choose another time, each once."""
    closed: Sequence[Closed]


@dataclass(frozen=True)
class SheetTaking:
    """`changed`: offices as they will be. `entries`: for the book of who did what, of what it came to."""

    means: Means
    changed: Sequence[Office]
    closures: Sequence[ToClose]
    clerk: str
    entries: Callable[[Taken], Sequence[Entry]]

    @property
    def offices(self) -> list[str]:
        return sorted({*(each.id for each in self.changed), *(each.office_id for each in self.closures)})

    @property
    def locks(self) -> list[str]:
        return [office_lock(each) for each in self.offices]

    def on(self, page: Page) -> Taken:
        """Nobody is offered what it frees yet: the hours of a changed office are not on the shelf before this is
        committed."""
        told = [visit for office in self.changed for visit in displace_on(page, self.means, office, self.clerk)]
        wanted = [each for each in self.closures if not _stands(page, each)]
        closed = [close_on(page, self.means, each, Remedy.NOTIFY, self.clerk) for each in wanted]
        told += [visit for each in closed for visit in each.displaced]
        return Taken(frozenset(each.visit_id for each in told), closed)

    def offer(self) -> None:
        """Once the shelf has the offices: what became free goes to those who wait."""
        for office_id in self.offices:

            def work(page: Page, office_id: str = office_id) -> int:
                return offer_freed(page, self.means, office_id)

            self.means.ledger.write([office_lock(office_id)], work)


def _stands(page: Page, wanted: ToClose) -> bool:
    """The same sheet was brought in at the same moment."""
    found = page.closures(wanted.office_id, wanted.from_, wanted.until)
    return any((each.line_id, each.from_, each.until) == (wanted.line_id, wanted.from_, wanted.until) for each in found)

"""What a sheet of offices and closures would do to who has booked, in one look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.offices import Office
from service_hall.appointments.closing import ToClose, hit_on
from service_hall.appointments.office_change import Affected, affected_on
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means
from service_hall.visits.visit import Visit


@dataclass(frozen=True)
class SheetEffects:
    """Of each change and of each closure, in their order; a booking may stand with several."""

    of_changes: Sequence[Sequence[Affected]]
    of_closures: Sequence[Sequence[Visit]]

    @property
    def bookings(self) -> int:
        """Each once."""
        changed = {each.visit.visit_id for affected in self.of_changes for each in affected}
        return len(changed | {each.visit_id for hit in self.of_closures for each in hit})


def effects_of(means: Means, changed: Sequence[Office], closed: Sequence[ToClose]) -> SheetEffects:
    """`changed`: offices as they would be. Nothing is changed; all is as it was at one moment."""

    def work(page: Page) -> SheetEffects:
        return SheetEffects(
            [affected_on(page, means, each) for each in changed], [hit_on(page, means, each) for each in closed]
        )

    return means.ledger.read(work)

"""Whom no door reaches: booked by staff for somebody who telephoned. A change of the booking is told by telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service_hall.appointments.own import person_of
from service_hall.visits.ledger import Look, Page, office_lock
from service_hall.visits.means import Means
from service_hall.visits.visit import Visit, VisitId


def phones_to_call(means: Means, office_id: str, visits: Sequence[Visit], clerk: str) -> Mapping[VisitId, str]:
    """Those of the visits that belong to no visitor, with the number in clear. Each look is noted first."""
    unreached = [visit for visit in visits if visit.visitor_id is None and visit.starts_at is not None]
    phones = {visit.visit_id: person.phone for visit in unreached if (person := person_of(means, visit))}
    if not phones:
        return {}

    def note(page: Page) -> None:
        for visit_id in phones:
            page.note_look(Look(visit_id, means.now(), clerk, "phone"))

    means.ledger.write([office_lock(office_id)], note)
    return phones

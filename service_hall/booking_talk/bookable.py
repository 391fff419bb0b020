"""Where the item can be booked, and whether the office of the talk is one of those."""

from __future__ import annotations

from knowledge_base.offices import Office
from service_hall.booking_talk.talk import Talk
from service_hall.shared.distances import metres_to


def is_settled(talk: Talk) -> bool:
    office = talk.means.office(talk.answers.office_id)
    return bool(office and office.line_of(talk.answers.guide_id))


def offices_of(talk: Talk, anywhere: bool = False) -> list[Office]:
    """Where the item can be booked in the region that speaks, or `anywhere` in the hall's own; the nearest first where
    the citizen's place is known."""
    handling = talk.library.offices_for(talk.answers.guide_id, None if anywhere else talk.region)
    bookable = [office for office in handling if office.line_of(talk.answers.guide_id)]
    here = talk.answers.location
    return sorted(bookable, key=lambda office: metres_to(office, here)) if here else bookable

"""Who booked: what limits and no-shows bind to. Name and numbers in a booking may be anybody's, so they bind nobody."""

from __future__ import annotations

from dataclasses import dataclass

from service_hall.shared.ids import VisitorId
from service_hall.visits.visit import Visit


@dataclass(frozen=True)
class Bookers:
    """A visitor, and a phone that a code has confirmed; either may be missing. What staff booked has neither."""

    visitor_id: VisitorId | None = None
    phone_key: str | None = None

    def __bool__(self) -> bool:
        return bool(self.visitor_id or self.phone_key)


def bookers_of(visit: Visit) -> Bookers:
    return Bookers(visit.visitor_id, visit.phone_key)

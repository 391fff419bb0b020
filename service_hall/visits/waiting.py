"""A wish for a place where none is free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from service_hall.shared.ids import VisitorId
from service_hall.visits.visit import SealedPerson, VisitId

WishId = NewType("WishId", str)


class WishStatus(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    """A place is held for it."""
    TAKEN = "taken"
    LAPSED = "lapsed"
    """Offered and not taken in time, or the days passed without a place."""
    WITHDRAWN = "withdrawn"


STANDING = frozenset({WishStatus.WAITING, WishStatus.OFFERED})
"""All others are settled: statistics are made of them, and nobody has to know any more who it was."""


@dataclass(frozen=True)
class Wish:
    """Any opening on `first_day` … `last_day`, both included, that starts in `from_time` ≤ t < `until_time` (HH:MM)."""

    wish_id: WishId
    visitor_id: VisitorId
    guide_id: str
    office_id: str
    line_id: str
    first_day: date
    last_day: date
    from_time: str
    until_time: str
    person: SealedPerson | None
    """Bound to the wish's id until it becomes a visit; None once it is settled."""
    status: WishStatus
    made_at: datetime
    visit_id: VisitId | None = None
    """The visit that was offered."""

"""What staff did by way of a door, for the book of who did what: where the hall keeps no line of its own in the same
transaction, the line follows the deed."""

from __future__ import annotations

from typing import Any

from service_hall.shared.clock import Clock
from service_hall.staff.audit import Audit, Entry


class Notes:
    def __init__(self, audit: Audit, clock: Clock) -> None:
        self._audit, self._clock = audit, clock

    def note(self, by: str, what: str, kind: str, thing: str, **after: Any) -> None:
        self._audit.record(Entry(by, what, kind, thing, self._clock(), after=after))

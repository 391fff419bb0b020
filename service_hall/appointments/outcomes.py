"""What can come of asking for a visit. Each is expected; doors and dialogue match them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from service_hall.appointments.openings import Opening
from service_hall.shared.wording import Wording
from service_hall.visits.visit import Visit
from service_hall.visits.waiting import Wish

wording = Wording(Path(__file__).parent / "wording.yml")


@dataclass(frozen=True)
class Booked:
    visit: Visit
    is_new: bool = True
    """False: the same key had booked it before."""


@dataclass(frozen=True)
class Held:
    visit: Visit


@dataclass(frozen=True)
class SlotFull:
    alternatives: Sequence[Opening]

    @property
    def message(self) -> str:
        return wording.say("slot_full" if self.alternatives else "all_full")


@dataclass(frozen=True)
class LimitReached:
    """`kind`: person_and_item, person, visitor, reschedules or wishes."""

    kind: str
    limit: int

    @property
    def message(self) -> str:
        return wording.say(f"limit_{self.kind}", limit=self.limit)


@dataclass(frozen=True)
class Restricted:
    """Too many no-shows."""

    until: datetime

    @property
    def message(self) -> str:
        return wording.say("restricted", month=self.until.month, day=self.until.day)


@dataclass(frozen=True)
class NotOpen:
    """What was asked for is no opening. `reason`: unknown_guide, unknown_office, not_handled, not_bookable, past,
    too_soon, beyond_horizon, closed_day, no_opening."""

    reason: str
    days: int = 0

    @property
    def message(self) -> str:
        return wording.say(self.reason, days=self.days)


@dataclass(frozen=True)
class Unknown:
    """There is no such visit for this visitor."""

    @property
    def message(self) -> str:
        return wording.say("unknown_code")


@dataclass(frozen=True)
class NotAllowed:
    """The visit is past that point. `reason`: hold_ended, cancel_too_late, reschedule_too_late, …"""

    reason: str

    @property
    def message(self) -> str:
        return wording.say(self.reason)


@dataclass(frozen=True)
class Cancelled:
    visit: Visit


@dataclass(frozen=True)
class Moved:
    visit: Visit


@dataclass(frozen=True)
class Wished:
    wish: Wish


Refused = SlotFull | LimitReached | Restricted | NotOpen | NotAllowed
Booking = Booked | Refused
Holding = Held | Refused
Cancelling = Cancelled | Unknown | NotAllowed
Rescheduling = Moved | Unknown | Refused
Wishing = Wished | LimitReached | Restricted | NotOpen

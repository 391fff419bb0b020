"""What can come of asking for a visit. Each is expected; doors and dialogue match them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

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
    """Of whoever asks. `kind`: person_and_item, person, visitor, phone_and_person, phone, reschedules or wishes."""

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
class ProofNeeded:
    """The day's budget of the visitor or the address is used up. The same request with the proof takes the place.
    `kind` hall: that door offers no way to prove anything."""

    kind: Literal["puzzle", "phone_code", "hall"]
    challenge: Mapping[str, Any] | None = None
    """Of the puzzle: altcha's, as JSON."""
    phone: str = ""
    """To which the code went, masked. Empty: it will go out once the phone is known."""
    tries_left: int = 0
    was_wrong: bool = False
    """What was given proves nothing."""
    is_new: bool = True
    """Another puzzle; another code, which is on its way."""

    @property
    def message(self) -> str:
        return wording.say(self._sentence, phone=self.phone, tries=self.tries_left)

    @property
    def _sentence(self) -> str:
        if self.kind != "phone_code":
            return f"proof_{self.kind}"
        if not self.phone:
            return "proof_code_later"
        if not self.was_wrong:
            return "proof_code"
        return "proof_code_another" if self.is_new else "proof_code_wrong"


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
Booking = Booked | ProofNeeded | Refused
Holding = Held | ProofNeeded | Refused
Cancelling = Cancelled | Unknown | NotAllowed
Rescheduling = Moved | Unknown | Refused
Wishing = Wished | ProofNeeded | LimitReached | Restricted | NotOpen

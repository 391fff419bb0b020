"""What can come of a move in the hall. Each is expected; doors match them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from service_hall.shared.wording import Wording
from service_hall.visits.visit import Visit

wording = Wording(Path(__file__).parent / "wording.yml")


@dataclass(frozen=True)
class Ticketed:
    visit: Visit
    is_new: bool = True
    """False: it had its ticket already."""


@dataclass(frozen=True)
class TooEarly:
    opens_at: datetime

    @property
    def message(self) -> str:
        return wording.say("too_early", at=f"{self.opens_at.month}月{self.opens_at.day}日{self.opens_at:%H:%M}")


@dataclass(frozen=True)
class Refused:
    """`reason`: a name in wording.yml."""

    reason: str

    @property
    def message(self) -> str:
        return wording.say(self.reason)


@dataclass(frozen=True)
class Done:
    """The visit after the move."""

    visit: Visit


Arriving = Ticketed | TooEarly | Refused
Moving = Done | Refused

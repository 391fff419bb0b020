"""A visit as the hall knows it, and the line it leaves in the history with every move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType

from service_hall.shared.ids import VisitorId
from service_hall.visits.pack import Pack
from service_hall.visits.states import ENDED, Move, Status, status_after

VisitId = NewType("VisitId", str)
Code = NewType("Code", str)
"""What the citizen holds: opens the visit at the kiosk, so it is not to be guessed."""
HALL = "hall"
"""The actor of what the service does by itself."""


class Share(StrEnum):
    """Out of whose capacity the place comes."""

    PUBLIC = "public"
    INTERNAL = "internal"
    WALK_IN = "walk_in"


@dataclass(frozen=True)
class SealedPerson:
    """Who comes. `sealed`: name, phone and identity number, readable with the hall's key alone. The keys are keyed
    hashes: they tell whether two visits are of one person, and nothing else. Two visits are of one person when the
    identity numbers agree, or name and phone do; a family shares a phone."""

    sealed: str
    id_key: str
    """Empty: no number was given."""
    name_key: str

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.id_key, self.name_key)))


@dataclass(frozen=True)
class Visit:
    visit_id: VisitId
    code: Code
    visitor_id: VisitorId | None
    """None: made at the hall, for somebody who uses no door."""
    guide_id: str
    office_id: str
    line_id: str
    day: date
    minutes: int
    """Planned time at the counter."""
    share: Share
    status: Status
    created_at: datetime
    starts_at: datetime | None = None
    """None: without a booking."""
    person: SealedPerson | None = None
    phone_key: str | None = None
    """Keyed hash of the person's phone, where a code has confirmed that it is the booker's."""
    held_until: datetime | None = None
    displaced: bool = False
    """The office closes at that time; another time is needed."""
    no_show: bool = False
    exempt: bool = False
    """A no-show that does not count."""
    reschedules: int = 0
    ticket: str = ""
    checked_in_at: datetime | None = None
    waits_since: datetime | None = None
    """Since when it stands where it stands in the queue."""
    counter: str = ""
    """At which counter it is called or served; in the queue: the only counter that may call it (after a transfer)."""
    called_at: datetime | None = None
    calls: int = 0
    serving_at: datetime | None = None
    ended_at: datetime | None = None
    share_with_clerk: bool = False
    """The citizen agreed that the clerk sees the checklist and the question."""
    question: str = ""
    """What was asked before booking, masked."""
    pack: Pack = field(default_factory=Pack)
    version: int = 1
    """How many moves it has made."""

    def moved(self, move: Move, **changes: Any) -> Visit:
        """Raises IllegalMove. A place that was only held was nobody's visit: when it is let go, nothing tells any more
        for whom it was."""
        status = status_after(move, self.status)
        nobody = {"person": None, "question": ""} if self.status is Status.HELD and status in ENDED else {}
        return replace(self, status=status, version=self.version + 1, **{**nobody, **changes})


def has_run_out(visit: Visit, now: datetime) -> bool:
    """A hold that was not confirmed in time is nobody's any more, though no job has ended it yet."""
    return visit.status is Status.HELD and visit.held_until is not None and visit.held_until <= now


@dataclass(frozen=True)
class VisitEvent:
    """One line of the history; never changed, never deleted. `note` holds no personal data."""

    visit_id: VisitId
    version: int
    at: datetime
    move: Move
    before: Status | None
    after: Status
    actor: str
    """`visitor:<id>`, `clerk:<name>`, `kiosk:<office>` or `hall`."""
    note: Mapping[str, Any] = field(default_factory=dict)


def event_of(before: Visit | None, after: Visit, move: Move, at: datetime, actor: str, **note: Any) -> VisitEvent:
    return VisitEvent(
        after.visit_id, after.version, at, move, before.status if before else None, after.status, actor, note
    )

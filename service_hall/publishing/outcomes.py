"""How what an editor asks for may end, apart from success."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.checking import Finding
from service_hall.publishing.differences import Difference
from service_hall.publishing.draft import Draft
from service_hall.publishing.gate import Report
from service_hall.publishing.parts import Part


@dataclass(frozen=True)
class ChangedMeanwhile:
    """Somebody else changed the same part since it was shown. Nothing was kept of the second text; it is with whoever
    sent it."""

    draft: Draft
    now: Part
    by: str


@dataclass(frozen=True)
class Faulty:
    findings: Sequence[Finding]
    """Each with its place in the document."""


@dataclass(frozen=True)
class InUse:
    """It would retire an item that is used."""

    scenarios: Sequence[str]
    """Their titles."""
    bookings: Sequence[str]
    """Code, day and office of each."""


@dataclass(frozen=True)
class Stopped:
    """The gate stopped it, and not all was accepted with a reason."""

    report: Report


@dataclass(frozen=True)
class NotNow:
    """Not in this state, not by this person: `why` is one Chinese sentence."""

    why: str


@dataclass(frozen=True)
class Overtaken:
    """What is published was changed past the draft, in parts that the draft changes too. Whoever has seen it hands the
    draft in again, with `digest` for what was seen."""

    published: Sequence[Difference]
    """What changed there since the draft was begun."""
    digest: str

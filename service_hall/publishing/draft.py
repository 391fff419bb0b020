"""A draft of one document, who judged it, and the versions that were published of a document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType

from knowledge_base.documents import Body, GuideDocument
from knowledge_base.hall_topics import is_topic
from knowledge_base.model import NATIONAL, RegionCode

DraftId = NewType("DraftId", str)


class DocumentKind(StrEnum):
    """What is written, reviewed and published."""

    GUIDE = "guide"
    FACT = "fact"
    """What the hall says of itself."""
    SCENARIO = "scenario"
    RATES = "rates"


@dataclass(frozen=True, order=True)
class DocumentKey:
    guide_id: str
    """Of a guide or a fact of the hall its id; of a scenario or a file of rates with its kind: `scenario:retire`."""
    region: RegionCode
    effective_from: str = ""
    """Its first day as it stands in the document; '': none is stated."""

    @classmethod
    def of(cls, document: GuideDocument) -> DocumentKey:
        return cls(document.guide_id, document.region, str(document.body.get("effective_from", "")))

    @classmethod
    def of_scenario(cls, scenario_id: str) -> DocumentKey:
        return cls(f"{DocumentKind.SCENARIO}:{scenario_id}", NATIONAL)

    @classmethod
    def of_rates(cls, file_id: str) -> DocumentKey:
        return cls(f"{DocumentKind.RATES}:{file_id}", NATIONAL)

    @property
    def kind(self) -> DocumentKind:
        named, is_marked, _ = self.guide_id.partition(":")
        if is_marked:
            return DocumentKind(named)
        return DocumentKind.FACT if is_topic(self.guide_id) else DocumentKind.GUIDE

    @property
    def thing_id(self) -> str:
        """Its own id, without the mark of its kind."""
        return self.guide_id.partition(":")[2] or self.guide_id

    def __str__(self) -> str:
        return "|".join((self.guide_id, self.region, self.effective_from))


class DraftState(StrEnum):
    WRITING = "writing"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    """Waits for its day."""
    HELD = "held"
    """Its day has come, and something stopped it that nobody has accepted."""
    PUBLISHED = "published"
    DROPPED = "dropped"


OPEN = frozenset({DraftState.WRITING, DraftState.IN_REVIEW, DraftState.APPROVED, DraftState.HELD})
"""A document has one draft at most in these."""


@dataclass(frozen=True)
class Draft:
    draft_id: DraftId
    key: DocumentKey
    body: Body
    """As it was left, sound or not."""
    base: Body | None
    """What was published when the draft was begun; None: there was no such document."""
    state: DraftState
    writers: tuple[str, ...]
    """Whoever changed it; the first began it. None of them reviews it."""
    made_at: datetime
    changed_at: datetime
    round: int = 0
    """How often it was handed in."""
    reviews_needed: int = 1
    publish_on: date | None = None
    """None: as soon as it is approved."""
    note: str = ""
    """What was changed and why, in the writer's words."""
    held_because: str = ""

    @property
    def document(self) -> GuideDocument:
        """Of a guide or a fact of the hall."""
        return GuideDocument(self.key.guide_id, self.key.region, self.body)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def waits(self, today: date) -> bool:
        """It is to be published on a later day."""
        return self.publish_on is not None and self.publish_on > today


@dataclass(frozen=True)
class DraftLine:
    """A draft in a list: what it says is not read."""

    draft_id: DraftId
    key: DocumentKey
    state: DraftState
    writers: tuple[str, ...]
    changed_at: datetime
    round: int
    publish_on: date | None
    note: str


class Judgement(StrEnum):
    APPROVE = "approve"
    RETURN = "return"


@dataclass(frozen=True)
class Verdict:
    draft_id: DraftId
    round: int
    reviewer: str
    judgement: Judgement
    reason: str
    at: datetime
    accepted: Mapping[str, str]
    """What the gate stopped (`Stop.key`) → why it may pass."""


@dataclass(frozen=True)
class Version:
    """A document as it was published."""

    key: DocumentKey
    number: int
    """From 1, of this document."""
    body: Body
    at: datetime
    by: str
    """Who wrote it; '' where it came with the content files."""
    reviewers: tuple[str, ...] = ()
    note: str = ""


def digest_of(body: Any) -> str:
    """The same for what says the same."""
    written = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:32]

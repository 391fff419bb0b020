"""What publishing asks of storage. One suite tests every implementation (tests/contract)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from knowledge_base.kept import FaultyRow
from service_hall.publishing.draft import DocumentKey, Draft, DraftId, DraftLine, DraftState, Verdict, Version
from service_hall.shared.errors import HallError

Change = Callable[[Draft], Draft]


class NoSuchDraft(HallError):
    """There is none, or it is closed."""


class NotSound(HallError):
    """It cannot be published; nothing was changed."""

    def __init__(self, faults: Sequence[FaultyRow]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


class PublishingRecords(Protocol):
    def begin(self, draft: Draft) -> Draft:
        """The draft, or the one of the same document that is open already."""
        ...

    def begin_all(self, drafts: Sequence[Draft]) -> list[Draft] | None:
        """Each as `begin`. None where one is open already and says something else: then none is begun."""
        ...

    def draft(self, draft_id: DraftId) -> Draft | None: ...

    def open_draft_of(self, key: DocumentKey) -> Draft | None: ...

    def drafts(self, states: Sequence[DraftState], limit: int = 200) -> list[Draft]:
        """Those changed last in front."""
        ...

    def lines(self, states: Sequence[DraftState], limit: int = 200) -> list[DraftLine]:
        """As `drafts`, without what they say: a body is as long as a guide."""
        ...

    def judged_by(self, reviewer: str, drafts: Sequence[DraftId]) -> frozenset[tuple[DraftId, int]]:
        """Which rounds of these drafts she has judged."""
        ...

    def change(self, draft_id: DraftId, work: Change) -> Draft:
        """What `work` makes of it, with no other change in between; whatever `work` raises changes nothing. Raises
        NoSuchDraft."""
        ...

    def judge(self, verdict: Verdict, work: Change) -> Draft:
        """Keeps the verdict with what `work` makes of the draft, both or none. A second one of the same reviewer in the
        same round takes the place of the first. Raises NoSuchDraft."""
        ...

    def verdicts(self, draft_id: DraftId) -> list[Verdict]:
        """Of all rounds, oldest first."""
        ...

    def due(self, day: date) -> list[Draft]:
        """Approved, and to be published that day or before."""
        ...

    def publish(self, draft_id: DraftId, reviewers: Sequence[str], at: datetime) -> Version:
        """The document goes live, its version is kept, the draft is closed and it stands in the book of who did what,
        all or nothing. Raises NotSound, and NoSuchDraft where it is not approved (any more)."""
        ...

    def versions(self, key: DocumentKey) -> list[Version]:
        """Newest first; nothing before a document was first changed here."""
        ...

    def versions_of_guide(self, guide_id: str, limit: int = 100) -> list[Version]:
        """Of all its documents, newest first."""
        ...

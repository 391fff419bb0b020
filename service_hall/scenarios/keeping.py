"""What is kept of a scenario: the answers, and what of the list is done. One suite tests every implementation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NewType, Protocol

from service_hall.shared.ids import VisitorId

ChecklistId = NewType("ChecklistId", str)
MOST_KEPT = 20
"""Of one visitor; the oldest goes first."""
KEPT = timedelta(days=365)
"""Since it was last touched."""


@dataclass(frozen=True)
class ListCount:
    """Of one scenario, everybody's. `begun`: left before the last question."""

    finished: int
    begun: int


@dataclass(frozen=True)
class KeptList:
    checklist_id: ChecklistId
    visitor_id: VisitorId
    scenario_id: str
    answers: Mapping[str, object]
    """JSON."""
    as_of: date
    """The day on which the answers were judged."""
    region: str | None
    changed_at: datetime
    is_draft: bool = False
    """Left before the last question."""
    done: tuple[str, ...] = ()
    """Ids of steps."""
    have: tuple[str, ...] = ()
    """Names of papers."""
    papers: tuple[str, ...] = ()
    """Names of all papers, as the list was last shown: what differs later has changed."""


class Checklists(Protocol):
    def keep(self, kept: KeptList) -> None:
        """In the place of the one of its id, or of a draft of the same scenario. Raises VisitorForgotten."""
        ...

    def of_visitor(self, visitor_id: VisitorId) -> list[KeptList]:
        """Newest first, at most MOST_KEPT."""
        ...

    def find(self, checklist_id: ChecklistId) -> KeptList | None: ...

    def drop(self, checklist_id: ChecklistId) -> None: ...

    def forget(self, visitor_id: VisitorId) -> None:
        """All that is kept of her."""
        ...

    def finished(self) -> Iterator[KeptList]:
        """Everybody's, but drafts, in no order."""
        ...

    def count_of(self, scenario_id: str) -> ListCount: ...

    def drop_old(self, before: datetime) -> int:
        """Those that nobody has touched since then; how many."""
        ...


class ChecklistsInMemory:
    """For a hall without a store: they last as long as the process."""

    def __init__(self) -> None:
        self._kept: dict[ChecklistId, KeptList] = {}

    def keep(self, kept: KeptList) -> None:
        for other in self.of_visitor(kept.visitor_id):
            if other.is_draft and other.scenario_id == kept.scenario_id:
                self.drop(other.checklist_id)
        self._kept[kept.checklist_id] = replace(kept, answers=dict(kept.answers))
        for oldest in self._of(kept.visitor_id)[MOST_KEPT:]:
            self.drop(oldest.checklist_id)

    def of_visitor(self, visitor_id: VisitorId) -> list[KeptList]:
        return self._of(visitor_id)[:MOST_KEPT]

    def find(self, checklist_id: ChecklistId) -> KeptList | None:
        return self._kept.get(checklist_id)

    def drop(self, checklist_id: ChecklistId) -> None:
        self._kept.pop(checklist_id, None)

    def forget(self, visitor_id: VisitorId) -> None:
        for kept in self._of(visitor_id):
            self.drop(kept.checklist_id)

    def finished(self) -> Iterator[KeptList]:
        yield from [each for each in self._kept.values() if not each.is_draft]

    def count_of(self, scenario_id: str) -> ListCount:
        drafts = [each.is_draft for each in self._kept.values() if each.scenario_id == scenario_id]
        return ListCount(len(drafts) - sum(drafts), sum(drafts))

    def drop_old(self, before: datetime) -> int:
        old = [each.checklist_id for each in self._kept.values() if each.changed_at < before]
        for checklist_id in old:
            self.drop(checklist_id)
        return len(old)

    def _of(self, visitor_id: VisitorId) -> list[KeptList]:
        mine = [each for each in self._kept.values() if each.visitor_id == visitor_id]
        return sorted(mine, key=lambda each: each.changed_at, reverse=True)

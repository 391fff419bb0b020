"""Whoever wants to be forgotten leaves no list behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service_hall.conversation.deleting import Leaving
from service_hall.scenarios.keeping import Checklists
from service_hall.shared.ids import VisitorId


@dataclass(frozen=True)
class LeavingLists:
    """Beside what the visits keep."""

    visits: Leaving
    checklists: Checklists

    def still_open(self, visitor_id: VisitorId) -> Sequence[str]:
        return self.visits.still_open(visitor_id)

    def forget(self, visitor_id: VisitorId, cancels: bool) -> Sequence[str]:
        self.checklists.forget(visitor_id)
        return self.visits.forget(visitor_id, cancels)

"""Who waits for the answer to what was not found, as storage keeps it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from service_hall.shared.ids import VisitorId
from service_hall.visits.notices import NoticeId

PREFIX = "aw_"
KEPT = timedelta(days=180)
"""So long it is waited for."""
MOST_OPEN = 20
"""Of one visitor."""


@dataclass(frozen=True)
class Awaited:
    awaited_id: NoticeId
    """Under which it is told, once."""
    visitor_id: VisitorId
    question: str
    """Masked."""
    region: str
    """In which it was asked; '' for the hall's own."""
    asked_at: datetime
    told_at: datetime | None = None


class AwaitedRecords(Protocol):
    """One suite tests every implementation (tests/contract)."""

    def keep(self, awaited: Awaited) -> bool:
        """False: she waits for the same question already, or for MOST_OPEN. Raises VisitorForgotten."""
        ...

    def open_ones(self, limit: int = 1000) -> Sequence[Awaited]:
        """Not told yet, the oldest in front."""
        ...

    def find(self, awaited_id: NoticeId) -> Awaited | None: ...

    def told(self, awaited_id: NoticeId, at: datetime) -> bool:
        """False: it was told before."""
        ...

    def drop(self, before: datetime) -> int:
        """Those asked before that. How many."""
        ...


def new_awaited(visitor_id: VisitorId, question: str, region: str | None, at: datetime) -> Awaited:
    return Awaited(NoticeId(PREFIX + secrets.token_urlsafe(12)), visitor_id, question, region or "", at)


def is_awaited(notice_id: NoticeId) -> bool:
    return notice_id.startswith(PREFIX)


class AwaitedInMemory:
    def __init__(self) -> None:
        self._kept: dict[NoticeId, Awaited] = {}

    def keep(self, awaited: Awaited) -> bool:
        hers = [each for each in self.open_ones() if each.visitor_id == awaited.visitor_id]
        if len(hers) >= MOST_OPEN or any(each.question == awaited.question for each in hers):
            return False
        self._kept[awaited.awaited_id] = awaited
        return True

    def open_ones(self, limit: int = 1000) -> Sequence[Awaited]:
        waiting = (each for each in self._kept.values() if each.told_at is None)
        return sorted(waiting, key=lambda each: (each.asked_at, each.awaited_id))[:limit]

    def find(self, awaited_id: NoticeId) -> Awaited | None:
        return self._kept.get(awaited_id)

    def told(self, awaited_id: NoticeId, at: datetime) -> bool:
        kept = self._kept.get(awaited_id)
        if kept is None or kept.told_at is not None:
            return False
        self._kept[awaited_id] = replace(kept, told_at=at)
        return True

    def drop(self, before: datetime) -> int:
        old = [key for key, each in self._kept.items() if each.asked_at < before]
        for key in old:
            del self._kept[key]
        return len(old)

"""What citizens asked in vain and who is to find the answer, as storage keeps it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Protocol

from service_hall.shared.ids import MessageId

TaskId = NewType("TaskId", str)
MOST_TURNS = 5000


class Trouble(StrEnum):
    UNANSWERED = "not_found"
    UNSURE = "clarify"
    NOT_USEFUL = "not_useful"


@dataclass(frozen=True)
class AskedTurn:
    message_id: MessageId
    at: datetime
    said: str
    """Masked."""
    trouble: Trouble
    region: str = ""
    """Of the conversation by then; empty: none was named."""


@dataclass(frozen=True)
class Task:
    """Given to a department, which shall say what the answer is."""

    task_id: TaskId
    question: str
    times: int
    department: str
    due_on: date
    note: str
    by: str
    at: datetime
    done_by: str = ""
    done_at: datetime | None = None

    def is_late(self, today: date) -> bool:
        return self.done_at is None and self.due_on < today


class AskedRecords(Protocol):
    """One suite tests every implementation (tests/contract)."""

    def troubled(
        self,
        since: datetime,
        limit: int = MOST_TURNS,
        *,
        regions: Collection[str] = (),
        items: frozenset[str] | None = None,
    ) -> list[AskedTurn]:
        """Newest first; a turn that was unsure and of no use stands twice. `regions`, `items`: as `WantedTurns` has
        them."""
        ...

    def keep_task(self, task: Task) -> None:
        """In the place of the one of the same id."""
        ...

    def task(self, task_id: TaskId) -> Task | None: ...

    def tasks(self, limit: int = 200) -> list[Task]:
        """Open ones by their day, then those that are done, newest first."""
        ...

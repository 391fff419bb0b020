"""Saved questions: sets that are run before anything is published, and whenever somebody wants to know."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NewType, Protocol

SetId = NewType("SetId", str)
RunId = NewType("RunId", str)
FIRST_SET = SetId("first")
MOST_QUESTIONS = 5000
NO_ITEM = "-"
"""Among what is expected: no guide shall answer."""


@dataclass(frozen=True)
class SavedQuestion:
    text: str
    """Masked."""
    expects: tuple[str, ...] = ()
    """Items that may answer it, best first; empty: nobody has said."""


@dataclass(frozen=True)
class QuestionSet:
    set_id: SetId
    name: str
    is_gate: bool
    """Run before each publication."""
    questions: tuple[SavedQuestion, ...]
    by: str
    changed_at: datetime


@dataclass(frozen=True)
class Run:
    """What the questions of a set, or of a sheet, came to one day."""

    run_id: RunId
    set_id: SetId | None
    """None: a sheet that nobody kept."""
    at: datetime
    by: str
    asked: int
    no_hits: int
    as_expected: int | None
    """Of those with an expectation; None: none had one."""


@dataclass(frozen=True)
class Result:
    question: str
    expects: tuple[str, ...]
    decision: str
    """`answer`, `choices` or `nothing`."""
    items: tuple[str, ...]
    """Answered, or offered."""
    item: str
    """Of the guide that answered; '' for no hit."""
    statement: str
    lead: str
    outcome: str
    candidates: Sequence[Mapping[str, Any]] = ()
    """Item, name, likelihood and what spoke most for it; best first."""

    @property
    def is_hit(self) -> bool:
        return bool(self.item)

    @property
    def is_as_expected(self) -> bool | None:
        return (self.item or NO_ITEM) in self.expects if self.expects else None

    def differs_from(self, other: Result) -> bool:
        mine, its = ((each.decision, each.items, each.item, each.statement or each.lead) for each in (self, other))
        return mine != its


class QuestionRecords(Protocol):
    """One suite tests every implementation (tests/contract)."""

    def sets(self) -> list[QuestionSet]:
        """In the order of their names."""
        ...

    def set(self, set_id: SetId) -> QuestionSet | None: ...

    def keep_set(self, kept: QuestionSet) -> None:
        """In the place of the one of the same id."""
        ...

    def drop_set(self, set_id: SetId) -> None:
        """Its runs stay."""
        ...

    def keep_run(self, run: Run, results: Sequence[Result]) -> None: ...

    def runs(self, set_id: SetId | None, limit: int = 50) -> list[Run]:
        """Newest first."""
        ...

    def run(self, run_id: RunId) -> Run | None: ...

    def results(self, run_id: RunId) -> list[Result]:
        """In the order of the sheet."""
        ...

    def last_results(self, questions: Sequence[str], before: datetime) -> Mapping[str, tuple[datetime, Result]]:
        """Of each question the newest result from before that moment, of whatever run."""
        ...

    def drop_runs(self, before: datetime) -> int: ...


@cache
def first_set() -> tuple[SavedQuestion, ...]:
    """Shipped: what search was developed with. None of them is among the questions by which it is judged."""
    lines = (Path(__file__).parent / "first_set.jsonl").read_text("utf-8").splitlines()
    return tuple(SavedQuestion(row["q"], tuple(row["items"])) for row in map(json.loads, lines))

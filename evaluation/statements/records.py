"""What was asked and what came back, as it lies in `var/evaluation/statements.<split>.jsonl`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.questions import Split
from evaluation.results import RESULTS, read_lines
from evaluation.statements.questions import FactQuestion, has_all

FIRST_CHARACTERS = 120
"""What a citizen in a hurry reads of an answer."""


@dataclass(frozen=True)
class Told:
    question: FactQuestion
    theme: str
    outcome: str
    guide_id: str
    """Of the first answer; empty where no guide answered."""
    offered: tuple[str, ...]
    text: str
    """Of the first answer, without its sources."""
    hint: str = ""
    """What was told of a right guide that was offered."""

    @property
    def is_right_guide(self) -> bool:
        return self.guide_id in self.question.guide_ids

    @property
    def tells_the_fact(self) -> bool:
        return self.is_right_guide and has_all(self.question.must_have, self.text)

    @property
    def tells_it_first(self) -> bool:
        return self.is_right_guide and has_all(self.question.must_have, self.text[:FIRST_CHARACTERS])

    @property
    def tells_or_hints(self) -> bool:
        """Whoever was asked back has the fact beside the choice."""
        return self.tells_the_fact or (bool(self.hint) and has_all(self.question.must_have, self.hint))

    @property
    def as_row(self) -> dict[str, Any]:
        return asdict(self)


def read_told(row: Mapping[str, Any]) -> Told:
    asked = row["question"]
    return Told(
        question=FactQuestion(
            **{name: asked[name] for name in ("id", "text", "statement_id", "style")},
            guide_ids=tuple(asked["guide_ids"]),
            must_have=tuple(map(tuple, asked["must_have"])),
        ),
        **{name: row[name] for name in ("theme", "outcome", "guide_id", "text")},
        offered=tuple(row["offered"]),
        hint=row.get("hint", ""),
    )


def results_path(split: Split) -> Path:
    return RESULTS / f"statements.{split}.jsonl"


def load_told(split: Split) -> list[Told]:
    path = results_path(split)
    return [read_told(row) for row in read_lines(path)] if path.is_file() else []

"""The held-out questions: `dev` sets thresholds, `test` is only ever scored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent / "retrieval"
Split = Literal["dev", "test"]


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    guide_ids: tuple[str, ...]
    """Every acceptable guide; empty for what no guide answers."""
    aspects: tuple[str, ...]
    """Every acceptable aspect, the likeliest first."""
    kind: str
    """`in`, or why it is out: elsewhere, near, nonsense."""
    style: str
    """How it is put: oral, terse, dialect, indirect, typo, formal, two_part, wrong_name, traditional."""

    @property
    def is_in_scope(self) -> bool:
        return self.kind == "in"


def load_questions(split: Split) -> list[Question]:
    lines = (FOLDER / f"questions.{split}.jsonl").read_text("utf-8").splitlines()
    return [
        Question(
            id=row["id"],
            text=row["text"],
            guide_ids=tuple(row.get("guide_ids", ())),
            aspects=tuple(row.get("aspects", ())),
            kind="in" if row["scope"] == "in" else row.get("kind", "elsewhere"),
            style=row.get("style", "oral"),
        )
        for row in map(json.loads, lines)
    ]

"""The held-out questions: `dev` sets thresholds, `test` is only ever scored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent / "retrieval"


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    guide_ids: tuple[str, ...]
    """Every acceptable guide; empty for what no guide answers."""
    aspects: tuple[str, ...]
    kind: str
    """`in`, or why it is out: known_no_guide, elsewhere, near, nonsense."""

    @property
    def is_in_scope(self) -> bool:
        return self.kind == "in"


def load_questions(split: Literal["dev", "test"]) -> list[Question]:
    lines = (FOLDER / f"questions.{split}.jsonl").read_text("utf-8").splitlines()
    return [
        Question(
            row["id"],
            row["text"],
            tuple(row.get("guide_ids", ())),
            tuple(row.get("aspects", ())),
            "in" if row["scope"] == "in" else row.get("kind", "elsewhere"),
        )
        for row in map(json.loads, lines)
    ]

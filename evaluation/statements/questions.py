"""Questions that one sentence of a guide answers, with the strings by which its fact is recognised in a reply."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.questions import Split

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class FactQuestion:
    id: str
    text: str
    guide_ids: tuple[str, ...]
    """Every guide that holds the fact; the first is the one that it was written from."""
    statement_id: str
    """In the first guide, when the question was written."""
    must_have: tuple[tuple[str, ...], ...]
    """Of each group one: 15天, 十五天 or 15日."""
    style: str


def load_fact_questions(split: Split) -> list[FactQuestion]:
    lines = (FOLDER / f"questions.{split}.jsonl").read_text("utf-8").splitlines()
    return [
        FactQuestion(
            id=row["id"],
            text=row["text"],
            guide_ids=tuple(row["guide_ids"]),
            statement_id=row["statement_id"],
            must_have=tuple(map(tuple, row["must_have"])),
            style=row["style"],
        )
        for row in map(json.loads, lines)
    ]


def has_all(must_have: Sequence[Sequence[str]], text: str) -> bool:
    """Blanks and the width of letters do not matter: 15 天, ７０％."""
    said = _plain(text)
    return all(any(_plain(string) in said for string in group) for group in must_have)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())

"""Sentences as a voice input or a hurried thumb writes them, each with the right one; and sentences that are right."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from evaluation.questions import load_questions
from knowledge_base.language.confusions import Slip

PATH = Path(__file__).parent / "sentences.test.jsonl"


@dataclass(frozen=True)
class Misheard:
    id: str
    said: str
    right: str
    guide_ids: tuple[str, ...]
    """Every acceptable guide."""
    slip: Slip


def load_misheard(path: Path = PATH) -> list[Misheard]:
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [Misheard(row["id"], row["said"], row["right"], tuple(row["guide_ids"]), Slip(row["kind"])) for row in rows]


def right_sentences() -> list[str]:
    """The development questions in which nothing is misspelled, nor a name clipped (安许证); of traditional characters
    there is often a choice."""
    return [each.text for each in load_questions("dev") if each.style not in ("typo", "traditional", "wrong_name")]

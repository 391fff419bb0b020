"""Situations of life in citizens' words, each with the scenario that a clerk would begin; questions that begin none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Situation:
    id: str
    text: str
    scenario: str
    style: str


def load_situations(split: Literal["dev", "test"]) -> list[Situation]:
    return [Situation(**row) for row in _rows(f"situations.{split}")]


def load_ordinary() -> list[str]:
    return [row["text"] for row in _rows("ordinary.test")]


def _rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]

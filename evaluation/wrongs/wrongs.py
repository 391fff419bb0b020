"""Sentences of both kinds, each in a citizen's words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Sentence:
    id: str
    text: str
    is_wrong: bool
    """Help to break the law is wanted."""


def load_wrongs(split: Literal["dev", "test"]) -> list[Sentence]:
    lines = (FOLDER / f"wrongs.{split}.jsonl").read_text("utf-8").splitlines()
    return [Sentence(**json.loads(line)) for line in lines]

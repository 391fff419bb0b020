"""Short dialogues in which people go on, change the subject, come back or put something right: `dev` fits when a
sentence stays with what is talked about, `test` is only ever scored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evaluation.questions import Split

FOLDER = Path(__file__).parent


class Kind(StrEnum):
    OPEN = "open"
    """Names its item."""
    ON = "on"
    """Goes on with the item without naming it."""
    OTHER = "other"
    BACK = "back"
    """To an earlier item of the dialogue."""
    OUTSIDE = "outside"
    """Nothing of the hall's business."""
    CORRECT = "correct"


@dataclass(frozen=True)
class TalkedTurn:
    text: str
    kind: Kind
    items: tuple[str, ...]
    """Every acceptable one, the likeliest first; empty for what is none."""


def load_talks(split: Split) -> list[tuple[TalkedTurn, ...]]:
    lines = (FOLDER / f"follow_ups.{split}.jsonl").read_text("utf-8").splitlines()
    return [tuple(map(_turn, json.loads(line)["turns"])) for line in lines]


def load_later_turns(split: Split) -> list[tuple[int, tuple[str, ...], TalkedTurn]]:
    """(number of the dialogue, services talked about before, the latest first and each once; turn): each later turn."""
    later = []
    for number, turns in enumerate(load_talks(split)):
        before: list[str] = []
        for turn in turns:
            if before:
                later.append((number, tuple(dict.fromkeys(reversed(before))), turn))
            before += turn.items[:1]
    return later


def _turn(row: dict[str, object]) -> TalkedTurn:
    also = row.get("also")
    items = [row["item"], *(also if isinstance(also, list) else ())]
    return TalkedTurn(str(row["text"]), Kind(str(row["kind"])), tuple(str(each) for each in items if each))

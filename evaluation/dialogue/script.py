"""The dialogues as written in `dialogues.jsonl`: what is said, and what must come back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DIALOGUES = Path(__file__).parent / "dialogues.jsonl"


@dataclass(frozen=True)
class Expectation:
    """What is left empty is not looked at."""

    outcome: tuple[str, ...] = ()
    """Any of these."""
    guide_ids: tuple[str, ...] = ()
    """The first answer is from any of these."""
    aspects: tuple[str, ...] = ()
    """The first answer is about any of these."""
    text_has: tuple[str, ...] = ()
    text_has_not: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    """All of these guides stand among the options."""
    region: str = ""


@dataclass(frozen=True)
class ScriptedTurn:
    expect: Expectation
    user: str = ""
    choose: int = 0
    """Which option of the last choices is tapped, from 1; 0: `user` is written instead."""
    region: str | None = None

    @property
    def said(self) -> str:
        return self.user or f"[{self.choose}]"


@dataclass(frozen=True)
class Dialogue:
    id: str
    title: str
    turns: tuple[ScriptedTurn, ...]


def load_dialogues(path: Path = DIALOGUES) -> list[Dialogue]:
    return [read_dialogue(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line]


def read_dialogue(row: dict[str, Any]) -> Dialogue:
    """Raises TypeError for an expectation that nothing would check."""
    return Dialogue(
        row["id"],
        row["title"],
        tuple(
            ScriptedTurn(
                expect=_read_expectation(turn["expect"]),
                user=turn.get("user", ""),
                choose=turn.get("choose", 0),
                region=turn.get("region"),
            )
            for turn in row["turns"]
        ),
    )


def _read_expectation(row: dict[str, Any]) -> Expectation:
    known: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Expectation(**known)

"""The dialogues as written in `dialogues.jsonl` and `bookings*.jsonl`: what is said, and what must come back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILES = tuple(Path(__file__).parent / name for name in ("dialogues.jsonl", "bookings.jsonl", "bookings.unseen.jsonl"))
NOW = "2026-11-30T10:00:00+08:00"
"""A Monday. Every dialogue begins at this moment unless it names another: 明天 is the same day in every run."""


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
    types: tuple[str, ...] = ()
    """Replies of all these types are among them."""
    node: str = ""
    """The question that is open at the end."""
    starts_at: str = ""
    """What the appointment's time, or that of the first opening, begins with."""
    status: str = ""
    """Of the appointment."""


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
    now: str = NOW
    """ISO 8601."""


def load_dialogues(*paths: Path) -> list[Dialogue]:
    """Those of all files if none is named."""
    lines = [line for path in paths or FILES for line in path.read_text("utf-8").splitlines()]
    return [read_dialogue(json.loads(line)) for line in lines if line]


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
        row.get("now", NOW),
    )


def _read_expectation(row: dict[str, Any]) -> Expectation:
    known: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Expectation(**known)

"""Plays the short dialogues of `follow_ups` at the chat door, and says how often each kind of turn was met:
`python -m evaluation.dialogue.talks --address …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

from evaluation.dialogue.follow_ups import Kind, TalkedTurn, load_talks
from evaluation.questions import Split
from evaluation.results import RESULTS, read_lines, write_lines
from evaluation.retrieval.measures import Share
from evaluation.tables import Table
from evaluation.visitor import Visitor, open_door


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=["dev", "test"], default="test")
    options.add_argument("--address", required=True)
    chosen = options.parse_args()
    generate(chosen.split, chosen.address)
    print(talks_table(chosen.split))


def generate(split: Split, address: str) -> None:
    with open_door(address) as http:
        rows = [row for number, turns in enumerate(load_talks(split)) for row in _played(http, number, turns)]
    write_lines(_path(split), rows)


def _played(http: httpx.Client, number: int, turns: Sequence[TalkedTurn]) -> list[dict[str, Any]]:
    visitor, rows = Visitor(http), []
    for turn in turns:
        said = visitor.say(turn.text)
        told = str((said.answer or {}).get("guide_id", ""))
        row = {"talk": number, "text": turn.text, "kind": turn.kind.value, "items": turn.items}
        rows.append({**row, "outcome": said.outcome, "told": told, "offered": said.offered})
    return rows


def talks_table(split: Split) -> Table:
    """One line a kind of turn; empty where none were played."""
    rows = read_lines(_path(split)) if _path(split).is_file() else []
    lines = []
    for kind in Kind:
        of_kind = [row for row in rows if row["kind"] == kind.value]
        if of_kind:
            shares = (_share(of_kind, met) for met in (_is_right, _is_offered, _is_wrong))
            lines.append((kind.value, len(of_kind), *(share.percent for share in shares)))
    columns = ("turn", "turns", "answered right", "offered", "another answers")
    return Table("Talks: going on, changing the subject, coming back, %", columns, tuple(lines))


def talks_met(split: Split) -> Share:
    """Dialogues of which every turn was answered right or, asked back, offered what was meant."""
    rows = read_lines(_path(split)) if _path(split).is_file() else []
    talks: dict[int, bool] = {}
    for row in rows:
        talks[row["talk"]] = talks.get(row["talk"], True) and (_is_right(row) or _is_offered(row))
    return Share(len(talks), sum(talks.values()))


def _share(rows: Sequence[Mapping[str, Any]], met: Callable[[Mapping[str, Any]], bool]) -> Share:
    return Share(len(rows), sum(map(met, rows)))


def _is_right(row: Mapping[str, Any]) -> bool:
    """What is nothing of the hall's business is right where no guide answers it; the hall may."""
    if not row["items"]:
        return not row["told"] or row["told"].startswith("hall-")
    return row["told"] in row["items"]


def _is_offered(row: Mapping[str, Any]) -> bool:
    return not row["told"] and bool(set(row["offered"]) & set(row["items"]))


def _is_wrong(row: Mapping[str, Any]) -> bool:
    return bool(row["told"]) and not _is_right(row)


def _path(split: Split) -> Path:
    return RESULTS / f"talks.{split}.jsonl"


if __name__ == "__main__":
    main()

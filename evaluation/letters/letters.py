"""Real letters of citizens, labelled by two who did not confer. Their text stays where it was: research data, not to be
passed on. Here lie its digest and what each of the two found."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.questions import Split

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Label:
    """What one of the two found, the letter alone before him."""

    items: tuple[str, ...]
    """Service items that the letter asks for, the likeliest first; empty for none of ours."""
    kind: str
    """question, request, complaint, report or suggestion."""
    aspect: str
    """What it asks to know (time, fee, …); empty where it asks nothing."""
    sure: str
    """high, medium or low."""

    @property
    def first(self) -> str:
        return self.items[0] if self.items else ""


@dataclass(frozen=True)
class Letter:
    n: int
    """Its place in the sample."""
    sha256: str
    """Of the text, UTF-8."""
    a: Label
    b: Label

    @property
    def items(self) -> frozenset[str]:
        """Of either."""
        return frozenset((*self.a.items, *self.b.items))

    @property
    def may_be_none(self) -> bool:
        return not self.a.items or not self.b.items


def load_letters(split: Split) -> list[Letter]:
    lines = (FOLDER / f"labels.{split}.jsonl").read_text("utf-8").splitlines()
    return [read_letter(json.loads(line)) for line in lines]


def read_letter(row: Mapping[str, Any]) -> Letter:
    a, b = (Label(**{**row[who], "items": tuple(row[who]["items"])}) for who in "ab")
    return Letter(row["n"], row["sha256"], a, b)


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def texts_of(letters: Iterable[Letter], path: Path) -> list[str]:
    """In their order, out of the file that they were drawn from (JSON lines with `text`, gzipped). Raises
    LettersMissing."""
    wanted = [letter.sha256 for letter in letters]
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            there = {digest_of(text): text for line in file if (text := json.loads(line)["text"])}
    except (OSError, EOFError, ValueError, KeyError, TypeError) as fault:
        raise LettersMissing(f"no letters can be read from {path} ({type(fault).__name__})") from fault
    if lost := sum(digest not in there for digest in wanted):
        raise LettersMissing(f"{path} lacks {lost} of the {len(wanted)} letters")
    return [there[digest] for digest in wanted]


class LettersMissing(Exception):
    """The labels are here and the texts are not."""

"""Published knowledge as the database holds it, row by row: nothing of it is taken on trust."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge_base.yaml_lines import Place

MOST_PLACES = 5
_FIELD = re.compile(r"[a-z][a-z_]{0,40}")


class Kind(StrEnum):
    REGION = "region"
    ITEM = "catalogue item"
    OFFICE = "office"
    DOCUMENT = "document"
    SOURCE = "source"
    SCENARIO = "scenario"
    RATES = "rates"


@dataclass(frozen=True)
class KeptRow:
    key: tuple[str, ...]
    """As the columns say: an id or code alone; of a document (guide or topic, region, first day or '')."""
    body: Any
    """Whatever the JSON says; None if it is none."""


@dataclass(frozen=True)
class Kept:
    regions: Sequence[KeptRow]
    catalogue: Sequence[KeptRow]
    offices: Sequence[KeptRow]
    documents: Sequence[KeptRow]
    sources: Sequence[KeptRow] = ()
    scenarios: Sequence[KeptRow] = ()
    rates: Sequence[KeptRow] = ()


@dataclass(frozen=True)
class Changed:
    """What was published after some change. `ids`: of the things that changed, those that are gone among them."""

    number: int
    """Of the last change."""
    ids: Mapping[Kind, frozenset[str]]
    kept: Kept
    """Those rows alone as they lie there now; of an item or a topic, all its documents."""


@dataclass(frozen=True)
class FaultyRow:
    """What was left out, and where its fault stands. Tells no text: keys in ASCII, names of fields, positions."""

    kind: Kind
    key: tuple[str, ...]
    places: tuple[str, ...]
    """Dotted, the first `MOST_PLACES`; '' is the whole row."""
    replaced: bool = False
    """The version of the content files speaks in its place."""

    def __str__(self) -> str:
        key = " ".join(ascii(part)[1:-1][:64] for part in self.key if part)
        done = "the files' version speaks instead" if self.replaced else "left out"
        return f"{self.kind} {key}: {done}: {', '.join(place or '(the whole)' for place in self.places)}"


class FaultyEdit(ValueError):
    """Nothing was changed. `faults`: of the edit, and of what hangs on it."""

    def __init__(self, faults: tuple[FaultyRow, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def faulty_row(kind: Kind, row: KeptRow, places: Iterable[Place], replaced: bool = False) -> FaultyRow:
    shown = dict.fromkeys(".".join(map(_step, place)) for place in places)
    return FaultyRow(kind, row.key, tuple(shown)[:MOST_PLACES], replaced)


def _step(step: str | int) -> str:
    # A field that the model does not know may be called anything, a citizen's name too.
    return str(step) if isinstance(step, int) or _FIELD.fullmatch(step) else "?"

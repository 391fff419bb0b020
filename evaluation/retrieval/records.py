"""What was asked and what came back, as it lies in `var/evaluation/retrieval.<split>.jsonl`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.questions import Split
from evaluation.results import RESULTS, read_lines


@dataclass(frozen=True)
class FoundHit:
    guide_id: str
    score: float
    has_guide: bool


@dataclass(frozen=True)
class SearchResult:
    decision: str
    """answer, clarify or not_found."""
    aspect: str
    hits: tuple[FoundHit, ...]
    """Best first, at most ten."""
    took_ms: float

    @property
    def first(self) -> str:
        return self.hits[0].guide_id if self.hits else ""


@dataclass(frozen=True)
class ChatResult:
    outcome: str
    guide_id: str
    """Of the first answer; empty where no guide answered."""
    aspect: str
    offered: tuple[str, ...]
    """Guides among the options, in their order."""
    took_ms: float


@dataclass(frozen=True)
class Asked:
    id: str
    text: str
    guide_ids: tuple[str, ...]
    aspects: tuple[str, ...]
    kind: str
    style: str
    theme: str
    """Of the first acceptable guide; empty for what is out of scope."""
    search: SearchResult
    chat: ChatResult | None
    """None where no service was asked."""

    @property
    def is_in_scope(self) -> bool:
        return self.kind == "in"

    @property
    def as_row(self) -> dict[str, Any]:
        return asdict(self)


def read_asked(row: Mapping[str, Any]) -> Asked:
    search, chat = row["search"], row["chat"]
    return Asked(
        **{name: row[name] for name in ("id", "text", "kind", "style", "theme")},
        guide_ids=tuple(row["guide_ids"]),
        aspects=tuple(row["aspects"]),
        search=read_search(search),
        chat=ChatResult(**{**chat, "offered": tuple(chat["offered"])}) if chat else None,
    )


def read_search(row: Mapping[str, Any]) -> SearchResult:
    return SearchResult(**{**row, "hits": tuple(FoundHit(**hit) for hit in row["hits"])})


def results_path(split: Split) -> Path:
    return RESULTS / f"retrieval.{split}.jsonl"


def load_results(split: Split) -> list[Asked]:
    return [read_asked(row) for row in read_lines(results_path(split))]

"""Pure: evidence in, decision out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Evidence(NamedTuple):
    """How one question and one service item go together. Every figure lies in [0, 1] unless said otherwise."""

    guide_id: str
    nearest: float
    """Cosine to the nearest text of the item, in [-1, 1]."""
    nearby: float
    """Mean cosine to its eight nearest texts."""
    to_the_point: float
    """Cosine to its nearest text with the asking (多少钱, 去哪办) taken out of both."""
    lexical: float
    """BM25 of its best text, s / (s + 10)."""
    coverage: float
    """Share of the question's tokens, by rarity, that stand anywhere in the item's texts."""
    named: float
    """Share of the question taken up by the longest of the item's names that stands in it."""
    text: str
    """The item's text that is nearest."""
    has_guide: bool
    """False: the catalogue knows the item, but nobody has written its guide."""
    off_topic: float
    """How much the question sounds like none for a service hall, whatever item it names."""


@dataclass(frozen=True)
class Hit:
    guide_id: str
    score: float
    """How likely it is that this item is meant, in [0, 1], as calibrated on the development questions."""
    text: str
    has_guide: bool
    named: bool = False
    """One of its names stands in the question."""


@dataclass(frozen=True)
class Calibration:
    """Fitted by `python -m evaluation.retrieval.calibrate` on the development questions, never by taste."""

    weights: tuple[float, ...]
    """For the columns of `feature_rows`, in their order."""
    bias: float
    answer_floor: float
    margin: float
    choice_floor: float


@dataclass(frozen=True)
class Answered:
    hit: Hit
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Unsure:
    choices: tuple[Hit, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class NotFound:
    hits: tuple[Hit, ...]
    known: Hit | None = None
    """The item that is meant, when the catalogue knows it but has no guide for it."""


Decision = Answered | Unsure | NotFound
MOST_CHOICES = 4


COMPARED = ("nearest", "nearby", "to_the_point", "lexical", "coverage")
"""What is also compared with the best of the other items: likelihood is a matter of the lead."""


def rank(evidence: Sequence[Evidence], calibration: Calibration) -> tuple[Hit, ...]:
    """One hit an item, best first."""
    hits = [
        Hit(each.guide_id, _likelihood(row, calibration), each.text, each.has_guide, each.named > 0)
        for each, row in zip(evidence, feature_rows(evidence), strict=True)
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.guide_id)))


def feature_rows(evidence: Sequence[Evidence]) -> list[tuple[float, ...]]:
    """For each item: its figures, then its lead in each of COMPARED over the best other item."""
    top_two = {name: sorted((getattr(each, name) for each in evidence), reverse=True)[:2] for name in COMPARED}
    rows = []
    for each in evidence:
        leads = []
        for name in COMPARED:
            own, best = getattr(each, name), top_two[name]
            other = best[1] if len(best) > 1 and own == best[0] else best[0]
            leads.append(own - (other if len(evidence) > 1 else 0.0))
        rows.append(
            (
                each.nearest,
                each.nearby,
                each.to_the_point,
                each.lexical,
                each.coverage,
                each.named,
                float(each.has_guide),
                each.off_topic,
                *leads,
            )
        )
    return rows


def decide(hits: tuple[Hit, ...], calibration: Calibration) -> Decision:
    if not hits or hits[0].score < calibration.choice_floor:
        return NotFound(hits)
    best = hits[0]
    runner_up = hits[1].score if len(hits) > 1 else 0.0
    if best.score >= calibration.answer_floor and best.score - runner_up >= calibration.margin:
        return Answered(best, hits) if best.has_guide else NotFound(hits, known=best)
    choices = tuple(hit for hit in hits[:8] if hit.score >= calibration.choice_floor and hit.has_guide)[:MOST_CHOICES]
    if not choices or (not best.has_guide and best.score >= calibration.answer_floor):
        return NotFound(hits, known=None if best.has_guide else best)
    return Unsure(choices, hits)


def _likelihood(row: tuple[float, ...], calibration: Calibration) -> float:
    total = calibration.bias + sum(weight * value for weight, value in zip(calibration.weights, row, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

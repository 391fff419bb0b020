"""Pure: evidence in, decision out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Evidence(NamedTuple):
    """How one question and one service item go together. Every figure lies in [0, 1] unless said otherwise."""

    guide_id: str
    nearest: float
    """Cosine to the nearest text of the item, in [-1, 1]."""
    nearby: float
    """Mean cosine to its three nearest texts."""
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


@dataclass(frozen=True)
class Hit:
    guide_id: str
    score: float
    """How likely it is that this item is meant, in [0, 1], as calibrated on the development questions."""
    text: str
    has_guide: bool


@dataclass(frozen=True)
class Calibration:
    """Fitted by `python -m evaluation.retrieval.calibrate` on the development questions, never by taste."""

    weights: tuple[float, ...]
    """For nearest, nearby, lexical, coverage, named, has_guide, and the lead over the runner-up in nearest and lexical."""
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


def features(evidence: Evidence, best: Evidence, second: Evidence | None, rival: Evidence | None) -> tuple[float, ...]:
    """best, second: by `nearest` among all items; rival: the item that beats this one in `lexical`, if any."""
    ahead_of = second if evidence.guide_id == best.guide_id else best
    lead = evidence.nearest - (ahead_of.nearest if ahead_of else 0.0)
    lexical_lead = evidence.lexical - (rival.lexical if rival else 0.0)
    return (
        evidence.nearest,
        evidence.nearby,
        evidence.lexical,
        evidence.coverage,
        evidence.named,
        float(evidence.has_guide),
        lead,
        lexical_lead,
    )


def rank(evidence: Sequence[Evidence], calibration: Calibration) -> tuple[Hit, ...]:
    """One hit an item, best first."""
    hits = [
        Hit(each.guide_id, _likelihood(row, calibration), each.text, each.has_guide)
        for each, row in zip(evidence, feature_rows(evidence), strict=True)
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.guide_id)))


def feature_rows(evidence: Sequence[Evidence]) -> list[tuple[float, ...]]:
    near = sorted(evidence, key=lambda each: -each.nearest)
    worded = sorted(evidence, key=lambda each: -each.lexical)
    rows = []
    for each in evidence:
        rivals: Iterable[Evidence] = (other for other in worded[:2] if other.guide_id != each.guide_id)
        rows.append(features(each, near[0], near[1] if len(near) > 1 else None, next(iter(rivals), None)))
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

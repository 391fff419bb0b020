"""What a search is worth at every floor it might have, and whether it is right as often as it says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.retrieval.measures import Share
from evaluation.retrieval.records import Asked
from evaluation.tables import Table

FLOORS = tuple(np.arange(0.0, 1.0, 0.02).round(2).tolist())
BINS = 10
SHARES_OUT = (0.02, 0.04, 0.08, 0.16)
"""Of what is out of scope, answered: there systems are compared."""


@dataclass(frozen=True)
class Best:
    """The likeliest hit of one question."""

    score: float
    """How sure the system is of it, higher is surer; a likelihood where its reliability is asked."""
    is_right: bool
    in_scope: bool


@dataclass(frozen=True)
class CoveragePoint:
    """If all above the floor were answered."""

    floor: float
    answered: Share
    """Of the questions in scope; right or wrong."""
    wrong: Share
    """Of those that were answered."""
    right: Share
    """Of the questions in scope."""
    outside: Share
    """Of the questions out of scope: answered."""


@dataclass(frozen=True)
class Bin:
    """The hits that were given about the same likelihood."""

    said: float
    """Mean likelihood, in [0, 1]."""
    right: Share


def best_hits(results: Iterable[Asked]) -> list[Best]:
    return [
        Best(
            score=asked.search.hits[0].score if asked.search.hits else 0.0,
            is_right=asked.search.first in asked.guide_ids,
            in_scope=asked.is_in_scope,
        )
        for asked in results
    ]


def coverage(found: Sequence[Best], floors: Iterable[float] = FLOORS) -> list[CoveragePoint]:
    return [_point(found, floor) for floor in floors]


def at_share_out(found: Sequence[Best], share: float) -> CoveragePoint:
    """At the lowest floor at which no more than this share of what is out of scope is answered."""
    outside = sorted((each.score for each in found if not each.in_scope), reverse=True)
    allowed = int(share * len(outside) + 1e-9)
    floor = float(np.nextafter(outside[allowed], np.inf)) if allowed < len(outside) else -np.inf
    return _point(found, floor)


def reliability(found: Iterable[Best], bins: int = BINS) -> list[Bin]:
    """Of the bins that hold any; what is out of scope is never right."""
    held: dict[int, list[Best]] = {}
    for each in found:
        held.setdefault(min(bins - 1, int(each.score * bins)), []).append(each)
    return [_bin(held[at]) for at in sorted(held)]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance between what was said and what was right, over all hits, in [0, 1]."""
    hits = sum(each.right.of for each in bins)
    return sum(each.right.of * abs(each.said - each.right.count / each.right.of) for each in bins) / max(1, hits)


def reliability_table(bins: Sequence[Bin]) -> Table:
    rows = tuple(
        (f"{100 * each.said:.1f}", each.right.of, each.right.percent, str(each.right.interval)) for each in bins
    )
    title = f"Said and right, %; mean distance {100 * calibration_error(bins):.1f}"
    return Table(title, ("said", "hits", "right", "95 %"), rows)


def coverage_table(found: Sequence[Best], shares: Iterable[float] = SHARES_OUT) -> Table:
    rows = []
    for share in shares:
        point = at_share_out(found, share)
        rows.append((f"{100 * share:g}", *(f"{each.percent:.1f} ({each.interval})" for each in _figures(point))))
    columns = ("at most out of scope", "answered out of scope", "answered", "answered right", "wrong, of the answered")
    return Table("Coverage and false answers, % (95 %)", columns, tuple(rows))


def _figures(point: CoveragePoint) -> tuple[Share, ...]:
    return point.outside, point.answered, point.right, point.wrong


def _point(found: Sequence[Best], floor: float) -> CoveragePoint:
    within = [each for each in found if each.in_scope]
    outside = [each for each in found if not each.in_scope]
    answered = [each for each in within if each.score >= floor]
    right = sum(each.is_right for each in answered)
    return CoveragePoint(
        floor=floor,
        answered=Share(len(within), len(answered)),
        wrong=Share(len(answered), len(answered) - right),
        right=Share(len(within), right),
        outside=Share(len(outside), sum(each.score >= floor for each in outside)),
    )


def _bin(hits: Sequence[Best]) -> Bin:
    right = Share(len(hits), sum(each.is_right for each in hits))
    return Bin(sum(each.score for each in hits) / len(hits), right)

"""Several systems, or one in several makes, beside each other on the same questions. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.curves import Best, at_share_out
from evaluation.intervals import bootstrap
from evaluation.retrieval.measures import AMONG_FIRST, Mean, Share
from evaluation.tables import Table

SHARE_OUT = 0.08
"""Of what is out of scope, answered: the bar."""


@dataclass(frozen=True)
class Ranked:
    """What one system made of one question."""

    rank: int
    """Of the right item, from 1; 0: not among those found, or there is none."""
    score: float
    """How sure the system is of its first hit, on a scale of its own."""
    in_scope: bool


def ranking_table(title: str, what: str, found: Mapping[str, Sequence[Ranked]]) -> Table:
    """A line a system, the first one first: how much it does better than each of the others stands behind those."""
    ours = next(iter(found.values()))
    rows = tuple(
        (
            name,
            _percent(_first(ranked)),
            _percent(_among(ranked)),
            _reciprocal_rank(ranked),
            _percent(answered_right(ranked)),
            "" if ranked is ours else margin(ours, ranked),
        )
        for name, ranked in found.items()
    )
    at = f"answered right, {100 * SHARE_OUT:g} % out of scope answered"
    return Table(f"{title}: % (95 %)", (what, "first", "among three", "MRR", at, "first: margin in points"), rows)


def answered_right(ranked: Sequence[Ranked]) -> Share:
    """At the floor on its own score at which no more than SHARE_OUT of what is out of scope is answered."""
    return at_share_out([Best(each.score, each.rank == 1, each.in_scope) for each in ranked], SHARE_OUT).right


def margin(ours: Sequence[Ranked], other: Sequence[Ranked]) -> str:
    """In points of the share that is first, with its interval by drawing the same questions for both."""
    pairs = [(a.rank == 1) - (b.rank == 1) for a, b in zip(ours, other, strict=True) if a.in_scope]
    low, high = bootstrap(pairs).times(100)
    return f"{100 * sum(pairs) / len(pairs):+.1f} ({low:+.1f} to {high:+.1f})"


def _first(ranked: Sequence[Ranked]) -> Mean:
    return Mean(tuple(float(each.rank == 1) for each in ranked if each.in_scope))


def _among(ranked: Sequence[Ranked]) -> Mean:
    return Mean(tuple(float(0 < each.rank <= AMONG_FIRST) for each in ranked if each.in_scope))


def _reciprocal_rank(ranked: Sequence[Ranked]) -> str:
    found = Mean(tuple(1 / each.rank if each.rank else 0.0 for each in ranked if each.in_scope))
    return f"{found.mean:.3f} ({found.interval.spelled(3)})"


def _percent(found: Mean | Share) -> str:
    if isinstance(found, Share):
        return f"{found.percent:.1f} ({found.interval})"
    return f"{100 * found.mean:.1f} ({found.interval.times(100)})"

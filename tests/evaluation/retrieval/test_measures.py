"""What a list of hits is worth."""

from __future__ import annotations

import pytest

from evaluation.retrieval.measures import rank_of_right, score
from evaluation.retrieval.records import Asked, FoundHit, SearchResult


def asked(*found: str, kind: str = "in") -> Asked:
    hits = tuple(FoundHit(guide_id, 0.9, True) for guide_id in found)
    meant = ("a", "b") if kind == "in" else ()
    return Asked("q", "怎么办", meant, ("steps",), kind, "oral", "", SearchResult("answer", "steps", hits, 1.0), None)


def test_the_first_acceptable_guide_counts() -> None:
    assert (rank_of_right(("a", "b"), ["c", "b", "a"]), rank_of_right(("a",), ["c"])) == (2, 0)


def test_hits_count_by_their_place() -> None:
    scores = score([asked("a"), asked("c", "b"), asked("c", "d", "e", "a"), asked("c"), asked("a", kind="near")])
    assert (scores.search_first.count, scores.search_among_three.count, scores.search_first.of) == (1, 2, 4)
    assert scores.search_reciprocal_rank.mean == pytest.approx((1 + 1 / 2 + 1 / 4) / 4)
    assert str(scores.search_reciprocal_rank) == "0.438 (4)"

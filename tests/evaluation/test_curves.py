"""Coverage against false answers, and likelihoods against what is right."""

from __future__ import annotations

import pytest

from evaluation.curves import Best, at_share_out, calibration_error, coverage, coverage_table, reliability
from evaluation.retrieval.measures import Share

FOUND = [
    Best(0.9, is_right=True, in_scope=True),
    Best(0.8, is_right=False, in_scope=True),
    Best(0.4, is_right=True, in_scope=True),
    Best(0.1, is_right=False, in_scope=True),
    Best(0.6, is_right=False, in_scope=False),
    Best(0.2, is_right=False, in_scope=False),
]


def test_a_higher_floor_answers_less() -> None:
    low, high = coverage(FOUND, (0.3, 0.85))
    assert (low.answered, low.wrong, low.right, low.outside) == (Share(4, 3), Share(3, 1), Share(4, 2), Share(2, 1))
    assert (high.answered, high.wrong, high.outside) == (Share(4, 1), Share(1, 0), Share(2, 0))


@pytest.mark.parametrize(("share", "right", "outside"), [(0.0, 1, 0), (0.5, 2, 1), (1.0, 2, 2)])
def test_systems_are_compared_where_so_much_out_of_scope_is_answered(share: float, right: int, outside: int) -> None:
    point = at_share_out(FOUND, share)
    assert (point.right.count, point.outside.count) == (right, outside)


def test_what_scores_like_one_too_many_out_of_scope_is_not_answered() -> None:
    tied = [*FOUND, Best(0.6, is_right=True, in_scope=True)]
    assert at_share_out(tied, 0.0).right.count == 1


def test_a_hit_of_every_likelihood_lands_in_a_bin() -> None:
    bins = reliability([Best(1.0, True, True), Best(0.95, False, True), Best(0.0, False, False)])
    assert [(each.said, each.right) for each in bins] == [(0.0, Share(1, 0)), (0.975, Share(2, 1))]
    assert calibration_error(bins) == pytest.approx(2 / 3 * 0.475)


def test_the_table_has_a_line_for_each_share() -> None:
    assert len(coverage_table(FOUND).rows) == 4

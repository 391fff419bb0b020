"""Systems beside each other on the same questions."""

from __future__ import annotations

from evaluation.rankings import Ranked, answered_right, margin, ranking_table

OURS = [Ranked(1, 0.9, True), Ranked(1, 0.8, True), Ranked(2, 0.3, True), Ranked(0, 0.5, False)]
OTHER = [Ranked(1, 7.0, True), Ranked(0, 5.0, True), Ranked(3, 9.0, True), Ranked(0, 6.0, False)]


def test_each_system_has_a_floor_on_its_own_scale() -> None:
    assert (answered_right(OURS).count, answered_right(OTHER).count) == (2, 1)


def test_the_margin_is_of_the_same_questions() -> None:
    assert margin(OURS, OTHER).startswith("+33.3 (")
    assert margin(OURS, OURS) == "+0.0 (+0.0 to +0.0)"


def test_the_first_system_has_no_margin_over_itself() -> None:
    ours, other = ranking_table("Peers", "system", {"ours": OURS, "other": OTHER}).rows
    assert (ours[0], ours[-1], other[0]) == ("ours", "", "other")
    assert str(ours[1]).startswith("66.7 (") and str(other[3]).startswith("0.444 (")

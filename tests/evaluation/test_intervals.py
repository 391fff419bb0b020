"""How far a measured share may lie from what it stands for."""

from __future__ import annotations

import pytest

from evaluation.intervals import Interval, bootstrap, wilson


def test_few_questions_say_less_than_many() -> None:
    few, many = wilson(9, 10), wilson(900, 1000)
    assert few.low < many.low < 0.9 < many.high < few.high


def test_a_share_of_none_is_known_only_from_above() -> None:
    assert wilson(0, 150) == pytest.approx((0.0, 0.02497), abs=1e-4)


def test_where_nothing_was_counted_nothing_is_known() -> None:
    assert wilson(0, 0) == Interval(0.0, 1.0)


def test_what_is_always_the_same_is_certain() -> None:
    assert bootstrap([1.0] * 20) == Interval(1.0, 1.0)


def test_the_same_questions_give_the_same_interval_around_their_mean() -> None:
    values = [0.0] * 20 + [1.0] * 80
    assert bootstrap(values) == bootstrap(values)
    assert bootstrap(values).low < 0.8 < bootstrap(values).high

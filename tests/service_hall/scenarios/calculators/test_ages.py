"""Ages on the day: the birthday itself, the day before and after, and those born on 29 February."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.service_hall.scenarios.calculators.worked import compute, unknown, value_of


@pytest.mark.parametrize(
    ("name", "told", "on", "value"),
    [
        ("age", {"born": "2026-11-29"}, "2026-11-29", 0),
        ("age", {"born": "2000-11-30"}, "2026-11-29", 25),
        ("age", {"born": "2000-11-29"}, "2026-11-29", 26),
        ("age", {"born": "2004-02-29"}, "2026-02-27", 21),
        ("age", {"born": "2004-02-29"}, "2026-02-28", 22),
        ("age", {"born": "2004-02-29"}, "2028-02-28", 23),
        ("age", {"born": "2004-02-29"}, "2028-02-29", 24),
        ("marriage-from", {"party": "man", "born": "2004-02-29"}, "", "2026-02-28"),
        ("marriage-from", {"party": "woman", "born": "2004-02-29"}, "", "2024-02-29"),
        ("marriage-from", {"party": "man", "born": "2004-11-29"}, "", "2026-11-29"),
        ("marriage-age-reached", {"party": "man", "born": "2004-11-30"}, "2026-11-29", False),
        ("marriage-age-reached", {"party": "man", "born": "2004-11-29"}, "2026-11-29", True),
        ("marriage-age-reached", {"party": "woman", "born": "2006-11-30"}, "2026-11-29", False),
        ("marriage-age-reached", {"party": "女方", "born": "2006-11-29"}, "2026-11-29", True),
        ("capacity", {"born": "2018-11-30"}, "2026-11-29", "none"),
        ("capacity", {"born": "2018-11-29"}, "2026-11-29", "limited"),
        ("capacity", {"born": "2010-11-29"}, "2026-11-29", "limited"),
        ("capacity", {"born": "2010-11-29", "lives_by_own_work": True}, "2026-11-29", "full"),
        ("capacity", {"born": "2010-11-30", "lives_by_own_work": True}, "2026-11-29", "limited"),
        ("capacity", {"born": "2008-11-30"}, "2026-11-29", "limited"),
        ("capacity", {"born": "2008-11-29"}, "2026-11-29", "full"),
        ("ebike-from", {"born": "2008-02-29"}, "", "2024-02-29"),
        ("ebike-from", {"born": "2011-05-31"}, "", "2027-05-31"),
        ("id-card-years", {"born": "2010-11-30"}, "2026-11-29", 5),
        ("id-card-years", {"born": "2010-11-29"}, "2026-11-29", 10),
        ("id-card-years", {"born": "2000-11-30"}, "2026-11-29", 10),
        ("id-card-years", {"born": "2000-11-29"}, "2026-11-29", 20),
        ("id-card-years", {"born": "1980-11-30"}, "2026-11-29", 20),
        ("id-card-years", {"born": "1980-11-29"}, "2026-11-29", 0),
        ("id-card-apply-until", {"born": "2010-11-30"}, "", "2027-02-28"),
        ("id-card-apply-until", {"born": "2008-02-29"}, "", "2024-05-29"),
        ("passport-years", {"born": "2010-11-30"}, "2026-11-29", 5),
        ("passport-years", {"born": "2010-11-29"}, "2026-11-29", 10),
        ("driving-check-from", {"born": "1956-02-29"}, "", "2026-02-28"),
        ("driving-heavy-until", {"born": "1964-11-29"}, "2024-12-31", "2024-11-28"),
        ("driving-heavy-until", {"born": "1964-11-29"}, "2025-01-01", "2027-11-28"),
    ],
)
def test_a_birthday_makes_one_older(name: str, told: Mapping[str, object], on: str, value: Any) -> None:
    assert value_of(name, told, on) == value


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"adopter_born": "1996-11-29"}, True),
        ({"adopter_born": "1996-11-30"}, False),
        ({"child_born": "2008-11-29"}, False),
        ({"child_born": "2008-11-30"}, True),
        ({"is_single_of_other_sex": True, "adopter_born": "1980-06-01"}, True),
        ({"is_single_of_other_sex": True, "adopter_born": "1980-06-02"}, False),
    ],
)
def test_who_adopts_is_thirty_and_the_child_is_no_adult(change: Mapping[str, object], may: bool) -> None:
    told = {"adopter_born": "1990-01-01", "child_born": "2020-06-01", **change}
    assert value_of("adoption-age-reached", told) is may


def test_the_yearly_check_is_told_differently_before_and_after_seventy() -> None:
    told = {"born": "1956-11-29"}
    assert "从那时起" in compute("driving-check-from", told, "2026-11-28").says
    assert "已经满70周岁" in compute("driving-check-from", told, "2026-11-29").says


def test_a_card_of_a_day_before_the_law_is_unknown() -> None:
    assert "2011年12月31日" in unknown("id-card-years", {"born": "1980-01-01"}, "2011-12-31")

"""Taxes, benefits and deductions; 21年3个月 with 2818.5元 is the example of the notice (survivors#零头月份)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.service_hall.scenarios.calculators.worked import compute, unknown, value_of

SALE = {"price": 3_000_000, "bought": "2021-11-29", "is_only_home": True}
WORKING: dict[str, object] = {"state": "working"}
RETIRED: dict[str, object] = {"state": "retired"}


@pytest.mark.parametrize(
    ("home", "area", "rate", "tax"),
    [
        ("first", "139.99", 1, 20_000),
        ("first", 140, 1, 20_000),
        ("first", "140.01", 1.5, 30_000),
        ("second", 140, 1, 20_000),
        ("second", "140.01", 2, 40_000),
    ],
)
def test_the_deed_tax_steps_at_140_square_metres(home: str, area: object, rate: float, tax: int) -> None:
    told = {"home": home, "area": area, "price": 2_000_000}
    assert value_of("deed-tax-rate", told) == rate
    assert value_of("deed-tax", told) == tax


def test_a_third_home_is_left_to_the_province() -> None:
    assert "3%至5%" in unknown("deed-tax", {"home": "further", "area": 90, "price": 1_000_000})


def test_the_deed_tax_of_a_day_before_the_steps_is_unknown() -> None:
    told = {"home": "first", "area": 90, "price": 1_000_000}
    assert "2024年11月30日" in unknown("deed-tax", told, "2024-11-30")
    assert value_of("deed-tax", told, "2024-12-01") == 10_000


def test_a_tax_is_rounded_to_the_cent_and_half_a_cent_is_one() -> None:
    assert value_of("deed-tax", {"home": "first", "area": 90, "price": "100000.50"}) == 1000.01


@pytest.mark.parametrize(
    ("change", "on", "tax"),
    [
        ({}, "2026-11-29", 0),
        ({"bought": "2021-11-30"}, "2026-11-30", 0),
        ({"bought": "2020-02-29"}, "2025-02-28", 0),
        ({"original_price": 2_000_000}, "2026-11-28", 200_000),
        ({"is_only_home": False, "original_price": 2_000_000}, "", 200_000),
        ({"is_only_home": False, "original_price": 2_000_000, "costs": 100_000}, "", 180_000),
        ({"is_only_home": False, "original_price": 4_000_000}, "", 0),
    ],
)
def test_the_only_home_of_five_years_is_free_and_else_a_fifth_of_the_gain_is_due(
    change: Mapping[str, object], on: str, tax: int
) -> None:
    assert value_of("home-sale-income-tax", {**SALE, **change}, on) == tax


def test_a_sale_without_the_old_price_is_for_the_tax_office() -> None:
    assert "请问当地税务窗口" in unknown("home-sale-income-tax", SALE, "2026-11-28")


@pytest.mark.parametrize(
    ("told", "months"),
    [
        ({"paid_years": 0, "paid_months": 11}, 0),
        ({"paid_years": 1}, 12),
        ({"paid_years": 4, "paid_months": 11}, 12),
        ({"paid_years": 5}, 18),
        ({"paid_years": 9, "paid_months": 11}, 18),
        ({"paid_years": 10}, 24),
        ({"paid_years": 40}, 24),
        ({"paid_years": 1, "left_months": 11}, 23),
        ({"paid_years": 1, "left_months": 12}, 24),
        ({"paid_years": 1, "left_months": 13}, 24),
    ],
)
def test_unemployment_benefit_steps_at_one_five_and_ten_years(told: Mapping[str, object], months: int) -> None:
    assert value_of("unemployment-benefit-months", told) == months


def test_the_law_of_the_day_is_cited() -> None:
    told = {"paid_years": 5}
    assert compute("unemployment-benefit-months", told, "2018-12-28").source == ("ui-reg#17",)
    assert compute("unemployment-benefit-months", told, "2018-12-29").source == ("si-law#46",)
    assert "1999年1月21日" in unknown("unemployment-benefit-months", told, "1999-01-21")


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ({"babies": 1}, 98),
        ({"babies": 1, "is_difficult": True}, 113),
        ({"babies": 2}, 113),
        ({"babies": 3}, 128),
        ({"babies": 2, "is_difficult": "是"}, 128),
    ],
)
def test_maternity_leave_grows_with_each_further_child_and_a_hard_birth(told: Mapping[str, object], days: int) -> None:
    assert value_of("maternity-leave-days", told) == days


@pytest.mark.parametrize(("months", "days"), [("3.9", 15), (4, 42), ("4.1", 42), (0, 15)])
def test_miscarriage_leave_steps_at_four_months(months: object, days: int) -> None:
    assert value_of("miscarriage-leave-days", {"pregnant_months": months}) == days


def test_the_allowance_is_a_thirtieth_of_the_average_wage_a_day() -> None:
    assert value_of("maternity-allowance", {"average_wage": 9000, "leave_days": 98}) == 29_400
    assert value_of("maternity-allowance", {"average_wage": 10_000, "leave_days": 98}) == 32_666.67


@pytest.mark.parametrize(
    ("born", "months", "total"),
    [
        ("2021-12-31", 0, 0),
        ("2022-01-01", 1, 300),
        ("2022-01-31", 1, 300),
        ("2022-02-01", 2, 600),
        ("2022-12-31", 12, 3600),
        ("2024-02-29", 26, 7800),
        ("2024-12-31", 36, 10_800),
        ("2025-01-01", 36, 10_800),
        ("2026-11-29", 36, 10_800),
    ],
)
def test_the_childcare_subsidy_runs_from_2025_to_the_third_birthday(born: str, months: int, total: int) -> None:
    assert value_of("childcare-subsidy-months", {"born": born}) == months
    assert value_of("childcare-subsidy-total", {"born": born}) == total


@pytest.mark.parametrize(
    ("born", "last"),
    [
        ("2024-12-31", "2025-12-31"),
        ("2025-01-01", "2026-12-31"),
        ("2025-12-31", "2026-12-31"),
        ("2026-01-01", "2027-12-31"),
    ],
)
def test_the_subsidy_is_asked_for_by_the_end_of_the_next_year(born: str, last: str) -> None:
    assert value_of("childcare-subsidy-apply-until", {"born": born}) == last


def test_nobody_applies_for_a_child_that_was_too_old() -> None:
    assert "已经满3周岁" in unknown("childcare-subsidy-apply-until", {"born": "2021-12-31"})


@pytest.mark.parametrize(
    ("told", "months"),
    [
        ({**WORKING, "paid_years": 0}, 3),
        ({**WORKING, "paid_years": 4, "paid_months": 11}, 3),
        ({**WORKING, "paid_years": 5}, 6),
        ({**WORKING, "paid_years": 9, "paid_months": 11}, 6),
        ({**WORKING, "paid_years": 10}, 9),
        ({**WORKING, "paid_years": 15}, 9),
        ({**WORKING, "paid_years": 16}, 10),
        ({**WORKING, "paid_years": 21, "paid_months": 3}, 15.25),
        ({**WORKING, "paid_years": 29}, 23),
        ({**WORKING, "paid_years": 30}, 24),
        ({**WORKING, "paid_years": 31}, 24),
        ({**RETIRED, "paid_years": 30, "pension_years": 0}, 24),
        ({**RETIRED, "paid_years": 30, "pension_years": 14}, 10),
        ({**RETIRED, "paid_years": 30, "pension_years": 15}, 9),
        ({**RETIRED, "paid_years": 30, "pension_years": 16}, 9),
        ({**RETIRED, "paid_years": 15}, 9),
    ],
)
def test_the_grant_to_survivors_follows_the_years_paid(told: Mapping[str, object], months: float) -> None:
    assert value_of("survivor-grant-months", told) == months


def test_less_than_five_years_are_capped_and_the_cap_is_told() -> None:
    known = compute("survivor-grant-months", {**WORKING, "paid_years": 4, "paid_months": 11})
    assert "不超过个人缴费的总和" in known.says and "survivors#不足五年封顶" in known.source
    whole = compute("survivor-grant-months", {**WORKING, "paid_years": 5})
    assert "个人缴费" not in whole.says


@pytest.mark.parametrize(
    ("level", "months"), [(1, 27), (2, 25), (3, 23), (4, 21), (5, 18), (6, 16), (7, 13), (8, 11), (9, 9), (10, 7)]
)
def test_the_grant_for_an_injury_falls_with_the_level(level: int, months: int) -> None:
    assert value_of("injury-grant-months", {"level": level}) == months
    assert value_of("injury-grant", {"level": level, "monthly_wage": 6000}) == months * 6000


@pytest.mark.parametrize(("hurt", "amount"), [("2025-12-31", 1_083_760), ("2026-01-01", 1_130_040)])
def test_the_grant_for_a_death_at_work_goes_by_the_year_of_the_accident(hurt: str, amount: int) -> None:
    assert value_of("work-death-grant", {"hurt": hurt}) == amount


def test_the_income_of_a_year_that_is_not_published_is_unknown() -> None:
    assert "2027年1月1日" in unknown("work-death-grant", {"hurt": "2027-01-01"}, "2027-01-02")


@pytest.mark.parametrize(
    ("name", "told", "on", "monthly"),
    [
        ("deduction-children", {"children": 1}, "2022-12-31", 1000),
        ("deduction-children", {"children": 1}, "2023-01-01", 2000),
        ("deduction-children", {"children": 2, "infants": 1}, "", 6000),
        ("deduction-children", {"children": 1, "is_shared": True}, "", 1000),
        ("deduction-children", {"children": 0}, "", 0),
        ("deduction-elderly", {"elder_born": "1966-11-29", "is_only_child": True}, "2026-11-28", 0),
        ("deduction-elderly", {"elder_born": "1966-11-29", "is_only_child": True}, "2026-11-29", 3000),
        ("deduction-elderly", {"elder_born": "1950-01-01", "is_only_child": True}, "2022-12-31", 2000),
        ("deduction-elderly", {"elder_born": "1950-01-01", "is_only_child": False}, "2022-12-31", 1000),
        ("deduction-home", {"home": "rent-large"}, "", 1500),
        ("deduction-home", {"home": "rent-middle"}, "", 1100),
        ("deduction-home", {"home": "rent-small"}, "", 800),
        ("deduction-home", {"home": "mortgage"}, "", 1000),
        ("private-pension-deduction", {"paid": 11_999}, "", 11_999),
        ("private-pension-deduction", {"paid": 12_000}, "", 12_000),
        ("private-pension-deduction", {"paid": 12_001}, "", 12_000),
    ],
)
def test_deductions_are_those_of_the_day(name: str, told: Mapping[str, object], on: str, monthly: Any) -> None:
    assert value_of(name, told, on) == monthly


def test_brothers_and_sisters_share_and_nobody_guesses_their_parts() -> None:
    assert "每月3000元" in unknown("deduction-elderly", {"elder_born": "1950-01-01", "is_only_child": False})


@pytest.mark.parametrize(("worked", "days"), [(0, 0), (1, 5), (9, 5), (10, 10), (19, 10), (20, 15), (40, 15)])
def test_annual_leave_steps_at_one_ten_and_twenty_years(worked: int, days: int) -> None:
    assert value_of("annual-leave-days", {"worked_years": worked}) == days

"""The gradual schedule, worked by hand from 每四个月延迟一个月 and 每二个月延迟一个月 (delay#1); the man of September 1972 and
the years of 2029 and 2031 are the examples of the rules on flexible retirement (flex#举例, flex#最低缴费年限)."""

from __future__ import annotations

import pytest

from tests.service_hall.scenarios.calculators.worked import compute, unknown, value_of


@pytest.mark.parametrize(
    ("worker", "born", "years", "months"),
    [
        ("man", "1964-12-31", 60, 0),  # 60 in December 2024, before the schedule
        ("man", "1965-01-01", 60, 1),
        ("man", "1965-04-30", 60, 1),
        ("man", "1965-05-01", 60, 2),
        ("man", "1972-09-15", 62, 0),
        ("man", "1976-08-31", 62, 11),
        ("man", "1976-09-01", 63, 0),
        ("man", "1990-06-01", 63, 0),
        ("woman-55", "1969-12-31", 55, 0),
        ("woman-55", "1970-01-01", 55, 1),
        ("woman-55", "1970-05-01", 55, 2),
        ("woman-55", "1981-08-31", 57, 11),
        ("woman-55", "1981-09-01", 58, 0),
        ("woman-50", "1974-12-31", 50, 0),
        ("woman-50", "1975-01-01", 50, 1),
        ("woman-50", "1975-02-28", 50, 1),
        ("woman-50", "1975-03-01", 50, 2),
        ("woman-50", "1984-10-31", 54, 11),
        ("woman-50", "1984-11-01", 55, 0),
        ("woman-50", "2000-02-29", 55, 0),
    ],
)
def test_the_age_rises_by_a_month_for_every_few_months_of_birth(
    worker: str, born: str, years: int, months: int
) -> None:
    assert value_of("retirement-age", {"worker": worker, "born": born}) == years * 12 + months


@pytest.mark.parametrize(
    ("name", "worker", "born", "day"),
    [
        ("retirement-date", "man", "1964-12-31", "2024-12-31"),
        ("retirement-date", "man", "1965-01-01", "2025-02-01"),
        ("retirement-date", "man", "1965-01-31", "2025-02-28"),
        ("retirement-date", "woman-50", "1976-02-29", "2026-09-29"),
        ("retirement-earliest", "man", "1972-09-15", "2032-09-15"),
        ("retirement-latest", "man", "1972-09-15", "2037-09-15"),
        ("retirement-earliest", "man", "1990-06-01", "2050-06-01"),
        ("retirement-earliest", "woman-50", "1984-11-01", "2036-11-01"),
        ("retirement-earliest", "woman-50", "1975-03-01", "2025-03-01"),
        ("retirement-latest", "woman-55", "1970-01-01", "2028-02-01"),
    ],
)
def test_the_day_falls_on_the_same_day_of_a_later_month(name: str, worker: str, born: str, day: str) -> None:
    assert value_of(name, {"worker": worker, "born": born}) == day


@pytest.mark.parametrize(
    ("retires", "years"),
    [
        ("2025-01-01", 15),
        ("2029-12-31", 15),
        ("2030-01-01", 15.5),
        ("2031-06-30", 16),
        ("2038-12-31", 19.5),
        ("2039-01-01", 20),
        ("2055-01-01", 20),
    ],
)
def test_the_fewest_years_rise_by_half_a_year_from_2030(retires: str, years: float) -> None:
    assert value_of("minimum-contribution-years", {"retires": retires}) == years


def test_retiring_early_names_the_years_of_the_day_that_is_chosen() -> None:
    says = compute("retirement-earliest", {"worker": "man", "born": "1972-09-15"}).says
    assert "2032年9月" in says and "16年6个月" in says


def test_who_is_old_enough_today_is_told_so() -> None:
    told = {"worker": "woman-50", "born": "1976-02-29"}
    assert "已经到龄" in compute("retirement-date", told, "2026-09-29").says
    assert "已经到龄" not in compute("retirement-date", told, "2026-09-28").says


def test_before_the_schedule_was_in_force_nothing_is_known() -> None:
    told = {"worker": "man", "born": "1965-01-01"}
    assert "2024年12月31日" in unknown("retirement-age", told, "2024-12-31")
    assert compute("retirement-age", told, "2025-01-01").source == ("delay#1", "delay#3")

"""Until when, and from when: ends of months, 29 February, days off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.service_hall.scenarios.calculators.worked import compute, unknown, value_of


@pytest.mark.parametrize(
    ("applied", "withdraw_until", "certificate_from", "certificate_until"),
    [
        # 30 days on working days
        ("2026-03-04", "2026-04-03", "2026-04-04", "2026-05-06"),  # ends in the days off of May Day
        ("2026-11-02", "2026-12-02", "2026-12-03", "2027-01-04"),  # 1 January is a day off, a weekend follows
        # the 30th day is a Saturday: Monday
        ("2026-10-29", "2026-11-30", "2026-12-01", "2026-12-30"),
        # the 30th day is in the days off of National Day
        ("2026-09-02", "2026-10-08", "2026-10-09", "2026-11-09"),
    ],
)
def test_a_divorce_has_thirty_days_and_thirty_more_and_days_off_move_their_end(
    applied: str, withdraw_until: str, certificate_from: str, certificate_until: str
) -> None:
    told = {"applied": applied}
    assert value_of("divorce-withdraw-until", told) == withdraw_until
    assert value_of("divorce-certificate-from", told) == certificate_from
    assert value_of("divorce-certificate-until", told) == certificate_until


@pytest.mark.parametrize(
    ("name", "told", "last"),
    [
        ("birth-register-until", {"born": "2026-01-30"}, "2026-02-28"),
        ("birth-register-until", {"born": "2026-01-31"}, "2026-02-28"),
        ("birth-register-until", {"born": "2024-01-31"}, "2024-02-29"),
        ("birth-register-until", {"born": "2024-02-29"}, "2024-03-29"),
        ("birth-register-until", {"born": "2027-01-31"}, "2027-02-28"),  # expected
        ("birth-register-until", {"born": "2027-09-25"}, "2027-10-25"),
        ("newborn-insurance-until", {"born": "2026-11-29"}, "2027-02-27"),
        ("death-register-until", {"place": "village", "died": "2026-08-31"}, "2026-09-30"),
        ("injury-employer-until", {"hurt": "2026-01-30"}, "2026-03-01"),
        ("injury-worker-until", {"hurt": "2024-02-29"}, "2025-02-28"),
        ("injury-worker-until", {"hurt": "2025-11-29"}, "2026-11-29"),
        ("arbitration-until", {"knew": "2024-02-29"}, "2025-02-28"),
        ("arbitration-until", {"knew": "2026-01-15"}, "2027-01-15"),
        ("arbitration-until", {"knew": "2020-01-15", "is_unpaid_wage": True, "ended": "2026-06-30"}, "2027-06-30"),
        ("capital-due", {"founded": "2024-06-30"}, "2032-06-30"),
        ("capital-due", {"founded": "2024-07-01"}, "2029-07-01"),
        ("capital-due", {"founded": "2010-01-01"}, "2032-06-30"),
        ("capital-due", {"founded": "2024-07-31"}, "2029-07-31"),
        ("driving-licence-renew-from", {"expires": "2027-02-27"}, "2026-11-29"),
        ("driving-licence-renew-from", {"expires": "2024-05-29"}, "2024-02-29"),
    ],
)
def test_a_period_ends_on_the_same_day_or_at_the_end_of_the_month(
    name: str, told: Mapping[str, object], last: str
) -> None:
    assert value_of(name, told) == last


@pytest.mark.parametrize(
    ("name", "told", "in_time", "too_late", "words"),
    [
        ("injury-worker-until", {"hurt": "2025-11-29"}, "2026-11-29", "2026-11-30", "已经过了"),
        ("arbitration-until", {"knew": "2025-11-29"}, "2026-11-29", "2026-11-30", "已经过了"),
        ("injury-employer-until", {"hurt": "2026-10-30"}, "2026-11-29", "2026-11-30", "自己或者家属可以直接申请"),
        ("birth-register-until", {"born": "2026-10-29"}, "2026-11-29", "2026-11-30", "已经过了"),
        ("newborn-insurance-until", {"born": "2026-08-31"}, "2026-11-29", "2026-11-30", "已经过了"),
        ("death-register-until", {"place": "village", "died": "2026-10-29"}, "2026-11-29", "2026-11-30", "已经过了"),
        ("id-card-apply-until", {"born": "2010-08-29"}, "2026-11-29", "2026-11-30", "请尽快去申领"),
        ("capital-due", {"founded": "2024-07-01"}, "2029-07-01", "2029-07-02", "请尽快缴足"),
        ("childcare-subsidy-apply-until", {"born": "2024-02-29"}, "2025-12-31", "2026-01-01", "还能不能补"),
        ("divorce-withdraw-until", {"applied": "2026-03-04"}, "2026-04-03", "2026-04-04", "已经过了"),
        ("divorce-certificate-until", {"applied": "2026-03-04"}, "2026-05-06", "2026-05-07", "重新申请"),
        ("driving-heavy-until", {"born": "1963-11-30"}, "2026-11-29", "2026-11-30", "不能再开"),
        ("driving-licence-renew-from", {"expires": "2026-11-29"}, "2026-11-29", "2026-11-30", "已经过期"),
        ("driving-licence-renew-from", {"expires": "2025-11-29"}, "2026-11-29", "2026-11-30", "超过1年没换"),
    ],
)
def test_the_last_day_is_in_time_and_the_next_is_not(
    name: str, told: Mapping[str, object], in_time: str, too_late: str, words: str
) -> None:
    assert words not in compute(name, told, in_time).says
    assert words in compute(name, told, too_late).says


def test_a_death_in_a_city_is_registered_before_the_funeral() -> None:
    assert "下葬前" in unknown("death-register-until", {"place": "city", "died": "2026-11-28"})


def test_a_wage_that_is_owed_can_be_claimed_as_long_as_one_works_there() -> None:
    assert "不受1年限制" in unknown("arbitration-until", {"knew": "2020-01-15", "is_unpaid_wage": "是"})


def test_what_is_older_than_the_civil_code_is_not_judged_by_it() -> None:
    assert "2020年12月31日" in unknown("divorce-withdraw-until", {"applied": "2020-12-31"}, "2020-12-31")


def test_a_moment_counts_as_its_day() -> None:
    late = datetime(2026, 1, 30, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
    early = datetime(2026, 1, 31, 0, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert value_of("injury-employer-until", {"hurt": late}) == "2026-03-01"
    assert value_of("injury-employer-until", {"hurt": early}) == "2026-03-02"


@pytest.mark.parametrize(
    ("term", "had_12_points", "years"), [("six", False, 10), ("ten", False, 0), ("six", True, 6), ("ten", True, 6)]
)
def test_a_licence_without_twelve_points_is_renewed_for_longer(term: str, had_12_points: bool, years: int) -> None:
    assert value_of("driving-licence-next-years", {"term": term, "had_12_points": had_12_points}) == years

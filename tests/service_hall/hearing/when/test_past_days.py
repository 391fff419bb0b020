"""A day of somebody's life, as it is told."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from service_hall.hearing.heard import Sentence
from service_hall.hearing.when.past_days import day_of_month, days_told, month_alone
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.working_calendar import WorkingCalendar
from tests.scenario_town import scenario_library

TODAY = date(2026, 11, 29)


def days(text: str) -> list[date]:
    now = datetime(2026, 11, 29, 10, tzinfo=SHANGHAI)
    return list(days_told(Sentence(text, now, scenario_library(), WorkingCalendar()), TODAY))


@pytest.mark.parametrize(
    ("said", "nearest"),
    [
        ("15号", date(2026, 11, 15)),
        ("二号", date(2026, 12, 2)),
        ("30号", date(2026, 11, 30)),
        ("28号生的", date(2026, 11, 28)),
    ],
)
def test_a_day_without_a_month_is_the_nearest_on_either_side(said: str, nearest: date) -> None:
    assert days(said)[0] == nearest and len(days(said)) >= 2


def test_one_that_a_month_has_not_is_left_out_there() -> None:
    assert [each.month for each in days("31号")] == [10, 12]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("农历八月十五", date(2026, 9, 25)),
        ("去年腊月初八", date(2026, 1, 26)),
        ("2024年农历五月初五", date(2024, 6, 10)),
        ("冬月初三", date(2026, 12, 11)),
    ],
)
def test_a_lunar_day_is_none_of_our_months(said: str, day: date) -> None:
    assert days(said)[0] == day


def test_the_same_day_of_another_year_is_not_today() -> None:
    assert days("去年今天") == [date(2025, 11, 29)] and days("前年的今天") == [date(2024, 11, 29)]


@pytest.mark.parametrize("said", ["11月", "去年11月份", "十一月吧", "今年3月的时候", "11月生的", "下个月", "上个月吧"])
def test_a_month_alone_names_no_day(said: str) -> None:
    assert days(said) == []


@pytest.mark.parametrize("said", ["三个月前", "11月5号", "上个月3号"])
def test_what_tells_more_than_a_month_does(said: str) -> None:
    assert days(said)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("今年春节", date(2026, 2, 17)),
        ("去年中秋节那天", date(2025, 10, 6)),
        ("今年除夕走的", date(2026, 2, 16)),
        ("2024年大年初二", date(2024, 2, 11)),
        ("去年清明", date(2025, 4, 4)),
        ("今年国庆", date(2026, 10, 1)),
    ],
)
def test_a_festival_of_a_year_is_its_day(said: str, day: date) -> None:
    assert days(said) == [day]


def test_a_festival_without_a_year_may_be_over_or_still_to_come() -> None:
    assert set(days("端午")[:2]) == {date(2026, 6, 19), date(2027, 6, 9)}


@pytest.mark.parametrize(
    "said", ["春节期间", "春节前", "国庆节后", "中秋前后", "2026年11月1日和11月3日", "11月1号还是2号"]
)
def test_what_is_around_a_day_or_two_days_names_none(said: str) -> None:
    assert days(said) == []


@pytest.mark.parametrize(
    "said", ["不是11月1日是11月2日", "不是11月1日，是11月2日", "是3号，不对，是2号", "11月2日，不是11月1日"]
)
def test_of_a_day_put_right_the_right_one_is_taken(said: str) -> None:
    assert date(2026, 11, 2) in days(said)[:2] and date(2026, 11, 1) not in days(said)


@pytest.mark.parametrize(
    ("said", "month"),
    [
        ("1976年3月", "1976年3月"),
        ("我是76年3月份出生的", "76年3月"),
        ("上个月", "上个月"),
        ("三月份", "三月"),
        ("13月", ""),
        ("3月5号", ""),
        ("交了3个月", ""),
        ("1976年", ""),
    ],
)
def test_a_month_that_is_all_that_is_said_is_told_as_it_was_said(said: str, month: str) -> None:
    assert month_alone(said) == month


@pytest.mark.parametrize(("said", "day"), [("5号", 5), ("5", 5), ("二十日", 20), ("32号", None), ("4月5号", None)])
def test_its_day_is_told_alone(said: str, day: int | None) -> None:
    assert day_of_month(said) == day

"""Lunar days, solar terms, the last working day of a month, and what is told to come again."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from service_hall.hearing.when.spoken_time import NotADay, When, read_when
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.working_calendar import WorkingCalendar

MONDAY = datetime(2026, 11, 30, 10, tzinfo=SHANGHAI)


def read(text: str, now: datetime = MONDAY) -> When | NotADay | None:
    return read_when(text, now, WorkingCalendar())


def days(text: str, now: datetime = MONDAY) -> list[str]:
    found = read(text, now)
    assert isinstance(found, When), found
    return [f"{day:%Y-%m-%d}" if day.year != now.year else f"{day:%m-%d}" for day in found.days]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("农历十月廿三", "12-01"),
        ("农历十月初一上午", "2027-10-29"),  # this year's is over
        ("阴历十一月初一", "12-09"),
        ("農曆十一月初一", "12-09"),
        ("农历11月15", "12-23"),
        ("冬月初八", "12-16"),
        ("腊月二十三", "2027-01-30"),
        ("臘月廿三", "2027-01-30"),
        ("腊月二十三号上午", "2027-01-30"),
        ("腊八", "2027-01-15"),
        ("正月初八", "2027-02-13"),
        ("明年正月十六", "2027-02-21"),
        ("大年初七", "2027-02-12"),
        ("年初八", "2027-02-13"),
        ("大年三十", "2027-02-05"),
        ("十二月初三", "2027-01-10"),
        ("元宵节", "2027-02-20"),
        ("重阳节那天", "2027-10-08"),
    ],
)
def test_a_day_of_the_lunar_calendar_is_the_next_one(said: str, day: str) -> None:
    assert days(said) == [day]


def test_a_leap_month_is_told_from_the_month_before_it() -> None:
    spring = datetime(2028, 3, 1, 10, tzinfo=SHANGHAI)
    assert days("农历闰五月初一", spring) == ["06-23"] and days("农历五月初一", spring) == ["05-24"]


@pytest.mark.parametrize("said", ["农历腊月三十一", "农历闰十月初一", "农历十三月初一"])
def test_a_day_that_the_lunar_calendar_does_not_have_is_none(said: str) -> None:
    found = read(said)
    assert not isinstance(found, When) or not found.days


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("冬至那天上午", "12-22"),
        ("冬至", "12-22"),
        ("冬至节", "12-22"),
        ("春分", "2027-03-21"),
        ("大雪那天", "12-07"),
        ("小寒当天下午", "2027-01-05"),
        ("立春", "2027-02-04"),
        ("冬至后第一个工作日", "12-23"),
        ("约在霜降", "2027-10-23"),
        ("约大雪", "12-07"),
        ("约大雪下午", "12-07"),
        ("改到大雪", "12-07"),
        ("帮我约在小寒上午", "2027-01-05"),
        ("约大寒那天", "2027-01-20"),
        ("约大雪去补办身份证", "12-07"),
        ("冬至前一天", "12-21"),
        ("大雪前一天下午", "12-06"),
        ("冬至的头一天", "12-21"),
        ("元旦前一天", "12-31"),
        ("放假前一天", "12-31"),
        ("冬至后一天", "12-23"),
    ],
)
def test_a_solar_term_is_its_day(said: str, day: str) -> None:
    assert days(said) == [day]


@pytest.mark.parametrize(
    "said",
    [
        "明天大雪",
        "下大雪能去吗",
        "大雪天开门吗",
        "今天大雪还办吗",
        "路上大雪堵车",
        "约谷雨小姐",
        "大暑天排队",
        "王立春",
        "叫张冬至",
        "谷雨",
        "夏至",
        "小满",
        "雨水管道",
        "白露路",
        "小年轻",
        "初一学生",
        "十月初",
        "年初",
        "三十岁",
        "移动4/5g",
        "我用的是移动4/5G",
        "4/5号线",
        "3-5K",
    ],
)
def test_what_only_looks_like_such_a_day_is_none(said: str) -> None:
    found = read(said)
    told = [] if found is None or isinstance(found, NotADay) else [day.isoformat() for day in found.days]
    assert not {"2026-12-07", "2027-04-20", "2027-09-08", "2027-05-21", "2027-02-19", "2027-04-05"} & set(told)
    assert not told or said in ("明天大雪", "今天大雪还办吗", "十月初", "年初")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("月底最后一个工作日", "11-30"),
        ("本月最后一个工作日", "11-30"),
        ("下个月最后一个工作日", "12-31"),
        ("12月最后一个周五", "12-25"),
        ("下下个月最后一个周五", "2027-01-29"),
        ("下个月第二个周三", "12-09"),
        ("下个月的第三个周一", "12-21"),
        ("第三个周一", "12-21"),
        ("最后一个星期五", "12-25"),
        ("下周最后一个工作日", "12-11"),
        ("年底最后一个工作日", "12-31"),
        ("下个月倒数第二个工作日", "12-30"),
        ("元旦后第一个周一", "2027-01-04"),
        ("这个月第一个工作日", "nothing"),
    ],
)
def test_the_first_or_last_of_a_month_is_one_day(said: str, day: str) -> None:
    if day == "nothing":
        assert isinstance(read(said), NotADay)
    else:
        assert days(said) == [day]


def test_a_last_working_day_that_is_over_today_is_that_of_the_next_month() -> None:
    evening = datetime(2026, 11, 30, 18, tzinfo=SHANGHAI)
    assert days("月底最后一个工作日", evening) == ["12-31"]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("两周后的周五", "12-18"),
        ("两星期后的星期五", "12-18"),
        ("一周后的周三", "12-09"),
        ("再过两周的周五", "12-18"),
        ("三周以后周一", "12-21"),
        ("一个月后的周五", "2027-01-01"),
        ("两周后", "12-14"),
    ],
)
def test_a_weekday_some_weeks_on_is_one_day(said: str, day: str) -> None:
    assert days(said) == [day]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("每周二周四上午九点", ["12-01", "12-03"]),
        ("每周二、周四", ["12-01", "12-03"]),
        ("每个星期三下午", ["12-02"]),
        ("隔周周三", ["12-02"]),
        ("每月5号", ["12-05"]),
        ("每两周的周五", ["12-04"]),
        ("周一到周三每天上午", ["11-30", "12-01", "12-02"]),
    ],
)
def test_what_comes_again_gives_the_days_to_choose_from(said: str, told: list[str]) -> None:
    found = read(said)
    assert isinstance(found, When) and found.repeats
    assert days(said) == told


def test_every_day_and_every_working_day_give_many() -> None:
    for said, many in (("每天下午三点", 7), ("每个工作日的下午三点", 10), ("每日上午", 7)):
        found = read(said)
        assert isinstance(found, When) and found.repeats and len(found.days) == many, said


@pytest.mark.parametrize(
    "said", ["每周三上班吗", "每天几点开门", "每周一次", "每月工资", "每人一份", "隔壁", "每天吃药", "天天开心"]
)
def test_what_is_asked_or_counted_wants_no_visit(said: str) -> None:
    found = read(said)
    assert not isinstance(found, When) or not (found.repeats or found.days)


def test_a_day_without_each_is_no_repetition() -> None:
    found = read("周二周四上午")
    assert isinstance(found, When) and not found.repeats and found.days == (date(2026, 12, 1), date(2026, 12, 3))


NEW_YEAR = datetime(2027, 1, 1, 10, tzinfo=SHANGHAI)
SPRING = datetime(2027, 2, 6, 10, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("said", "now", "day"),
    [
        ("除夕", MONDAY, "2027-02-05"),
        ("除夕那天", MONDAY, "2027-02-05"),
        ("除夕", SPRING, "2028-01-25"),
        ("明年除夕", SPRING, "2028-01-25"),
        ("明年除夕", MONDAY, "2027-02-05"),
        ("腊月三十", NEW_YEAR, "02-05"),
        ("腊月三十", MONDAY, "2027-02-05"),
        ("2027年腊月三十", MONDAY, "2028-01-25"),
    ],
)
def test_new_years_eve_is_the_last_day_of_the_lunar_year_and_no_holiday(said: str, now: datetime, day: str) -> None:
    assert days(said, now) == [day]


@pytest.mark.parametrize(
    ("said", "now", "first"),
    [
        ("明年春节", SPRING, "2028-01-25"),
        ("明年春节", NEW_YEAR, "2028-01-25"),
        ("明年元旦", NEW_YEAR, "2028-01-01"),
        ("明年元旦", MONDAY, "2027-01-01"),
        ("2028年国庆", MONDAY, "2028-09-30"),
        ("今年过年", MONDAY, "2027-02-05"),
        ("春节", SPRING, "02-06"),
    ],
)
def test_a_holiday_of_next_year_is_that_of_the_next_calendar_year(said: str, now: datetime, first: str) -> None:
    assert days(said, now)[0] == first

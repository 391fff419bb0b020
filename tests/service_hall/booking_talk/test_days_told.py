"""Days that were told in another calendar, or as coming again, are said back with their date."""

from __future__ import annotations

import pytest

from tests.service_hall.booking_talk.citizen import Citizen
from tests.visit_town import VisitTown


@pytest.fixture
def citizen() -> Citizen:
    """At the question when."""
    citizen = Citizen(VisitTown())
    citizen.book("我要预约补办借书证")
    return citizen


def days_shown(citizen: Citizen) -> set[str]:
    return {f"{each.starts_at:%m-%d}" for each in citizen.openings.openings}


def test_of_two_days_that_come_again_one_is_asked_for(citizen: Citizen) -> None:
    citizen.say("每周二周四上午九点")
    assert "6月2日（明天，周二），还是6月4日（周四），您选哪一天" in citizen.text
    assert citizen.node == "when" and days_shown(citizen) == {"06-02", "06-04"}
    citizen.say("周四")
    assert citizen.node == "person" and "6月4日（周四）9:00" in citizen.text


def test_a_booking_for_each_working_day_is_for_one_of_them(citizen: Citizen) -> None:
    citizen.say("每个工作日的下午三点")
    assert "一次预约只来一天，您想约哪一天" in citizen.text and len(days_shown(citizen)) > 2


def test_whether_the_hall_is_open_each_wednesday_wants_no_place(citizen: Citizen) -> None:
    citizen.say("每周三上班吗")
    assert "一次预约只来一天" not in citizen.text


def test_a_lunar_day_is_said_back_with_its_date(citizen: Citizen) -> None:
    citizen.say("农历四月廿三")
    assert days_shown(citizen) == {"06-08"}


def test_a_solar_term_too_far_ahead_is_said_back_with_its_date(citizen: Citizen) -> None:
    citizen.say("冬至那天上午")
    assert "12月22日（周二）" in citizen.text and "天以内" in citizen.text


@pytest.mark.parametrize("said", ["夏至", "约夏至", "夏至那天", "夏至节气那天可以吗"])
def test_a_solar_term_that_may_be_the_weather_is_a_day_where_the_day_is_asked(citizen: Citizen, said: str) -> None:
    citizen.town.change_rules(horizon_days=30)
    citizen.say(said)
    assert "6月21日（周日）" in citizen.text


def test_the_day_before_a_solar_term_is_that_day(citizen: Citizen) -> None:
    citizen.town.change_rules(horizon_days=30)
    citizen.say("芒种前一天")
    assert days_shown(citizen) == {"06-04"}


def test_the_network_of_a_telephone_is_no_date(citizen: Citizen) -> None:
    citizen.say("我用的是移动4/5G")
    assert "4月5日" not in citizen.text


def test_the_last_working_day_of_a_month_is_that_day(citizen: Citizen) -> None:
    citizen.say("第二个周三上午九点")
    assert citizen.node == "person" and "6月10日（周三）9:00" in citizen.text


def test_a_friday_two_weeks_on_is_one_day(citizen: Citizen) -> None:
    citizen.say("两周后的周五上午九点")
    assert "6月19日" in citizen.text and "6月5日" not in citizen.text

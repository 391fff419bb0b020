"""Whoever leaves the choice to the hall gets the office that is free first, and then the first time."""

from __future__ import annotations

import pytest

from service_hall.conversation.acts import Act
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit
from tests.fakes import EAST_HALL, WEST_HALL
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import DOG, MONDAY, VisitTown, booked, moment, request

ACTS = [Act.GIVE_DETAILS, Act.ASK, Act.AFFIRM, Act.CHITCHAT]
AT_EAST = (30.01, 110.01)


@pytest.fixture
def town() -> VisitTown:
    return VisitTown()


@pytest.fixture
def at_office(town: VisitTown) -> Citizen:
    citizen = Citizen(town)
    citizen.book("约犬只登记")
    assert citizen.node == "office"
    return citizen


def fill_east(town: VisitTown) -> None:
    """All of Monday there."""
    for number, start in enumerate(("09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "13:30", "14:00")):
        for again in (0, 1):
            wanted = request(200 + 2 * number + again).wanted
            at = moment(MONDAY, start)
            booked(town, 200 + 2 * number + again, at, wanted=type(wanted)(DOG, EAST_HALL, at))


def only(citizen: Citizen) -> Visit:
    [held] = standing(citizen, Status.HELD)
    return held


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("said", ["随便", "都行", "你帮我选", "哪个都可以", "哪个快去哪个", "您看着办吧", "无所谓"])
def test_the_office_that_is_free_first_is_taken_and_why_is_said(at_office: Citizen, said: str, act: Act) -> None:
    fill_east(at_office.town)
    at_office.say(said, act)
    assert at_office.node == "when"
    assert at_office.openings.office_id == WEST_HALL
    assert at_office.text.startswith("西山区政务服务中心最早，6月1日（今天，周一）9:00就有号，给您选这里。")


def test_of_two_that_are_free_alike_it_is_the_first(at_office: Citizen) -> None:
    at_office.say("随便")
    assert at_office.openings.office_id == EAST_HALL


def test_the_earliest_is_the_office_and_the_time(at_office: Citizen) -> None:
    fill_east(at_office.town)
    at_office.say("最早的")
    held = only(at_office)
    assert at_office.node == "person" and "最早能约到" in at_office.text
    assert (held.office_id, held.starts_at) == (WEST_HALL, moment(MONDAY, "09:00"))


def test_of_a_day_that_was_told_before(town: VisitTown) -> None:
    citizen = Citizen(town)
    citizen.book("约明天下午办犬只登记")
    citizen.say("最早的")
    assert only(citizen).starts_at == moment(MONDAY.replace(day=2), "13:30")


@pytest.mark.parametrize("said", ["随便", "都行", "你帮我选", "哪个都可以", "最早的"])
def test_the_same_words_take_the_first_time(at_office: Citizen, said: str) -> None:
    at_office.say("1")
    first = at_office.openings.openings[0].starts_at
    at_office.say(said)
    assert at_office.node == "person" and only(at_office).starts_at == first


@pytest.mark.parametrize("said", ["哪个近", "最近的", "哪里近去哪里", "近一点的"])
@pytest.mark.parametrize("act", [Act.ASK, Act.GIVE_DETAILS])
def test_the_nearest_is_taken_where_the_place_is_known(at_office: Citizen, said: str, act: Act) -> None:
    at_office.say(said, act)
    assert at_office.node == "office" and "还不知道您在哪里" in at_office.text
    at_office.say(said, act, at=AT_EAST)
    assert at_office.openings.office_id == EAST_HALL and "离您最近的是" in at_office.text


@pytest.mark.parametrize("said", ["都可以代办吗", "最早几点开门", "随便问问", "哪里能停车"])
def test_what_asks_chooses_nothing(at_office: Citizen, said: str) -> None:
    at_office.say(said, Act.ASK)
    assert at_office.node == "office"

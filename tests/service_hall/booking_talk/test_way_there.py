"""怎么走 after a booking leads to where it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from knowledge_base.model import Aspect
from service_hall.appointments import changing
from service_hall.appointments.outcomes import Booked
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import book
from service_hall.conversation.acts import Act
from service_hall.conversation.reply import AnswerReply
from service_hall.visits.visit import Visit
from tests.fakes import WEST_HALL
from tests.service_hall.booking_talk.citizen import Citizen
from tests.visit_town import CARD, DOG, MONDAY, VisitTown, moment, request, visitor

WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


def booked(town: VisitTown) -> Visit:
    outcome = book(town.means, request(wanted=Wanted(DOG, WEST_HALL, moment(WEDNESDAY, "10:00"))))
    assert isinstance(outcome, Booked)
    return outcome.visit


def talking_of(citizen: Citizen, guide_id: str | None) -> Citizen:
    citizen.context = citizen.context.model_copy(update={"guide_id": guide_id})
    return citizen


def ask(citizen: Citizen, text: str = "怎么走") -> str:
    citizen.say(text, Act.ASK, Aspect.LOCATION)
    return citizen.text


@pytest.mark.parametrize("guide_id", [DOG, None])
@pytest.mark.parametrize("said", ["怎么走", "在哪", "地址发一下"])
def test_the_booked_office_is_told_with_the_time(citizen: Citizen, guide_id: str | None, said: str) -> None:
    booked(citizen.town)
    office = citizen.town.means.office(WEST_HALL)
    assert office
    told = ask(talking_of(citizen, guide_id), said)
    assert told.startswith(f"您约的是{office.name}")
    assert office.address in told and office.phone in told and "10:00" in told
    assert citizen.turn.reason == "flow_takes_up:booking"


def test_the_others_are_one_tap_away(citizen: Citizen) -> None:
    booked(citizen.town)
    ask(talking_of(citizen, DOG))
    citizen.tap("看别的网点")
    assert isinstance(citizen.reply, AnswerReply)
    assert (citizen.reply.guide_id, citizen.reply.aspect) == (DOG, Aspect.LOCATION)


def test_who_speaks_of_another_item_or_another_place_is_told_of_that(citizen: Citizen) -> None:
    booked(citizen.town)
    assert "您约的是" not in ask(talking_of(citizen, CARD))
    assert "您约的是" not in ask(talking_of(citizen, DOG), "东河区的在哪")


def test_without_a_booking_or_with_one_that_is_cancelled_the_desk_answers(citizen: Citizen) -> None:
    assert "您约的是" not in ask(talking_of(citizen, DOG))
    visit = booked(citizen.town)
    changing.cancel(citizen.town.means, visitor(), visit.code)
    assert "您约的是" not in ask(talking_of(citizen, DOG))


def test_in_the_middle_of_another_booking_it_is_of_that(citizen: Citizen) -> None:
    booked(citizen.town)
    citizen.book("我要预约借书证首次办理")
    assert citizen.context.walk
    assert "您约的是" not in ask(citizen)

"""改到12月29日上午 and no more, said when nothing is open: the booking that there is."""

from __future__ import annotations

import pytest

from service_hall.conversation.acts import Act
from tests.service_hall.booking_talk.citizen import Citizen
from tests.visit_town import VisitTown, booked


@pytest.mark.parametrize("act", [Act.ASK, Act.GIVE_DETAILS])
@pytest.mark.parametrize(
    ("said", "node"),
    [
        ("改到6月3日上午", "when"),
        ("改到6月3日下午三点", "confirm_move"),
        ("改到后天吧", "when"),
        ("挪到周三上午", "when"),
    ],
)
def test_it_is_moved_whatever_the_sentence_was_understood_as(said: str, node: str, act: Act) -> None:
    citizen = Citizen(VisitTown())
    booked(citizen.town, 1, visitor_id=citizen.visitor_id)
    citizen.say(said, act)
    assert citizen.node == node
    assert citizen.context.walk and citizen.context.walk.answers["errand"] == "move"


@pytest.mark.parametrize("said", ["改到6月3日上午要钱吗", "密码改到6月3日上午", "改到别的大厅"])
def test_nothing_is_moved_by_a_question_or_of_another_thing(said: str) -> None:
    citizen = Citizen(VisitTown())
    booked(citizen.town, 1, visitor_id=citizen.visitor_id)
    citizen.say(said, Act.ASK)
    assert citizen.node == ""


def test_who_has_no_booking_moves_none() -> None:
    citizen = Citizen(VisitTown())
    citizen.say("改到6月3日上午", Act.ASK)
    assert citizen.node == ""

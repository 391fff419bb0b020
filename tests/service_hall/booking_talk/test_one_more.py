"""再约一个, in the middle of a booking: that one waits below, and is gone on with."""

from __future__ import annotations

import pytest

from service_hall.conversation.acts import Act
from service_hall.visits.states import Status
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import CARD, DOG, LOST, VisitTown

ACTS = [Act.BOOK, Act.GIVE_DETAILS, Act.CHANGE_ITEM, Act.ASK, Act.RESCHEDULE]


@pytest.fixture
def citizen() -> Citizen:
    """Asked for the name, with a place held."""
    citizen = Citizen(VisitTown())
    citizen.book("约明天上午九点办借书证首次办理")
    assert citizen.node == "person"
    return citizen


def items(citizen: Citizen) -> list[str]:
    """Of the open walks, the one on top last."""
    return [walk.answers.get("guide_id", "") for walk in citizen.context.walks]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("said", "item"),
    [("再约一个，后天上午补办借书证", LOST), ("再约一个狗证", DOG), ("另外再帮我约一个狗证", DOG), ("再约一个", "")],
)
def test_it_is_begun_on_top_and_that_is_said(citizen: Citizen, said: str, item: str, act: Act) -> None:
    citizen.say(said, act)
    assert items(citizen) == [CARD, item] and "刚才的先留着" in citizen.text
    assert [visit.guide_id for visit in standing(citizen, Status.HELD)] == [CARD]


def test_once_it_is_booked_the_first_one_goes_on(citizen: Citizen) -> None:
    citizen.say("再约一个，后天上午九点补办借书证", Act.BOOK)
    citizen.say("张三 13800138000")
    citizen.say("确认", Act.AFFIRM)
    assert "约好了：借书证丢失补办" in citizen.text and "接着刚才的预约" in citizen.text
    assert items(citizen) == [CARD]
    citizen.say("还是我")
    citizen.say("确认", Act.AFFIRM)
    assert sorted(visit.guide_id for visit in standing(citizen, Status.BOOKED)) == [CARD, LOST]


def test_or_is_given_up_and_the_first_one_is_still_held(citizen: Citizen) -> None:
    citizen.say("再约一个狗证", Act.BOOK)
    citizen.say("不约了", Act.CANCEL)
    assert items(citizen) == [CARD] and citizen.node == "person" and "已经取消" not in citizen.text
    assert [visit.guide_id for visit in standing(citizen, Status.HELD)] == [CARD]


@pytest.mark.parametrize("said", ["再约个时间", "改天再约"])
def test_another_time_is_no_other_booking(citizen: Citizen, said: str) -> None:
    citizen.say(said, Act.RESCHEDULE)
    assert items(citizen) == [CARD]


def test_giving_up_speaks_of_a_place_only_where_one_was_held(citizen: Citizen) -> None:
    citizen.say("不约了", Act.CANCEL)
    assert "为您留的位置已经取消" in citizen.text
    citizen.book("约明天办借书证首次办理")
    assert citizen.node == "when"
    citizen.say("不约了", Act.CANCEL)
    assert citizen.text.startswith("好的，不约了") and "位置" not in citizen.text

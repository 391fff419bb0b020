"""In the middle of the booking one of name and numbers is to be another."""

from __future__ import annotations

import pytest

from service_hall.conversation.acts import Act
from service_hall.conversation.reply import QuestionReply
from tests.service_hall.booking_talk.citizen import Citizen
from tests.visit_town import LOST, VisitTown

ASKS_FOR_ID_NUMBER = "要留身份证号吗"


@pytest.fixture
def citizen() -> Citizen:
    """Asked whether to leave an identity number."""
    citizen = Citizen(VisitTown())
    citizen.book("约明天九点补办借书证")
    citizen.say("张三")
    citizen.say("13800138000")
    assert ASKS_FOR_ID_NUMBER in citizen.text
    return citizen


def asked_for(citizen: Citizen) -> list[str]:
    assert isinstance(citizen.reply, QuestionReply)
    return [field.name for field in citizen.reply.fields]


@pytest.mark.parametrize("act", [Act.GIVE_DETAILS, Act.CORRECT, Act.CHANGE_ITEM, Act.RESCHEDULE])
@pytest.mark.parametrize(
    ("said", "field"),
    [("改手机号", "phone"), ("不对，改手机号", "phone"), ("电话错了", "phone"), ("改一下名字", "name")],
)
def test_just_that_is_asked_for_again(citizen: Citizen, said: str, field: str, act: Act) -> None:
    citizen.say(said, act)
    assert citizen.node == "person" and asked_for(citizen) == [field]
    assert citizen.context.walk and citizen.context.walk.answers["guide_id"] == LOST


def test_with_the_new_number_the_open_question_comes_back(citizen: Citizen) -> None:
    citizen.say("不对，改手机号", Act.CORRECT)
    citizen.say("13900139000")
    assert ASKS_FOR_ID_NUMBER in citizen.text
    citizen.say("跳过")
    assert citizen.node == "confirm" and "139****9000" in citizen.text


def test_or_without_one(citizen: Citizen) -> None:
    citizen.say("改手机号")
    citizen.say("不改")
    assert ASKS_FOR_ID_NUMBER in citizen.text


def test_at_the_summary_it_is_no_other_item(citizen: Citizen) -> None:
    citizen.say("跳过")
    citizen.say("不对，改手机号", Act.CORRECT)
    assert asked_for(citizen) == ["phone"] and "138****8000" in citizen.text
    assert citizen.context.walk and citizen.context.walk.answers["guide_id"] == LOST
    citizen.say("13900139000")
    assert citizen.node == "confirm" and "139****9000" in citizen.text


def test_before_anything_is_known_all_of_it_is_asked_for() -> None:
    citizen = Citizen(VisitTown())
    citizen.book("约明天九点补办借书证")
    citizen.say("不对，改手机号", Act.CORRECT)
    assert asked_for(citizen) == ["name", "phone", "id_number"] and "没有认出" not in citizen.text


@pytest.mark.parametrize("yes", ["是", "要", "要留", "好的", "填"])
def test_a_yes_to_the_identity_number_is_understood(citizen: Citizen, yes: str) -> None:
    citizen.say(yes, Act.AFFIRM)
    assert "请直接写身份证号" in citizen.text and "没有听明白" not in citizen.text
    citizen.say("110101199003070011")
    assert citizen.node == "confirm"

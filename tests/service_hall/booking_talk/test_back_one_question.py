"""返回 goes to the question before, asked or told unasked."""

from __future__ import annotations

import pytest

from service_hall.conversation.acts import Act
from tests.service_hall.booking_talk.citizen import Citizen
from tests.service_hall.booking_talk.test_own_bookings import with_two
from tests.visit_town import VisitTown


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


def nodes_back(citizen: Citizen, many: int) -> list[str]:
    nodes = []
    for _ in range(many):
        citizen.say("返回")
        nodes.append(citizen.node)
    return nodes


def test_after_everything_was_told_at_once_each_question_is_asked_in_turn(citizen: Citizen) -> None:
    citizen.book("约后天十点去东河区政务服务中心办犬只登记，王小雨 13800000001，身份证号不留")
    assert citizen.node == "confirm"
    assert nodes_back(citizen, 5) == ["person", "when", "office", "item", "item"]
    assert "前面没有别的问题了" in citizen.text


def test_the_only_office_is_passed_over(citizen: Citizen) -> None:
    citizen.book("约后天十点办借书证首次办理，王小雨 13800000001，身份证号不留")
    assert citizen.node == "confirm"
    assert nodes_back(citizen, 3) == ["person", "when", "item"]


def test_what_was_not_taken_back_still_stands(citizen: Citizen) -> None:
    citizen.book("约后天十点去东河区政务服务中心办犬只登记，王小雨 13800000001，身份证号不留")
    nodes_back(citizen, 1)
    citizen.say("李晓梅 13900000002")
    citizen.say("跳过")
    assert (
        citizen.node == "confirm" and "10:00" in citizen.text and "东河区" in citizen.text and "李*梅" in citizen.text
    )


def test_steps_are_counted_from_the_question_that_is_asked(citizen: Citizen) -> None:
    citizen.book("约后天十点办借书证首次办理，王小雨 13800000001，身份证号不留")
    citizen.say("返回")
    progress = citizen.reply.model_dump()["progress"]
    assert progress["step"] <= progress["of"]


def test_of_two_bookings_the_other_one_can_be_meant(citizen: Citizen) -> None:
    with_two(citizen)
    citizen.say("取消犬只登记的预约", Act.CANCEL)
    assert citizen.node == "cancel"
    citizen.say("返回")
    assert citizen.node == "which"

"""Whoever goes on telling of her life event is offered its list, and not told the same card again."""

from __future__ import annotations

import pytest

from service_hall.conversation.reply import AnswerReply
from tests.service_hall.scenarios.resident import BEGINS, Resident, told


@pytest.fixture
def resident() -> Resident:
    resident = Resident()
    resident.says(BEGINS)
    return resident


def test_the_card_is_told_once_and_then_the_list_is_offered(resident: Resident) -> None:
    card = resident.text
    resident.says("接小狗")
    assert resident.text != card and "理一份清单" in resident.text and not isinstance(resident.first, AnswerReply)
    resident.says("好")
    assert resident.asked == "whose"


def test_what_was_told_meanwhile_is_offered_when_its_question_comes(resident: Resident) -> None:
    resident.says("公司把小狗接回家要办的事", "好的")
    assert resident.asked == "whose" and "您之前说过“单位养来看门”" in resident.text and told(resident) == {}


@pytest.mark.parametrize("said", ["再说一遍", "小狗接回家要办的事？"])
def test_asked_for_again_it_is_told_again(resident: Resident, said: str) -> None:
    resident.says(said)
    assert isinstance(resident.first, AnswerReply) and resident.first.text.startswith("恭喜添了新成员！")


def test_behind_something_else_it_is_told_again(resident: Resident) -> None:
    resident.says("借书证丢了怎么补办", BEGINS)
    assert isinstance(resident.first, AnswerReply) and resident.first.text.startswith("恭喜添了新成员！")

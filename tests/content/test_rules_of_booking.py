"""The rules of booking, asked in so many words: told with the hall's figures, whatever the sentence was taken for."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from knowledge_base.booking_rules import load_booking_rules
from knowledge_base.library import Library
from knowledge_base.search.find import Unsure
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply
from service_hall.shared.clock import SHANGHAI
from tests.enquiry_desk import EnquiryDesk
from tests.fakes import FixedClock

RULES = load_booking_rules().on(date(2026, 11, 30))


@pytest.fixture(scope="module")
def desk(real_library: Library) -> EnquiryDesk:
    return EnquiryDesk(lambda: real_library, FixedClock(datetime(2026, 11, 30, 10, tzinfo=SHANGHAI)))


@pytest.mark.parametrize("act", [Act.CANCEL, Act.RESCHEDULE, Act.BOOK, Act.ASK])
@pytest.mark.parametrize(
    ("said", "topic", "figure"),
    [
        ("能提前几天约", "hall-booking", f"{RULES.horizon_days}天以内"),
        ("能约几天内的", "hall-booking", f"{RULES.horizon_days}天以内"),
        ("一个人最多约几个", "hall-booking", f"最多约{RULES.active_per_person}个"),
        ("预约要不要钱", "hall-booking", "不收费"),
        ("约了能改几次", "hall-booking-change", f"可以改{RULES.reschedules_per_visit}次"),
        ("能取消预约吗", "hall-booking-change", "取消预约"),
        ("万一不想去了可以退吗", "hall-booking-change", "都不收费"),
        ("约了不去会怎样", "hall-no-show", f"{RULES.no_show_restriction_at}次"),
    ],
)
def test_a_rule_is_told(desk: EnquiryDesk, said: str, topic: str, figure: str, act: Act) -> None:
    [reply] = desk.respond(said, act, None, Context()).replies
    assert isinstance(reply, AnswerReply)
    assert reply.guide_id == topic and figure in reply.text


@pytest.mark.parametrize("said", ["我要改密码", "换证", "我间铺想改名得唔得", "改评价"])
def test_what_a_service_changes_is_no_booking_to_be_moved(desk: EnquiryDesk, said: str) -> None:
    assert "可以改的预约" not in desk.respond(said, Act.RESCHEDULE, None, Context()).replies[0].text


@pytest.mark.parametrize(
    ("said", "act", "guide_id"),
    [
        ("公司搬家没去改，被工商挂了异常说找不着人，咋撤掉", Act.ASK, "company-abnormal-remove"),
        ("厨房改造，天然气管子我自己找个师傅挪一挪行吗", Act.RESCHEDULE, "gas-open"),
        ("过年前想搬进去做饭，天然气现在还没报，排队要排到啥时候", Act.QUEUE_STATE, "gas-open"),
    ],
)
def test_what_a_service_surely_answers_asks_of_no_booking(
    desk: EnquiryDesk, said: str, act: Act, guide_id: str
) -> None:
    [reply] = desk.respond(said, act, None, Context()).replies
    assert isinstance(reply, AnswerReply) and reply.guide_id == guide_id


def test_another_service_put_in_the_place_of_one_is_the_one_that_is_named(desk: EnquiryDesk) -> None:
    said = desk.hear("不对 我要离婚的")
    assert said.item_put_right("marriage-register") == "divorce-register"
    assert desk.hear("不对，我要结婚的").item_put_right("divorce-register") == "marriage-register"


@pytest.mark.parametrize("said", ["约明天办护照", "我要预约办营业执照", "约个办身份证的号"])
def test_a_thing_that_several_services_are_about_leaves_open_which(desk: EnquiryDesk, said: str) -> None:
    assert isinstance(desk.hear(said).item, Unsure)
    assert desk.hear("约明天补护照").sure_item == "passport-lost"


def test_two_things_in_one_are_heard(desk: EnquiryDesk) -> None:
    assert desk.hear("约明天上午补办身份证和社保卡").names_several
    assert not desk.hear("约明天补办身份证").names_several

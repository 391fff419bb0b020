"""What is asked once a matter that others handle is talked about: it stays that matter."""

from __future__ import annotations

from datetime import datetime

import pytest

from knowledge_base.library import Library
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply
from service_hall.conversation.turn import Turn
from service_hall.shared.clock import SHANGHAI
from tests.enquiry_desk import EnquiryDesk
from tests.fakes import FixedClock

WAGES, NOISE = "labor-wage-complaint", "noise-complaint"


@pytest.fixture(scope="module")
def desk(real_library: Library) -> EnquiryDesk:
    return EnquiryDesk(lambda: real_library, FixedClock(datetime(2026, 11, 30, 10, tzinfo=SHANGHAI)))


def after(desk: EnquiryDesk, before: str, said: str, act: Act = Act.ASK) -> Turn:
    return desk.respond(said, act, None, desk.respond_alone(before, Context()).context)


def told(turn: Turn) -> AnswerReply:
    [reply] = turn.replies
    assert isinstance(reply, AnswerReply), reply
    return reply


@pytest.mark.parametrize(
    "said",
    ["去哪里投诉", "电话多少", "那要带什么证据", "怎么举报", "归谁管", "多久有结果", "能匿名举报吗", "找哪个部门"],
)
@pytest.mark.parametrize(("before", "matter"), [("老板欠薪三个月不给", WAGES), ("邻居太吵了", NOISE)])
def test_what_may_be_said_of_any_matter_is_asked_of_this_one(
    desk: EnquiryDesk, before: str, matter: str, said: str
) -> None:
    assert told(after(desk, before, said)).guide_id == matter
    assert told(after(desk, before, said, Act.COMPLAINT)).guide_id == matter


def test_what_is_asked_of_it_leads(desk: EnquiryDesk) -> None:
    reply = told(after(desk, "老板欠薪三个月不给", "那要带什么证据"))
    assert "考勤" in reply.text[: reply.lead]


@pytest.mark.parametrize(
    ("said", "other"),
    [("隔壁装修从早敲到晚，太吵了", NOISE), ("身份证丢了怎么补", "id-card-lost")],
)
def test_another_thing_is_another_thing(desk: EnquiryDesk, said: str, other: str) -> None:
    assert told(after(desk, "老板欠薪三个月不给", said)).guide_id == other

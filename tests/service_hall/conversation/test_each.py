"""Several services asked of in one message; a long letter."""

from __future__ import annotations

import pytest

from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply
from tests.enquiry_desk import EnquiryDesk

TEXT = "身份证丢了怎么补，另外驾照快到期了要换吗"


@pytest.fixture
def desk(real_library: Library) -> EnquiryDesk:
    return EnquiryDesk(lambda: real_library)


def test_each_is_answered_in_order_with_its_sources(desk: EnquiryDesk) -> None:
    turn = desk.respond(TEXT, Act.ASK, Aspect.PROCEDURE, Context())
    replies = [reply for reply in turn.replies if isinstance(reply, AnswerReply)]
    assert [reply.guide_id for reply in replies] == ["id-card-lost", "driver-license-renew"]
    assert all(reply.sources for reply in replies) and turn.reason == "answers_each"
    assert [reply.text[:2] for reply in replies] == ["1.", "2."]


def test_the_last_is_talked_about_and_the_first_was_before(desk: EnquiryDesk) -> None:
    context = desk.respond(TEXT, Act.ASK, None, Context()).context
    assert (context.guide_id, context.previous_id) == ("driver-license-renew", "id-card-lost")


def test_each_thing_asked_of_one_service_is_told_before_the_details(desk: EnquiryDesk) -> None:
    (reply,) = desk.respond("办护照要多少钱，多久能拿到？", Act.ASK, Aspect.FEE, Context()).replies
    assert isinstance(reply, AnswerReply) and reply.guide_id == "passport-first"
    told = reply.text[: reply.lead]
    assert 0 < told.index("元") < told.index("工作日")


def test_the_question_of_a_letter_is_told_back(desk: EnquiryDesk) -> None:
    before = "您好，我是青桥区的居民，在这里住了十几年，一直很支持社区的工作。上个月单位组织出去，路上下了很大的雨，大家的包都湿了，回来以后才发现少了东西。"
    turn = desk.respond(f"{before}请问护照丢了怎么补？谢谢。", Act.ASK, None, Context())
    (reply,) = turn.replies
    assert isinstance(reply, AnswerReply) and reply.guide_id == "passport-lost"
    assert reply.text.startswith("您问的是：“请问护照丢了怎么补？”\n") and turn.reason == "answers_question_of_letter"


def test_two_things_are_answered_though_choices_are_on_the_table(desk: EnquiryDesk) -> None:
    before = desk.respond_alone("公司搬家", Context()).context
    assert before.options
    turn = desk.respond_alone("身份证和驾照都丢了", before)
    assert [getattr(reply, "guide_id", "") for reply in turn.replies] == ["id-card-lost", "driver-license-lost"]

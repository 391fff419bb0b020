"""With services on the table: what is said picks one of them by what it says itself, however long it is."""

from __future__ import annotations

from datetime import datetime

import pytest

from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply, Outcome
from service_hall.shared.clock import SHANGHAI
from tests.enquiry_desk import EnquiryDesk
from tests.fakes import FixedClock


@pytest.fixture(scope="module")
def desk(real_library: Library) -> EnquiryDesk:
    return EnquiryDesk(lambda: real_library, FixedClock(datetime(2026, 11, 30, 10, tzinfo=SHANGHAI)))


def answered(desk: EnquiryDesk, before: str, said: str) -> str:
    first = desk.respond_alone(before, Context())
    assert first.outcome is Outcome.CLARIFY
    [reply] = desk.respond_alone(said, first.context).replies
    return reply.guide_id if isinstance(reply, AnswerReply) else ""


LEARNED_LATER = pytest.mark.xfail(reason="to be settled by: choosing that is learned anew", strict=True)


@pytest.mark.parametrize(
    ("before", "said", "guide_id"),
    [
        ("身份证", "丢了", "id-card-lost"),
        ("社保卡", "丢了", "social-security-card-lost"),
        pytest.param("身份证", "上个星期坐公交车的时候弄丢了，想再补一张", "id-card-lost", marks=LEARNED_LATER),
        ("护照", "去年办的那本在国外旅游的时候丢了，要再补一本", "passport-lost"),
    ],
)
def test_few_words_and_many_pick_one(desk: EnquiryDesk, before: str, said: str, guide_id: str) -> None:
    assert answered(desk, before, said) == guide_id


def test_what_picks_one_may_ask_of_it(desk: EnquiryDesk) -> None:
    first = desk.respond_alone("社保卡", Context())
    [reply] = desk.respond_alone("补一张几块钱", first.context).replies
    assert isinstance(reply, AnswerReply) and (reply.guide_id, reply.aspect) == (
        "social-security-card-lost",
        Aspect.FEE,
    )


def test_a_certificate_of_an_event_is_not_the_event(desk: EnquiryDesk) -> None:
    turn = desk.respond_alone("结婚证", Context())
    assert turn.outcome is Outcome.CLARIFY


@pytest.mark.parametrize("said", ["出生证丢了咋补", "娃儿上幼儿园咋登记", "房东喊我登记住址"])
def test_what_says_nothing_of_any_picks_none(desk: EnquiryDesk, said: str) -> None:
    assert not answered(desk, "身份证", said).startswith("id-card")


def test_a_word_of_errands_picks_a_service_where_services_are_on_the_table(desk: EnquiryDesk) -> None:
    first = desk.respond_alone("护照", Context())
    [reply] = desk.respond("换", Act.RESCHEDULE, None, first.context).replies
    assert isinstance(reply, AnswerReply) and reply.guide_id == "passport-renew"
    [reply] = desk.respond("改预约", Act.RESCHEDULE, None, first.context).replies
    assert "没有找到可以改的预约" in reply.text


def test_a_number_of_children_picks_nothing_where_nothing_is_offered(desk: EnquiryDesk) -> None:
    [reply] = desk.respond_alone("第三个孩子生育登记给登吗", Context()).replies
    assert isinstance(reply, AnswerReply) and reply.guide_id == "birth-registration-service"

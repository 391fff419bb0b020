"""What ends a talk, and what only sounds like asking once more."""

from __future__ import annotations

import pytest

from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply, TextReply
from service_hall.conversation.wording import say
from tests.enquiry_desk import EnquiryDesk


@pytest.fixture
def desk(real_library: Library) -> EnquiryDesk:
    return EnquiryDesk(lambda: real_library)


@pytest.mark.parametrize("text", ["没别的了", "没别的事了谢谢", "没事了"])
def test_whoever_has_no_more_is_not_told_it_again(desk: EnquiryDesk, text: str) -> None:
    before = Context(guide_id="id-card-lost", question="身份证丢了怎么补")
    (reply,) = desk.respond_alone(text, before).replies
    assert isinstance(reply, TextReply) and reply.text == say("thanks")


@pytest.mark.parametrize(
    ("item", "text", "aspect"),
    [
        ("unemployment-benefit", "多少钱", Aspect.AMOUNT),
        ("minimum-living", "多少钱", Aspect.AMOUNT),
        ("minimum-living", "要交钱吗", Aspect.FEE),
        ("medical-enroll-resident", "多少钱", Aspect.FEE),
        ("id-card-lost", "多少钱", Aspect.FEE),
    ],
)
def test_of_what_pays_and_costs_nothing_the_amount_is_asked(
    desk: EnquiryDesk, item: str, text: str, aspect: Aspect
) -> None:
    (reply,) = desk.respond_alone(text, Context(guide_id=item, question="怎么办")).replies
    assert isinstance(reply, AnswerReply) and (reply.guide_id, reply.aspect) == (item, aspect)

"""Elders are told less, and nothing that matters is left out."""

from __future__ import annotations

from knowledge_base.model import Aspect
from service_hall.conversation.context import Context
from service_hall.conversation.message import Chosen
from service_hall.conversation.reply import AnswerReply, TextReply
from service_hall.conversation.styles import Style, in_style
from tests import fakes
from tests.enquiry_desk import EnquiryDesk


def answered(aspect: str) -> AnswerReply:
    desk = EnquiryDesk(fakes.town)
    (reply,) = desk.choose(Chosen(Aspect(aspect), "library-card-lost"), Context()).replies
    assert isinstance(reply, AnswerReply)
    return reply


def test_details_stay_away_and_what_must_be_minded_stays() -> None:
    plain = answered("overview")
    with_list = plain.model_copy(update={"text": plain.text.replace("\n", "\n· 一条细节\n", 1)})
    short = in_style(with_list, Style.ELDER).text
    assert "细节" not in short and "请注意" in short and "依据" in short and short.startswith(plain.text[: plain.lead])


def test_what_was_asked_is_told_whole() -> None:
    reply = answered("materials")
    assert "申请表" in in_style(reply, Style.ELDER).text


def test_nothing_else_is_shortened() -> None:
    reply = answered("fee")
    assert in_style(reply, Style.PLAIN) is reply
    said = TextReply(text="您好\n· 一")
    assert in_style(said, Style.ELDER) is said

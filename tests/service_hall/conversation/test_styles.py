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
    details = plain.text[plain.lead : plain.details_end].strip()
    short = in_style(plain, Style.ELDER)
    assert isinstance(short, AnswerReply)
    assert details and details not in short.text and len(short.text) < len(plain.text)
    assert "请注意" in short.text and "依据" in short.text and short.text.startswith(plain.text[: plain.lead])
    assert in_style(short, Style.ELDER) is short


def test_what_was_asked_is_told_whole() -> None:
    reply = answered("materials")
    assert "申请表" in in_style(reply, Style.ELDER).text


def test_nothing_else_is_shortened() -> None:
    reply = answered("fee")
    assert in_style(reply, Style.PLAIN) is reply
    said = TextReply(text="您好\n· 一")
    assert in_style(said, Style.ELDER) is said

"""Elders are told less, and nothing that matters is left out."""

from __future__ import annotations

from knowledge_base.model import Aspect
from service_hall.conversation.context import Context
from service_hall.conversation.message import Chosen
from service_hall.conversation.reply import AnswerReply, Reply, TextReply
from service_hall.conversation.styles import Style, in_style
from tests import fakes
from tests.enquiry_desk import EnquiryDesk


def answered(aspect: str) -> AnswerReply:
    desk = EnquiryDesk(fakes.town)
    (reply,) = desk.choose(Chosen(Aspect(aspect), "library-card-lost"), Context()).replies
    assert isinstance(reply, AnswerReply)
    return reply


def elder(reply: Reply) -> AnswerReply:
    told = in_style(reply, Style.ELDER, fakes.town())
    assert isinstance(told, AnswerReply)
    return told


def test_details_stay_away_and_what_must_be_minded_stays() -> None:
    plain = answered("overview")
    details = plain.text[plain.lead : plain.details_end].strip()
    short = elder(plain)
    assert details and details not in short.text
    assert "请注意" in short.text and "依据" in short.text
    assert short.text[short.details_end :] == plain.text[plain.details_end :]
    assert short.text[: short.lead].replace("\n", "").startswith(plain.text[: plain.lead].replace("\n", ""))


def test_a_sentence_is_a_line_and_the_last_says_whom_to_call() -> None:
    short = elder(answered("overview"))
    *sentences, person = short.text[: short.lead].splitlines()
    assert person == "想找人问，打0888-12345。"
    assert sentences and all(each.count("。") <= 1 for each in sentences)


def test_what_was_asked_is_told_whole_and_a_list_stays_one() -> None:
    reply = answered("materials")
    assert "申请表" in elder(reply).text
    listed = [line for line in reply.text[: reply.lead].splitlines() if line[:1].isdigit()]
    assert all(line in elder(reply).text.splitlines() for line in listed)


def test_nothing_else_is_shortened() -> None:
    reply = answered("fee")
    assert in_style(reply, Style.PLAIN, fakes.town()) is reply
    said = TextReply(text="您好\n· 一")
    assert in_style(said, Style.ELDER, fakes.town()) is said

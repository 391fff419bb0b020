"""Who wants help to break the law: told that it is not allowed, and offered the lawful way."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from knowledge_base.library import Library
from knowledge_base.model import Aspect
from knowledge_base.search.find import Decision
from knowledge_base.search.wrongs_reader import WrongsReader
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import ChoicesReply, Outcome
from tests import fakes
from tests.enquiry_desk import EnquiryDesk
from tests.service_hall.conversation.desk import answered, offered, said, talking_of

LOST, DOG = "library-card-lost", "dog-register"


class HearsForgery:
    def wants(self, text: str, items: Decision) -> bool:
        return "造假" in text


def town() -> Library:
    return replace(fakes.town(), wrongs=cast(WrongsReader, HearsForgery()))


@pytest.fixture
def desk() -> EnquiryDesk:
    return EnquiryDesk(town)


def test_the_lawful_way_is_offered_where_a_service_is_near(desk: EnquiryDesk) -> None:
    turn = desk.respond("造假办狗证多少钱", Act.ASK, Aspect.FEE, Context())
    assert offered(turn) == [DOG]
    (reply,) = turn.replies
    assert (
        isinstance(reply, ChoicesReply) and reply.text.startswith("这样做不合法，我不能帮。") and "50" not in reply.text
    )


def test_it_is_taken_up_as_any_choice_and_told_whole(desk: EnquiryDesk) -> None:
    turn = desk.respond("造假办狗证多少钱", Act.ASK, Aspect.FEE, Context())
    reply = answered(desk.respond("1", Act.CHOOSE_OPTION, None, turn.context))
    assert (reply.guide_id, reply.aspect) == (DOG, Aspect.OVERVIEW)


def test_who_names_nothing_near_is_told_whom_to_ask(desk: EnquiryDesk) -> None:
    turn = desk.respond("造假", Act.OUT_OF_SCOPE, None, Context())
    assert turn.outcome is Outcome.NOT_FOUND and not turn.context.options
    assert said(turn).startswith("这样做不合法，我不能帮。") and "打" in said(turn)


def test_it_goes_before_what_is_talked_about(desk: EnquiryDesk) -> None:
    turn = desk.respond("那造假的行不行", Act.ASK, None, talking_of(LOST))
    assert turn.outcome is not Outcome.ANSWERED and turn.context.guide_id == LOST


def test_others_are_answered(desk: EnquiryDesk) -> None:
    assert answered(desk.respond("狗证多少钱", Act.ASK, Aspect.FEE, Context())).guide_id == DOG

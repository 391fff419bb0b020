"""What lies nearer to something beyond the catalogue, and may be a service all the same."""

from __future__ import annotations

import pytest

from knowledge_base.library import Library
from service_hall.conversation.context import Context
from service_hall.conversation.reply import ChoicesReply, Outcome, TextReply
from service_hall.conversation.turn import Turn
from tests.enquiry_desk import EnquiryDesk


@pytest.fixture
def desk(real_library: Library) -> EnquiryDesk:
    return EnquiryDesk(lambda: real_library)


def _offered(turn: Turn) -> list[str]:
    return [option.label for reply in turn.replies if isinstance(reply, ChoicesReply) for option in reply.options]


def test_the_service_that_would_have_answered_is_offered_behind_it(desk: EnquiryDesk, real_library: Library) -> None:
    turn = desk.respond_alone("公司搬家", Context())
    assert turn.outcome is Outcome.NOT_FOUND
    assert _offered(turn) == [real_library.names["company-change"]]
    taken = desk.respond_alone("1", turn.context)
    assert taken.outcome is Outcome.ANSWERED
    assert taken.context.guide_id == "company-change"


def test_what_was_turned_down_is_not_offered_again(desk: EnquiryDesk) -> None:
    before = Context(turned_down=("company-change",))
    turn = desk.respond_alone("公司搬家", before)
    assert turn.outcome is Outcome.NOT_FOUND
    assert [type(reply) for reply in turn.replies] == [TextReply]


def test_what_no_service_comes_near_is_told_alone(desk: EnquiryDesk) -> None:
    turn = desk.respond_alone("今天股票怎么跌成这样", Context())
    assert turn.outcome is not Outcome.ANSWERED
    assert _offered(turn) == []


@pytest.mark.parametrize(("text", "found"), [("想开网约车", "taxi-online-license"), ("网约车司机绕路", "hall-traffic")])
def test_a_likelier_service_goes_before_what_others_handle(desk: EnquiryDesk, text: str, found: str) -> None:
    turn = desk.respond_alone(text, Context())
    assert getattr(turn.replies[-1], "guide_id", "") == found

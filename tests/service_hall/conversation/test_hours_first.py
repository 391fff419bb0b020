"""Office hours of a service begin with what a citizen on the way wants to know."""

from __future__ import annotations

from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply
from tests import fakes
from tests.enquiry_desk import EnquiryDesk

NEW = "library-card-first"


def test_opening_hours_of_a_service_begin_with_whether_it_is_open_now() -> None:
    desk = EnquiryDesk(fakes.town)
    talked_of = Context(guide_id=NEW, aspect=Aspect.OVERVIEW, question=NEW)
    [reply] = desk.respond("现在开门了吗", Act.ASK, Aspect.OFFICE_HOURS, talked_of).replies
    assert isinstance(reply, AnswerReply)
    [office] = [each for each in desk.library().published.offices if NEW in each.guides]
    assert reply.text.startswith(f"{office.name}{desk.enquiry._facts.now(office)}。\n")
    assert reply.lead > len(office.name)
    assert reply.text[: reply.details_end].endswith("。")

"""Office hours of a service begin with what a citizen on the way wants to know."""

from __future__ import annotations

from datetime import date, datetime

from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply
from tests import fakes
from tests.enquiry_desk import EnquiryDesk
from tests.visit_town import SetClock

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


def opened(said: str, now: str) -> str:
    """What the answer about the opening hours begins with."""
    desk = EnquiryDesk(fakes.town, SetClock(datetime.fromisoformat(f"{now}+08:00")))
    talked_of = Context(guide_id=NEW, aspect=Aspect.OVERVIEW, question=NEW)
    [reply] = desk.respond(said, Act.ASK, Aspect.OFFICE_HOURS, talked_of).replies
    return reply.text.splitlines()[0]


def test_the_day_that_is_asked_of_comes_first() -> None:
    assert "11月29日（周日）不开，11月30日（周一）09:00开门" in opened("明天上班吗", "2026-11-28T10:00")
    assert "现在开着" in opened("现在开门了吗", "2026-11-30T10:00")


def test_a_holiday_is_told_with_its_days_and_when_it_opens_again() -> None:
    desk = EnquiryDesk(fakes.town, SetClock(datetime.fromisoformat("2026-11-28T10:00+08:00")))
    office = desk.library().published.offices[0]
    days = [date(2027, 1, day) for day in (1, 2, 3)]
    told = desk.enquiry._facts.then(office, days)
    assert told.startswith("1月1日（周五）到1月3日（周日）元旦放假不开，1月4日（周一）09:00开门")


def test_hours_that_a_statement_tells_are_told_in_place_of_not_knowing(real_library: Library) -> None:
    guide_id = "foreigner-accommodation"
    assert not real_library.offices_for(guide_id, None)
    desk = EnquiryDesk(lambda: real_library)
    talked_of = Context(guide_id=guide_id, aspect=Aspect.OVERVIEW, question=guide_id)
    [reply] = desk.respond("几点上班", Act.ASK, Aspect.OFFICE_HOURS, talked_of).replies
    assert reply.text.startswith("云禾市派出所窗口") and "还没有收录" not in reply.text

"""An office that is named tells of itself; what is asked of an item stays with the item."""

from __future__ import annotations

from datetime import datetime

import pytest

from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply
from tests.enquiry_desk import EnquiryDesk
from tests.visit_town import SetClock

NOW = datetime.fromisoformat("2026-11-30T10:00+08:00")


def told(library: Library, said: str, context: Context | None = None, aspect: Aspect | None = None) -> AnswerReply:
    desk = EnquiryDesk(lambda: library, SetClock(NOW))
    reply = desk.respond(said, Act.ASK, aspect, context or Context()).replies[0]
    assert isinstance(reply, AnswerReply), reply.text
    return reply


@pytest.mark.parametrize(
    ("said", "has"),
    [
        ("北屏区公安办证中心在哪", "石泉路20号"),
        ("车管所在哪", "环城北路300号"),
        ("车管所", "环城北路300号"),
        ("青桥区的电话", "0999-8210088"),
        ("怎么坐车", "公交3路"),
        ("你们一共几个点", "柳岸路88号"),
    ],
)
def test_an_office_tells_of_itself(real_library: Library, said: str, has: str) -> None:
    assert has in told(real_library, said).text


def test_in_a_district_its_own_car_park_is_told(real_library: Library) -> None:
    assert told(real_library, "停车呢", Context(region="990102")).text.startswith("北屏区")


@pytest.mark.parametrize(
    ("said", "aspect"),
    [("电话多少", Aspect.CONTACT), ("哪里可以办", Aspect.LOCATION)],
)
def test_of_an_item_that_is_talked_about_the_item_tells(real_library: Library, said: str, aspect: Aspect) -> None:
    reply = told(real_library, said, Context(guide_id="id-card-lost", aspect=Aspect.OVERVIEW), aspect)
    assert (reply.guide_id, reply.aspect) == ("id-card-lost", aspect)


@pytest.mark.parametrize(
    ("said", "aspect"), [("哪里可以办护照", Aspect.LOCATION), ("周六能办护照不", Aspect.OFFICE_HOURS)]
)
def test_where_and_on_which_day_is_no_question_of_who_may(real_library: Library, said: str, aspect: Aspect) -> None:
    assert told(real_library, said, aspect=Aspect.ELIGIBILITY).aspect is aspect

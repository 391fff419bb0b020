"""What the hall says of its own hours is true at that moment."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from knowledge_base.booking_rules import load_booking_rules
from knowledge_base.hall_topics import BLANKS
from knowledge_base.model import OpeningHours
from service_hall.conversation.hall_facts import HallFacts
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.working_calendar import WorkingCalendar
from tests import fakes
from tests.fakes import FixedClock
from tests.visit_town import CARD, FELLING, MONDAY, VisitTown, moment


def facts_at(moment: str) -> HallFacts:
    at = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
    return HallFacts(fakes.FixedClock(at), load_booking_rules().on, WorkingCalendar())


@pytest.mark.parametrize(
    ("moment", "now"),
    [
        ("2026-06-01T08:59", "现在没开门，今天09:00开门"),
        ("2026-06-01T09:00", "现在开着，12:00下班"),
        ("2026-06-01T12:00", "现在午休，13:30开门"),
        ("2026-06-01T16:59", "现在开着，17:00下班"),
        ("2026-06-01T17:00", "今天已经下班，明天09:00开门"),
        ("2026-06-05T18:00", "今天已经下班，6月8日（周一）09:00开门"),
        ("2026-06-06T10:00", "今天休息，6月8日（周一）09:00开门"),
        ("2026-10-01T10:00", "今天休息，10月8日（周四）09:00开门"),
        ("2026-02-14T10:00", "现在开着，12:00下班"),  # a Saturday that is worked for 春节
    ],
)
def test_whether_it_is_open_is_told_of_this_moment(moment: str, now: str) -> None:
    assert facts_at(moment).of(fakes.town(), fakes.TOWN)["now"] == now


def test_every_blank_of_a_topic_is_filled_with_and_without_an_office() -> None:
    bare = fakes.build_town(fakes.published(offices=()))
    for library in (fakes.town(), bare):
        assert facts_at("2026-06-01T10:00").of(library, fakes.TOWN).keys() == BLANKS


def test_the_office_that_is_named_speaks_for_itself() -> None:
    west = fakes.town().published.offices[2]
    assert facts_at("2026-06-01T10:00").of(fakes.town(), fakes.TOWN, west)["office"] == "西山区政务服务中心"


def test_the_halls_that_open_on_saturday_are_named_with_what_they_handle_then() -> None:
    saturday = OpeningHours(days=(6,), opens="09:00", closes="11:00", note="只办借书证")
    hours = (OpeningHours(days=(1, 2), opens="09:00", closes="12:00"), saturday)
    offices = (
        fakes.office("one", "甲大厅", fakes.TOWN, ["dog-register"], opening_hours=hours),
        fakes.office("two", "乙大厅", fakes.EAST, ["dog-register"]),
    )
    told = facts_at("2026-06-01T10:00").of(fakes.build_town(fakes.published(offices=offices)), fakes.TOWN)
    assert told["open_on_saturday"] == "甲大厅 09:00—11:00（只办借书证）"
    assert told["saturday"] == "周六开，09:00—11:00（只办借书证）" and told["sunday"] == "周日不开"


def test_an_office_that_is_open_for_other_things_says_that_this_is_not_done_today() -> None:
    desk = VisitTown().means.library().published.offices[0]
    cards = [{"days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "12:00"}]
    trees = [{"days": [6], "opens": "09:00", "closes": "11:00", "note": "", "lines": ["trees"]}]
    office = type(desk).model_validate({**desk.model_dump(), "opening_hours": [*cards, *trees]})
    saturday = moment(MONDAY, "10:00") + timedelta(days=5)
    facts = HallFacts(FixedClock(saturday), load_booking_rules().on, WorkingCalendar())
    assert facts.now(office) == "现在开着，11:00下班"
    assert facts.now(office, CARD).startswith("今天不办这件事")
    assert facts.now(office, FELLING) == "现在开着，11:00下班"

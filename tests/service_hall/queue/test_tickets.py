"""A ticket as its holder sees it: the number, how many are ahead, how long it may take."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.appointments.changing import cancel
from service_hall.conversation.reply import TicketReply
from service_hall.queue.arriving import check_in, take_ticket
from service_hall.queue.calling import call_again, call_next, finish, miss, serve, transfer
from service_hall.queue.outcomes import Done, Ticketed
from service_hall.queue.state import glance_at
from service_hall.queue.tickets import ticket_at_a_glance, ticket_reply
from service_hall.visits.visit import Visit
from tests.fakes import TOWN_HALL
from tests.visit_town import CARD, FELLING, MONDAY, SetClock, VisitTown, as_it_stands, booked, moment, visitor


@pytest.fixture
def town() -> VisitTown:
    return VisitTown(clock=SetClock(moment(MONDAY, "10:00")))


def arrive(town: VisitTown, number: int = 0, guide_id: str = CARD) -> Visit:
    owner = visitor(number) if number else None
    outcome = take_ticket(town.means, TOWN_HALL, guide_id, "kiosk:1", visitor_id=owner)
    assert isinstance(outcome, Ticketed)
    return outcome.visit


def early(town: VisitTown, time: str) -> Visit:
    """Booked for that time today, checked in now."""
    now, town.clock.at = town.clock.at, moment(MONDAY, "08:00")
    visit = booked(town, at=moment(MONDAY, time))
    town.clock.at = now
    outcome = check_in(town.means, visit.code, "kiosk:1")
    assert isinstance(outcome, Ticketed)
    return outcome.visit


def call(town: VisitTown, counter: str = "1") -> Visit:
    outcome = call_next(town.means, TOWN_HALL, counter, "wang")
    assert isinstance(outcome, Done)
    return outcome.visit


def shown(town: VisitTown, visit: Visit) -> TicketReply:
    """However it is looked at: afresh, or at a glance that all share."""
    reply, glance = ticket_reply(town.means, visit), glance_at(town.means, visit.office_id)
    assert reply and glance
    assert ticket_at_a_glance(as_it_stands(town, visit), glance) == reply
    return reply


def test_it_says_number_place_and_wait(town: VisitTown) -> None:
    arrive(town)
    visit = arrive(town)
    reply = shown(town, visit)
    assert (reply.number, reply.ahead, reply.status, reply.counter) == ("A002", 1, "checked_in", "")
    assert (reply.office_id, reply.office_name, reply.code) == (TOWN_HALL, "溪城市政务服务中心", visit.code)
    assert "A002" in reply.text and "1位" in reply.text


def test_it_is_live(town: VisitTown) -> None:
    for _ in range(3):
        arrive(town)
    visit = arrive(town)
    assert shown(town, visit).ahead == 3
    call(town, "1"), call(town, "2")
    assert shown(town, visit).ahead == 1


def test_an_early_bird_is_told_its_time_until_it_comes_and_never_that_it_is_next_before(town: VisitTown) -> None:
    visit = early(town, "10:30")
    arrive(town)
    reply = shown(town, visit)
    assert reply.first_from == moment(MONDAY, "10:30")
    assert "10:30，到点优先叫" in reply.text
    assert "下一位" not in reply.text and "马上" not in reply.text
    town.clock.at = moment(MONDAY, "10:30")
    reply = shown(town, visit)
    assert (reply.first_from, reply.ahead) == (None, 0)
    assert reply.text == "您的号是A001，下一位就是您，马上就到。请在溪城市政务服务中心留意叫号。叫到后去1、2号窗口。"


def test_nobody_is_told_of_nought_people_or_minutes(town: VisitTown) -> None:
    visit = arrive(town)
    call(town, "1")
    arrive(town)
    call(town, "2")
    third = arrive(town)
    serve(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
    assert shown(town, third).estimated_wait_minutes > 0
    assert "下一位就是您，预计等" in shown(town, third).text
    finish(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
    assert "马上就到" in shown(town, third).text


def test_an_early_bird_that_was_sent_on_has_no_time_of_its_own(town: VisitTown) -> None:
    visit = early(town, "10:30")
    call(town, "1")
    transfer(town.means, TOWN_HALL, "1", visit.visit_id, "wang", "2")
    assert shown(town, visit).first_from is None


def test_another_line_is_not_ahead(town: VisitTown) -> None:
    arrive(town, guide_id=FELLING)
    assert shown(town, arrive(town)).ahead == 0


def test_who_was_sent_to_a_counter_of_the_line_is_ahead(town: VisitTown) -> None:
    sent = arrive(town)
    call(town, "1")
    transfer(town.means, TOWN_HALL, "1", sent.visit_id, "wang", "2")
    assert shown(town, arrive(town)).ahead == 1


def test_who_was_sent_to_another_line_is_not(town: VisitTown) -> None:
    sent = arrive(town)
    call(town, "1")
    transfer(town.means, TOWN_HALL, "1", sent.visit_id, "wang", "3")
    assert shown(town, arrive(town)).ahead == 0
    assert shown(town, arrive(town, guide_id=FELLING)).ahead == 1
    assert shown(town, sent).ahead == 0


def test_quick_visits_shorten_the_wait(town: VisitTown) -> None:
    for _ in range(6):
        arrive(town)
    last = arrive(town)
    before = shown(town, last).estimated_wait_minutes
    for _ in range(2):
        visit = call(town, "1")
        serve(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
        town.clock.at += timedelta(minutes=2)
        finish(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
    reply = shown(town, last)
    # One counter is seen at work where two were supposed, so look at what one visit is taken to last.
    assert reply.estimated_wait_minutes / reply.ahead < 15
    assert before > 0


def test_once_called_it_names_the_counter(town: VisitTown) -> None:
    visit = arrive(town)
    call(town, "2")
    reply = shown(town, visit)
    assert (reply.status, reply.counter, reply.ahead, reply.estimated_wait_minutes) == ("called", "2", 0, 0)
    assert "2号窗口" in reply.text


def test_every_state_has_its_words(town: VisitTown) -> None:
    visit = arrive(town, 1)
    said = [shown(town, visit).text]
    call(town)
    said.append(shown(town, visit).text)
    miss(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
    said.append(shown(town, visit).text)
    other = arrive(town, 1)
    cancel(town.means, visitor(1), other.code)
    said.append(shown(town, other).text)
    third = arrive(town)
    call(town)
    serve(town.means, TOWN_HALL, "1", third.visit_id, "wang")
    said.append(shown(town, third).text)
    finish(town.means, TOWN_HALL, "1", third.visit_id, "wang")
    said.append(shown(town, third).text)
    assert len(set(said)) == 6 and all(said)


def test_a_booking_that_has_not_come_has_no_ticket(town: VisitTown) -> None:
    town.clock.at = moment(MONDAY, "08:00")
    visit, glance = booked(town), glance_at(town.means, TOWN_HALL)
    assert glance
    assert ticket_reply(town.means, visit) is None
    assert ticket_at_a_glance(visit, glance) is None
    assert glance_at(town.means, "nowhere") is None


def test_at_an_office_that_is_gone_there_is_none(town: VisitTown) -> None:
    visit = arrive(town)
    town.change_offices(())
    assert ticket_reply(town.means, visit) is None


def test_a_second_call_to_the_same_counter_is_told_from_the_first(town: VisitTown) -> None:
    visit = arrive(town)
    assert (shown(town, visit).called_at, shown(town, visit).calls) == (None, 0)
    call(town)
    first = shown(town, visit)
    assert (first.called_at, first.calls) == (town.clock.at, 1)
    town.clock.at += timedelta(seconds=30)
    call_again(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
    again = shown(town, visit)
    assert (again.called_at, again.calls) == (town.clock.at, 2)
    assert (again.status, again.counter, again.number) == (first.status, first.counter, first.number)
    serve(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
    assert (shown(town, visit).called_at, shown(town, visit).calls) == (None, 0)

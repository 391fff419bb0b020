"""The board shows numbers and counters, and nobody's name."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pytest

from service_hall.queue.arriving import check_in, take_ticket
from service_hall.queue.board import Board, Call, board
from service_hall.queue.calling import call_again, call_next, finish, serve, transfer
from service_hall.queue.outcomes import Done, Ticketed
from service_hall.queue.tickets import ticket_reply
from service_hall.visits.person import Person
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit
from tests.fakes import TOWN_HALL
from tests.visit_town import CARD, FELLING, LOST, MONDAY, SetClock, VisitTown, booked, moment

WANG = Person("王小明", "13800000001", "110101199003070011")


@pytest.fixture
def town() -> VisitTown:
    return VisitTown(clock=SetClock(moment(MONDAY, "10:00")))


def arrive(town: VisitTown, guide_id: str = CARD) -> Visit:
    outcome = take_ticket(town.means, TOWN_HALL, guide_id, "kiosk:1")
    assert isinstance(outcome, Ticketed)
    return outcome.visit


def early(town: VisitTown, number: int) -> Visit:
    """Checked in half an hour before the booked time."""
    now, town.clock.at = town.clock.at, moment(MONDAY, "08:00")
    visit = booked(town, number, now + timedelta(minutes=30))
    town.clock.at = now
    outcome = check_in(town.means, visit.code, "kiosk:1")
    assert isinstance(outcome, Ticketed)
    return outcome.visit


def call(town: VisitTown, counter: str) -> Visit:
    outcome = call_next(town.means, TOWN_HALL, counter, "wang")
    assert isinstance(outcome, Done)
    return outcome.visit


def shown(town: VisitTown) -> Board:
    found = board(town.means, TOWN_HALL)
    assert found is not None
    return found


def test_an_empty_hall_shows_its_counters_and_lines(town: VisitTown) -> None:
    empty = shown(town)
    assert (empty.office_name, empty.waiting, list(empty.called)) == ("溪城市政务服务中心", 0, [])
    assert [(each.counter, each.line, each.serving, each.status) for each in empty.counters] == [
        ("1", "A线", "", None),
        ("2", "A线", "", None),
        ("3", "B线", "", None),
    ]
    assert [
        (each.line_id, each.letter, each.waiting, each.is_open, each.estimated_wait_minutes) for each in empty.lines
    ] == [
        ("cards", "A", 0, True, 0),
        ("trees", "B", 0, True, 0),
    ]
    assert empty.as_of == town.clock.at


def test_each_line_names_its_items(town: VisitTown) -> None:
    [cards, _] = shown(town).lines
    assert [guide_id for guide_id, _ in cards.items] == [CARD, LOST]
    assert all(name for _, name in cards.items)


def test_the_lines_count_who_waits_for_them(town: VisitTown) -> None:
    arrive(town), arrive(town), arrive(town, FELLING)
    found = shown(town)
    assert (found.waiting, [each.waiting for each in found.lines]) == (3, [2, 1])
    assert found.lines[0].estimated_wait_minutes > 0


def test_a_ticket_says_what_board_and_kiosk_said_before_it_was_taken(town: VisitTown) -> None:
    """Early birds wait too, but for their time; who was sent on to a counter of the line comes first."""
    early(town, 1), early(town, 2)
    sent = arrive(town, FELLING)
    call(town, "3")
    transfer(town.means, TOWN_HALL, "3", sent.visit_id, "wang", "1")
    arrive(town)
    told = shown(town).lines[0]
    assert (told.waiting, told.early, told.ahead) == (3, 2, 2)
    ticket = ticket_reply(town.means, arrive(town))
    assert ticket
    assert (ticket.ahead, ticket.estimated_wait_minutes) == (told.ahead, told.estimated_wait_minutes)


def test_a_counter_shows_whom_it_calls_and_serves(town: VisitTown) -> None:
    first = arrive(town)
    arrive(town)
    call(town, "2")
    assert [(each.serving, each.status) for each in shown(town).counters] == [
        ("", None),
        ("A001", Status.CALLED),
        ("", None),
    ]
    serve(town.means, TOWN_HALL, "2", first.visit_id, "wang")
    assert shown(town).counters[1].status is Status.SERVING
    finish(town.means, TOWN_HALL, "2", first.visit_id, "wang")
    assert shown(town).counters[1].serving == ""


def test_the_latest_call_stands_first(town: VisitTown) -> None:
    arrive(town), arrive(town)
    call(town, "1")
    town.clock.at += timedelta(minutes=1)
    call(town, "2")
    assert list(shown(town).called) == [
        Call("A002", "2", town.clock.at, 1),
        Call("A001", "1", town.clock.at - timedelta(minutes=1), 1),
    ]


def test_who_was_sent_on_waits_in_the_hall(town: VisitTown) -> None:
    visit = arrive(town)
    call(town, "1")
    transfer(town.means, TOWN_HALL, "1", visit.visit_id, "wang", "3")
    assert (shown(town).waiting, shown(town).counters[0].serving) == (1, "")


def test_it_hides_names_numbers_and_codes(town: VisitTown) -> None:
    town.clock.at = moment(MONDAY, "08:00")
    visit = booked(town, at=moment(MONDAY, "09:00"), person=WANG)
    check_in(town.means, visit.code, "kiosk:1")
    town.clock.at = moment(MONDAY, "09:00")
    call(town, "1")
    told = str(asdict(shown(town)))
    assert "A001" in told
    assert not any(hidden in told for hidden in (WANG.name, WANG.phone, WANG.id_number, visit.code, visit.visit_id))


def test_after_hours_no_line_is_open(town: VisitTown) -> None:
    town.clock.at = moment(MONDAY, "12:30")
    assert not any(each.is_open for each in shown(town).lines)


def test_yesterdays_queue_is_gone(town: VisitTown) -> None:
    arrive(town), arrive(town)
    call(town, "1")
    town.clock.at += timedelta(days=1)
    found = shown(town)
    assert (found.waiting, list(found.called)) == (0, [])


def test_an_unknown_office_has_no_board(town: VisitTown) -> None:
    assert board(town.means, "nowhere") is None


def test_a_number_that_is_called_again_stands_in_front_as_another_call(town: VisitTown) -> None:
    first = arrive(town)
    arrive(town)
    call(town, "1")
    town.clock.at += timedelta(minutes=1)
    call(town, "2")
    town.clock.at += timedelta(minutes=1)
    call_again(town.means, TOWN_HALL, "1", first.visit_id, "wang")
    assert list(shown(town).called) == [
        Call("A001", "1", town.clock.at, 2),
        Call("A002", "2", town.clock.at - timedelta(minutes=1), 1),
    ]

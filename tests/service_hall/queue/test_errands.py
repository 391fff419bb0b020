"""Checking in and the place in the queue, asked for in the talk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.appointments.outcomes import Booked
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import book
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.flow import Heard
from service_hall.conversation.message import command_payload, read_command
from service_hall.conversation.reply import ChoicesReply, Outcome, TicketReply
from service_hall.conversation.turn import Turn
from service_hall.queue.arriving import take_ticket
from service_hall.queue.calling import call_next, miss
from service_hall.queue.errands import QueueErrands
from service_hall.queue.outcomes import Ticketed
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.visit_town import CARD, DOG, MONDAY, VisitTown, moment, request, visitor

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def town() -> VisitTown:
    return VisitTown()


def booked(town: VisitTown, number: int = 1, **changed: object) -> Visit:
    outcome = book(town.means, request(number, **changed))  # type: ignore[arg-type]
    assert isinstance(outcome, Booked)
    return outcome.visit


def say(town: VisitTown, act: Act, payload: str = "", number: int = 1) -> Turn | None:
    command = read_command(payload) if payload else None
    return QueueErrands(town.means).begin(
        Heard(visitor(number), town.means.hear(""), act, None, Context(guide_id=DOG), command)
    )


def at(town: VisitTown, clock: str) -> None:
    town.clock.at = moment(TUESDAY, clock)


def test_the_booking_of_today_is_checked_in(town: VisitTown) -> None:
    booked(town)
    at(town, "08:30")
    turn = say(town, Act.CHECK_IN)
    assert turn and turn.outcome is Outcome.DONE
    ticket = turn.replies[0]
    assert isinstance(ticket, TicketReply) and (ticket.number, ticket.ahead) == ("A001", 0)
    assert turn.context == Context(guide_id=DOG)


def test_twice_gives_the_same_ticket(town: VisitTown) -> None:
    booked(town)
    at(town, "08:30")
    first, again = say(town, Act.CHECK_IN), say(town, Act.CHECK_IN)
    assert first and again and first.replies == again.replies
    assert again.outcome is Outcome.ANSWERED


def test_too_early_says_from_when(town: VisitTown) -> None:
    booked(town)
    at(town, "07:00")
    turn = say(town, Act.CHECK_IN)
    assert turn and "08:00" in turn.replies[0].text


def test_of_several_one_is_chosen(town: VisitTown) -> None:
    booked(town)
    other = booked(town, wanted=Wanted(DOG, EAST_HALL, moment(TUESDAY, "09:30")), key="second")
    at(town, "08:45")
    turn = say(town, Act.CHECK_IN)
    assert turn and turn.outcome is Outcome.CLARIFY
    assert isinstance(turn.replies[0], ChoicesReply) and "犬只登记" in turn.replies[0].options[1].label
    chosen = say(town, Act.CHECK_IN, turn.replies[0].options[1].payload)
    assert chosen and isinstance(chosen.replies[0], TicketReply)
    found = town.ledger.read(lambda page: page.visit(other.visit_id))
    assert found and found.status is Status.CHECKED_IN


def test_another_day_is_told(town: VisitTown) -> None:
    booked(town)
    turn = say(town, Act.CHECK_IN)
    assert turn and "6月2日9:00" in turn.replies[0].text


def test_with_nothing_booked_the_enquiry_speaks(town: VisitTown) -> None:
    assert say(town, Act.CHECK_IN) is None
    assert say(town, Act.QUEUE_STATE) is None
    assert say(town, Act.MY_APPOINTMENTS) is None


def test_another_visitors_code_is_unknown(town: VisitTown) -> None:
    visit = booked(town, 2)
    at(town, "08:30")
    turn = say(town, Act.CHECK_IN, command_payload("check_in", code=visit.code))
    assert turn and "没有找到" in turn.replies[0].text


def test_the_place_in_the_queue(town: VisitTown) -> None:
    for number in (2, 1):
        booked(town, number)
    at(town, "08:30")
    for number in (2, 1):
        say(town, Act.CHECK_IN, number=number)
    turn = say(town, Act.QUEUE_STATE)
    assert turn and isinstance(turn.replies[0], TicketReply) and turn.replies[0].ahead == 1


def test_a_ticket_without_an_appointment_is_told_among_the_own(town: VisitTown) -> None:
    at(town, "09:30")
    taken = take_ticket(town.means, TOWN_HALL, CARD, "visitor:v_001", visitor_id=visitor())
    assert isinstance(taken, Ticketed)
    turn = say(town, Act.MY_APPOINTMENTS)
    assert turn and isinstance(turn.replies[0], TicketReply)


def called_in_vain(town: VisitTown) -> Visit:
    at(town, "09:30")
    taken = take_ticket(town.means, TOWN_HALL, CARD, "visitor:v_001", visitor_id=visitor())
    assert isinstance(taken, Ticketed)
    call_next(town.means, TOWN_HALL, "1", "wang")
    miss(town.means, TOWN_HALL, "1", taken.visit.visit_id, "wang")
    return taken.visit


def test_who_was_called_in_vain_is_told_so(town: VisitTown) -> None:
    called_in_vain(town)
    turn = say(town, Act.QUEUE_STATE)
    assert turn and isinstance(turn.replies[0], TicketReply)
    assert (turn.replies[0].status, turn.replies[0].number) == ("missed", "A001")


def test_who_was_called_in_vain_and_checks_in_again_waits_again_with_the_same_ticket(town: VisitTown) -> None:
    visit = called_in_vain(town)
    turn = say(town, Act.CHECK_IN)
    assert turn and isinstance(turn.replies[0], TicketReply)
    assert (turn.replies[0].status, turn.replies[0].number, turn.replies[0].code) == ("checked_in", "A001", visit.code)


def test_yesterdays_ticket_is_no_place_in_the_queue(town: VisitTown) -> None:
    called_in_vain(town)
    town.clock.at += timedelta(days=1)
    assert say(town, Act.QUEUE_STATE) is None
    assert say(town, Act.CHECK_IN) is None


class TestAtAnOffice:
    """Its code was scanned."""

    def at_hall(self, town: VisitTown, office_id: str = TOWN_HALL) -> Turn:
        turn = say(town, Act.CHECK_IN, command_payload("check_in", office_id=office_id))
        assert turn
        return turn

    def test_the_booking_there_is_checked_in_and_no_other(self, town: VisitTown) -> None:
        booked(town)
        booked(town, wanted=Wanted(DOG, EAST_HALL, moment(TUESDAY, "09:30")), key="second")
        at(town, "08:45")
        [ticket] = self.at_hall(town).replies
        assert isinstance(ticket, TicketReply) and ticket.office_id == TOWN_HALL

    def test_whoever_is_booked_elsewhere_is_told_where(self, town: VisitTown) -> None:
        visit = booked(town)
        at(town, "08:30")
        turn = self.at_hall(town, EAST_HALL)
        office = town.means.office(visit.office_id)
        assert office and office.name in turn.replies[0].text
        assert not isinstance(turn.replies[0], TicketReply)

    def test_whoever_has_booked_nothing_is_told_what_to_do_there(self, town: VisitTown) -> None:
        at(town, "08:30")
        assert "现场取号" in self.at_hall(town).replies[0].text

    def test_whoever_has_a_ticket_sees_it_again(self, town: VisitTown) -> None:
        booked(town)
        at(town, "08:30")
        first, again = self.at_hall(town), self.at_hall(town)
        assert first.replies == again.replies


def tell(town: VisitTown, text: str, context: Context | None = None) -> Turn | None:
    heard = Heard(visitor(), town.means.hear(text), Act.ASK, None, context or Context(guide_id=DOG))
    return QueueErrands(town.means).take_up(heard)


def state(town: VisitTown, text: str, context: Context | None = None) -> Turn | None:
    heard = Heard(visitor(), town.means.hear(text), Act.QUEUE_STATE, None, context or Context())
    return QueueErrands(town.means).begin(heard)


@pytest.mark.parametrize("said", ["要等多久", "还要多久", "去几号窗口", "前面几个人", "我现在怎么办", "人多吗"])
def test_whoever_holds_a_ticket_asks_of_it(town: VisitTown, said: str) -> None:
    booked(town)
    at(town, "08:30")
    assert tell(town, said) is None
    say(town, Act.CHECK_IN)
    turn = tell(town, said)
    assert turn and "A001" in turn.replies[0].text and "1、2号窗口" in turn.replies[0].text


def test_a_number_that_was_called_in_vain_is_told_among_the_own_bookings(town: VisitTown) -> None:
    visit = booked(town)
    at(town, "09:00")
    say(town, Act.CHECK_IN)
    call_next(town.means, TOWN_HALL, "1", "wang")
    miss(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
    for turn in (say(town, Act.MY_APPOINTMENTS), tell(town, "我现在怎么办")):
        assert turn and "叫过没有人到" in turn.replies[0].text


def test_a_number_is_asked_for_too_early_without_beginning_another_booking(town: VisitTown) -> None:
    assert tell(town, "取号") is None
    booked(town)
    at(town, "07:00")
    turn = tell(town, "取号")
    assert turn and "08:00" in turn.replies[0].text


def test_without_a_ticket_the_hall_tells_how_many_wait(town: VisitTown) -> None:
    at(town, "09:30")
    turn = state(town, "现在人多不多")
    assert turn and "不用等" in turn.replies[0].text
    for number in (2, 3):
        take_ticket(town.means, TOWN_HALL, CARD, "kiosk:1", visitor_id=visitor(number))
    turn = state(town, "现在人多不多")
    assert turn and "有2人在等：A线前面2位" in turn.replies[0].text
    turn = state(town, "人多吗", Context(guide_id=CARD))
    assert turn and "前面有2位" in turn.replies[0].text
    at(town, "12:30")
    turn = state(town, "人多吗")
    assert turn and "13:30" in turn.replies[0].text


def test_how_many_people_an_item_takes_asks_of_no_queue(town: VisitTown) -> None:
    at(town, "09:30")
    assert state(town, "要几个人", Context(guide_id=CARD)) is None

"""At the counter: one citizen, one counter; who was missed can come back; who is sent on keeps a place in front."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.appointments.changing import cancel
from service_hall.queue.arriving import check_in, take_ticket
from service_hall.queue.calling import call_again, call_next, finish, miss, recall, serve, transfer
from service_hall.queue.outcomes import Done, Moving, Refused, Ticketed
from service_hall.visits.notices import NoticeKind
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Visit, VisitId, event_of
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.visit_town import (
    CARD,
    DOG,
    FELLING,
    MONDAY,
    SetClock,
    VisitTown,
    as_it_stands,
    booked,
    moment,
    outbox,
    visitor,
)

CLERK = "wang"


class Hall:
    """The town's hall on Monday at ten, with its counters: 1 and 2 for cards, 3 for trees."""

    def __init__(self) -> None:
        self.town = VisitTown(clock=SetClock(moment(MONDAY, "10:00")))
        self.means = self.town.means

    def arrive(self, number: int = 0, guide_id: str = CARD) -> Visit:
        """`number`: of the visitor; 0: nobody known."""
        owner = visitor(number) if number else None
        outcome = take_ticket(self.means, TOWN_HALL, guide_id, "kiosk:1", visitor_id=owner)
        assert isinstance(outcome, Ticketed), outcome
        return outcome.visit

    def call(self, counter: str = "1") -> Visit:
        return done(call_next(self.means, TOWN_HALL, counter, CLERK))

    def now(self, visit: Visit) -> Visit:
        return as_it_stands(self.town, visit)

    def pass_by(self, minutes: int) -> None:
        self.town.clock.at += timedelta(minutes=minutes)


def done(outcome: Moving) -> Visit:
    assert isinstance(outcome, Done), outcome
    return outcome.visit


@pytest.fixture
def hall() -> Hall:
    return Hall()


class TestCalling:
    def test_the_first_is_called_to_the_counter(self, hall: Hall) -> None:
        first, second = hall.arrive(), hall.arrive()
        called = hall.call("2")
        assert (called.visit_id, called.status, called.counter, called.calls) == (first.visit_id, Status.CALLED, "2", 1)
        assert called.called_at == hall.town.clock.at
        assert hall.now(second) == second

    def test_two_counters_never_call_one(self, hall: Hall) -> None:
        visits = [hall.arrive(), hall.arrive()]
        assert {hall.call("1").visit_id, hall.call("2").visit_id} == {visit.visit_id for visit in visits}

    def test_a_counter_calls_its_own_line_alone(self, hall: Hall) -> None:
        hall.arrive()
        trees = hall.arrive(guide_id=FELLING)
        assert hall.call("3").visit_id == trees.visit_id

    def test_with_somebody_at_the_counter_nobody_else_is_called(self, hall: Hall) -> None:
        hall.arrive(), hall.arrive()
        hall.call()
        assert call_next(hall.means, TOWN_HALL, "1", CLERK) == Refused("counter_busy")

    def test_with_nobody_waiting_nobody_is_called(self, hall: Hall) -> None:
        hall.arrive(guide_id=FELLING)
        assert call_next(hall.means, TOWN_HALL, "1", CLERK) == Refused("nobody_waiting")

    def test_who_cancelled_is_not_called(self, hall: Hall) -> None:
        cancel(hall.means, visitor(1), hall.arrive(1).code)
        assert call_next(hall.means, TOWN_HALL, "1", CLERK) == Refused("nobody_waiting")

    def test_a_booking_whose_time_has_come_is_called_before_walk_ins(self) -> None:
        hall = Hall()
        hall.town.clock.at = moment(MONDAY, "08:00")
        visit = booked(hall.town, at=moment(MONDAY, "10:00"))
        hall.town.clock.at = moment(MONDAY, "09:50")
        hall.arrive()
        hall.pass_by(10)
        check_in(hall.means, visit.code, "kiosk:1")
        assert hall.call().visit_id == visit.visit_id

    @pytest.mark.parametrize(
        ("office_id", "counter", "reason"),
        [("nowhere", "1", "unknown_office"), (TOWN_HALL, "9", "unknown_counter"), (TOWN_HALL, "", "unknown_counter")],
    )
    def test_a_counter_that_is_none_calls_nobody(self, hall: Hall, office_id: str, counter: str, reason: str) -> None:
        hall.arrive()
        outcome = call_next(hall.means, office_id, counter, CLERK)
        assert outcome == Refused(reason)
        assert isinstance(outcome, Refused) and outcome.message

    def test_the_call_is_told_to_whoever_is_at_a_door(self, hall: Hall) -> None:
        hall.arrive(1), hall.arrive()
        hall.call("1"), hall.call("2")
        assert [each.visitor_id for each in outbox(hall.town, NoticeKind.CALLED)] == [visitor(1)]

    def test_calling_again_counts_the_calls(self, hall: Hall) -> None:
        visit = hall.arrive(1)
        hall.call()
        hall.pass_by(1)
        again = done(call_again(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK))
        assert (again.calls, again.called_at, again.status) == (2, hall.town.clock.at, Status.CALLED)
        assert len(outbox(hall.town, NoticeKind.CALLED)) == 2

    def test_three_presses_at_once_call_again_once(self, hall: Hall) -> None:
        visit = hall.arrive(1)
        hall.call()
        for _ in range(3):
            assert done(call_again(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK)).calls == 2
        assert len(outbox(hall.town, NoticeKind.CALLED)) == 2
        hall.pass_by(1)
        assert done(call_again(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK)).calls == 3

    def test_a_counter_with_somebody_left_from_yesterday_calls_nobody_until_that_is_ended(self, hall: Hall) -> None:
        visit = hall.arrive()
        hall.call()
        hall.town.clock.at += timedelta(days=1)
        hall.arrive()
        assert call_next(hall.means, TOWN_HALL, "1", CLERK) == Refused("counter_busy")
        done(finish(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK))
        assert hall.call().ticket == "A001"


class TestAlmostCalled:
    def test_who_is_among_the_next_two_is_told_once(self, hall: Hall) -> None:
        visits = [hall.arrive(number) for number in range(1, 6)]
        hall.call("1")
        told = outbox(hall.town, NoticeKind.ALMOST_CALLED)
        assert {each.visit_id for each in told} == {visit.visit_id for visit in visits[1:3]}
        hall.call("2")
        told = outbox(hall.town, NoticeKind.ALMOST_CALLED)
        assert sorted(each.visitor_id or "" for each in told) == [visitor(2), visitor(3), visitor(4)]

    def test_nobody_behind_them_is_told(self, hall: Hall) -> None:
        hall.arrive()
        hall.arrive(guide_id=FELLING)
        hall.call()
        assert outbox(hall.town, NoticeKind.ALMOST_CALLED) == []


class TestServing:
    def test_from_the_call_to_the_end(self, hall: Hall) -> None:
        visit = hall.arrive(1)
        hall.call()
        hall.pass_by(1)
        assert done(serve(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK)).status is Status.SERVING
        hall.pass_by(12)
        ended = done(finish(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK))
        assert (ended.status, ended.ended_at) == (Status.FINISHED, hall.town.clock.at)
        assert hall.town.ledger.read(lambda page: page.service_minutes(TOWN_HALL, "cards", MONDAY)) == [12]
        assert [each.visitor_id for each in outbox(hall.town, NoticeKind.FINISHED)] == [visitor(1)]

    def test_straight_from_the_call_it_counts_from_the_call(self, hall: Hall) -> None:
        visit = hall.arrive()
        hall.call()
        hall.pass_by(9)
        ended = done(finish(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK))
        assert ended.status is Status.FINISHED
        assert hall.town.ledger.read(lambda page: page.service_minutes(TOWN_HALL, "cards", MONDAY)) == [9]

    def test_finishing_twice_is_refused_the_second_time(self, hall: Hall) -> None:
        visit = hall.arrive()
        hall.call()
        done(finish(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK))
        assert finish(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK) == Refused("moved_already")

    def test_another_counter_cannot_meddle(self, hall: Hall) -> None:
        visit = hall.arrive()
        hall.call("1")
        for move in (call_again, serve, finish, miss):
            assert move(hall.means, TOWN_HALL, "2", visit.visit_id, CLERK) == Refused("moved_already")
        assert hall.now(visit).counter == "1"

    def test_another_office_cannot_meddle(self, hall: Hall) -> None:
        visit = hall.arrive()
        hall.call("1")
        assert finish(hall.means, EAST_HALL, "1", visit.visit_id, CLERK) == Refused("no_such_move")

    def test_who_is_served_is_neither_missed_nor_called_again(self, hall: Hall) -> None:
        visit = hall.arrive()
        hall.call()
        serve(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK)
        for move in (miss, call_again, serve):
            assert move(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK) == Refused("no_such_move")

    def test_a_visit_that_is_none_is_refused(self, hall: Hall) -> None:
        assert finish(hall.means, TOWN_HALL, "1", VisitId("w_never"), CLERK) == Refused("no_such_move")

    def test_the_history_names_clerk_and_counter(self, hall: Hall) -> None:
        visit = hall.arrive()
        hall.call("2")
        last = hall.town.ledger.read(lambda page: page.history(visit.visit_id))[-1]
        assert (last.actor, last.note) == ("clerk:wang", {"counter": "2"})


class TestTheMissed:
    def missed(self, hall: Hall) -> Visit:
        visit = hall.arrive(1)
        hall.call()
        return done(miss(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK))

    def test_who_is_not_there_is_passed_over_and_told(self, hall: Hall) -> None:
        visit = self.missed(hall)
        assert (visit.status, visit.no_show) == (Status.MISSED, False)
        assert [each.visitor_id for each in outbox(hall.town, NoticeKind.MISSED_CALL)] == [visitor(1)]
        following = hall.arrive()
        assert hall.call().visit_id == following.visit_id

    def test_who_is_there_after_all_is_called_at_any_counter_of_the_line(self, hall: Hall) -> None:
        visit = self.missed(hall)
        called = done(recall(hall.means, TOWN_HALL, "2", visit.visit_id, CLERK))
        assert (called.status, called.counter, called.calls, called.ended_at) == (Status.CALLED, "2", 2, None)
        assert recall(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK) == Refused("moved_already")

    def test_a_counter_of_another_line_does_not_recall(self, hall: Hall) -> None:
        visit = self.missed(hall)
        assert recall(hall.means, TOWN_HALL, "3", visit.visit_id, CLERK) == Refused("no_such_move")
        assert hall.now(visit) == visit

    @pytest.mark.parametrize("counter", ["1", "2", "3"])
    def test_who_was_sent_on_is_recalled_where_that_was_and_at_the_own_line(self, hall: Hall, counter: str) -> None:
        visit = hall.arrive()
        hall.call("1")
        done(transfer(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK, "3"))
        hall.call("3")
        done(miss(hall.means, TOWN_HALL, "3", visit.visit_id, CLERK))
        assert done(recall(hall.means, TOWN_HALL, counter, visit.visit_id, CLERK)).counter == counter

    def test_who_never_came_is_not_recalled(self, hall: Hall) -> None:
        hall.town.clock.at = moment(MONDAY, "08:00")
        visit = booked(hall.town, at=moment(MONDAY, "09:00"))
        hall.town.clock.at = moment(MONDAY, "10:00")
        missed = visit.moved(Move.MISS, no_show=True)
        hall.town.ledger.write(
            [], lambda page: page.save(missed, event_of(visit, missed, Move.MISS, hall.town.clock.at, "hall"))
        )
        assert recall(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK) == Refused("no_such_move")

    @pytest.mark.parametrize(
        ("office_id", "counter", "reason"),
        [("nowhere", "1", "unknown_office"), (TOWN_HALL, "9", "unknown_counter"), (EAST_HALL, "1", "no_such_move")],
    )
    def test_only_at_a_counter_of_this_hall(self, hall: Hall, office_id: str, counter: str, reason: str) -> None:
        visit = self.missed(hall)
        assert recall(hall.means, office_id, counter, visit.visit_id, CLERK) == Refused(reason)

    def test_a_visit_that_is_none_is_not_recalled(self, hall: Hall) -> None:
        assert recall(hall.means, TOWN_HALL, "1", VisitId("w_never"), CLERK) == Refused("no_such_move")

    def test_with_somebody_at_the_counter_nobody_is_recalled(self, hall: Hall) -> None:
        visit = self.missed(hall)
        hall.arrive()
        hall.call()
        assert recall(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK) == Refused("counter_busy")

    def test_yesterdays_are_not_recalled(self, hall: Hall) -> None:
        visit = self.missed(hall)
        hall.town.clock.at += timedelta(days=1)
        assert recall(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK) == Refused("no_such_move")

    def test_who_waits_is_not_recalled(self, hall: Hall) -> None:
        visit = hall.arrive()
        assert recall(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK) == Refused("moved_already")

    def test_whoever_is_back_waits_behind_those_who_are_there(self, hall: Hall) -> None:
        visit = self.missed(hall)
        other = hall.arrive()
        hall.pass_by(1)
        check_in(hall.means, visit.code, "kiosk:1")
        assert [hall.call("1").visit_id, hall.call("2").visit_id] == [other.visit_id, visit.visit_id]

    def test_missed_again_and_called_again_all_day(self, hall: Hall) -> None:
        visit = self.missed(hall)
        for _ in range(3):
            done(recall(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK))
            done(miss(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK))
        done(recall(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK))
        assert done(finish(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK)).status is Status.FINISHED


class TestSendingOn:
    def sent(self, hall: Hall, to_counter: str = "2") -> Visit:
        visit = hall.arrive()
        hall.call("1")
        return done(transfer(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK, to_counter))

    def test_it_stands_in_front_at_the_other_counter(self, hall: Hall) -> None:
        hall.town.clock.at = moment(MONDAY, "08:00")
        due = booked(hall.town, at=moment(MONDAY, "09:00"))
        hall.town.clock.at = moment(MONDAY, "09:00")
        visit = self.sent(hall)
        check_in(hall.means, due.code, "kiosk:1")
        assert hall.call("2").visit_id == visit.visit_id

    def test_it_is_called_by_that_counter_alone(self, hall: Hall) -> None:
        self.sent(hall)
        assert call_next(hall.means, TOWN_HALL, "1", CLERK) == Refused("nobody_waiting")

    def test_a_counter_of_another_line_can_have_it(self, hall: Hall) -> None:
        visit = self.sent(hall, "3")
        hall.arrive(guide_id=FELLING)
        called = hall.call("3")
        assert (called.visit_id, called.counter, called.ticket) == (visit.visit_id, "3", "A001")
        assert done(finish(hall.means, TOWN_HALL, "3", visit.visit_id, CLERK)).status is Status.FINISHED

    def test_while_it_is_served_it_can_be_sent_on_too(self, hall: Hall) -> None:
        visit = hall.arrive()
        hall.call()
        serve(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK)
        sent = done(transfer(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK, "3"))
        assert (sent.status, sent.called_at, sent.serving_at, sent.calls) == (Status.CHECKED_IN, None, None, 0)

    def test_the_first_counter_is_free_again(self, hall: Hall) -> None:
        self.sent(hall)
        following = hall.arrive()
        assert hall.call("1").visit_id == following.visit_id

    @pytest.mark.parametrize(
        ("to_counter", "reason"), [("1", "same_counter"), ("9", "unknown_counter"), ("", "unknown_counter")]
    )
    def test_only_to_another_counter_of_the_hall(self, hall: Hall, to_counter: str, reason: str) -> None:
        visit = hall.arrive()
        hall.call("1")
        assert transfer(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK, to_counter) == Refused(reason)
        assert hall.now(visit).status is Status.CALLED

    def test_who_only_waits_is_not_sent_on(self, hall: Hall) -> None:
        visit = hall.arrive()
        assert transfer(hall.means, TOWN_HALL, "1", visit.visit_id, CLERK, "2") == Refused("moved_already")


def test_two_offices_do_not_share_a_queue() -> None:
    hall = Hall()
    outcome = take_ticket(hall.means, EAST_HALL, DOG, "kiosk:east")
    assert isinstance(outcome, Ticketed) and outcome.visit.ticket == "A001"
    assert call_next(hall.means, TOWN_HALL, "1", CLERK) == Refused("nobody_waiting")
    assert done(call_next(hall.means, EAST_HALL, "1", CLERK)).visit_id == outcome.visit.visit_id

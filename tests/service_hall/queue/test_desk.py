"""What the clerk sees; and the citizen's checklist with consent alone, each look noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from service_hall.appointments.own import share_with_clerk
from service_hall.queue.arriving import check_in, take_ticket
from service_hall.queue.calling import call_next, finish, miss, serve, transfer
from service_hall.queue.desk import Card, Desk, desk, look_at_pack
from service_hall.queue.outcomes import Done, Refused, Ticketed
from service_hall.visits.ledger import Look
from service_hall.visits.person import Person
from service_hall.visits.states import Move
from service_hall.visits.visit import Visit, VisitId, event_of
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.visit_town import CARD, FELLING, MONDAY, SetClock, VisitTown, as_it_stands, booked, moment, visitor

WANG = Person("王小明", "13800000001", "110101199003070011")


@pytest.fixture
def town() -> VisitTown:
    return VisitTown(clock=SetClock(moment(MONDAY, "10:00")))


def arrive(town: VisitTown, guide_id: str = CARD) -> Visit:
    outcome = take_ticket(town.means, TOWN_HALL, guide_id, "kiosk:1")
    assert isinstance(outcome, Ticketed)
    return outcome.visit


def call(town: VisitTown, counter: str) -> Visit:
    outcome = call_next(town.means, TOWN_HALL, counter, "wang")
    assert isinstance(outcome, Done)
    return outcome.visit


def at(town: VisitTown, counter: str) -> Desk:
    found = desk(town.means, TOWN_HALL, counter)
    assert isinstance(found, Desk)
    return found


def tickets(cards: Sequence[Card]) -> list[str]:
    return [card.visit.ticket for card in cards]


class TestTheDesk:
    def test_an_empty_desk(self, town: VisitTown) -> None:
        empty = at(town, "1")
        assert (empty.current, list(empty.waiting), list(empty.missed)) == (None, [], [])
        assert (empty.served_today, empty.average_minutes, empty.line.id) == (0, 0.0, "cards")
        assert list(empty.other_counters) == [("2", "A线"), ("3", "B线")]
        assert empty.calls_before_missed == 3

    def test_it_shows_its_own_line_the_next_one_in_front(self, town: VisitTown) -> None:
        arrive(town), arrive(town, FELLING), arrive(town)
        town.clock.at += timedelta(minutes=7)
        assert tickets(at(town, "1").waiting) == ["A001", "A002"]
        assert tickets(at(town, "3").waiting) == ["B001"]
        assert at(town, "1").waiting[0].waits_minutes == 7

    def test_whom_it_calls_is_there_and_nowhere_else(self, town: VisitTown) -> None:
        arrive(town)
        call(town, "2")
        current = at(town, "2").current
        assert current and current.visit.ticket == "A001"
        assert at(town, "1").current is None
        assert tickets(at(town, "1").waiting) == tickets(at(town, "2").waiting) == []

    def test_who_was_sent_on_is_shown_in_front_and_only_there(self, town: VisitTown) -> None:
        visit = arrive(town)
        arrive(town, FELLING)
        call(town, "1")
        transfer(town.means, TOWN_HALL, "1", visit.visit_id, "wang", "3")
        assert tickets(at(town, "3").waiting) == ["A001", "B001"]
        assert tickets(at(town, "1").waiting) == tickets(at(town, "2").waiting) == []

    def test_who_was_missed_is_shown_at_every_counter_of_the_line(self, town: VisitTown) -> None:
        visit = arrive(town)
        call(town, "1")
        miss(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
        assert [tickets(at(town, counter).missed) for counter in ("1", "2", "3")] == [["A001"], ["A001"], []]

    def test_who_was_sent_on_and_missed_is_shown_where_that_was(self, town: VisitTown) -> None:
        visit = arrive(town)
        call(town, "1")
        transfer(town.means, TOWN_HALL, "1", visit.visit_id, "wang", "3")
        call(town, "3")
        miss(town.means, TOWN_HALL, "3", visit.visit_id, "wang")
        assert tickets(at(town, "3").missed) == ["A001"]

    def test_the_day_is_counted(self, town: VisitTown) -> None:
        for minutes in (10, 5):
            visit = arrive(town)
            call(town, "1")
            serve(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
            town.clock.at += timedelta(minutes=minutes)
            finish(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
        assert (at(town, "1").served_today, at(town, "1").average_minutes) == (2, 7.5)

    def test_who_was_left_from_yesterday_is_shown_to_be_ended(self, town: VisitTown) -> None:
        arrive(town)
        call(town, "1")
        town.clock.at += timedelta(days=1)
        current = at(town, "1").current
        assert current and current.visit.ticket == "A001"

    def test_a_huge_queue_is_shown_in_part(self, town: VisitTown) -> None:
        for _ in range(70):
            arrive(town)
        assert len(at(town, "1").waiting) == 60

    @pytest.mark.parametrize(
        ("office_id", "counter", "reason"), [("nowhere", "1", "unknown_office"), (TOWN_HALL, "9", "unknown_counter")]
    )
    def test_a_counter_that_is_none_has_no_desk(
        self, town: VisitTown, office_id: str, counter: str, reason: str
    ) -> None:
        assert desk(town.means, office_id, counter) == Refused(reason)

    def test_a_card_holds_the_name_and_neither_phone_nor_number(self, town: VisitTown) -> None:
        town.clock.at = moment(MONDAY, "08:00")
        visit = booked(town, at=moment(MONDAY, "09:00"), person=WANG)
        check_in(town.means, visit.code, "kiosk:1")
        town.clock.at = moment(MONDAY, "09:00")
        arrive(town)
        first, second = at(town, "1").waiting
        assert (first.name, second.name) == (WANG.name, "")
        assert WANG.phone not in str(first) and WANG.id_number not in str(first)

    def test_a_person_whose_seal_is_broken_has_no_name(self, town: VisitTown) -> None:
        town.clock.at = moment(MONDAY, "08:00")
        visit, other = booked(town, 1, moment(MONDAY, "09:00")), booked(town, 2)
        check_in(town.means, visit.code, "kiosk:1")
        arrived = as_it_stands(town, visit)
        broken = replace(arrived, person=other.person, version=arrived.version + 1)
        town.ledger.write(
            [], lambda page: page.save(broken, event_of(arrived, broken, Move.CHECK_IN, town.clock.at, "hall"))
        )
        assert at(town, "1").waiting[0].name == ""


class TestLookingAtThePack:
    def visit(self, town: VisitTown, share: bool) -> Visit:
        town.clock.at = moment(MONDAY, "08:00")
        return booked(town, at=moment(MONDAY, "09:00"), share_with_clerk=share, question="借书证怎么办")

    def test_with_consent_it_is_shown_and_the_look_is_noted(self, town: VisitTown) -> None:
        visit = self.visit(town, share=True)
        for clerk in ("wang", "li"):
            shown = look_at_pack(town.means, TOWN_HALL, visit.visit_id, clerk)
            assert isinstance(shown, Visit)
            assert (shown.question, len(shown.pack.items)) == ("借书证怎么办", 2)
        assert town.ledger.read(lambda page: page.looks(visit.visit_id)) == [
            Look(visit.visit_id, town.clock.at, clerk, "pack") for clerk in ("wang", "li")
        ]

    def test_without_consent_nothing_is_shown_and_nothing_noted(self, town: VisitTown) -> None:
        visit = self.visit(town, share=False)
        assert look_at_pack(town.means, TOWN_HALL, visit.visit_id, "wang") == Refused("no_consent")
        assert town.ledger.read(lambda page: page.looks(visit.visit_id)) == []

    def test_consent_can_be_taken_back(self, town: VisitTown) -> None:
        visit = self.visit(town, share=True)
        share_with_clerk(town.means, visitor(), visit.code, False)
        assert look_at_pack(town.means, TOWN_HALL, visit.visit_id, "wang") == Refused("no_consent")

    def test_another_office_sees_nothing(self, town: VisitTown) -> None:
        visit = self.visit(town, share=True)
        assert look_at_pack(town.means, EAST_HALL, visit.visit_id, "wang") == Refused("no_such_move")
        assert look_at_pack(town.means, TOWN_HALL, VisitId("w_never"), "wang") == Refused("no_such_move")

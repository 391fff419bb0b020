"""How many bookings whoever books may have at once; what others booked, in whatever name, counts for nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from service_hall.appointments.changing import cancel
from service_hall.appointments.outcomes import Booked, Booking, Held, LimitReached, ProofNeeded
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import book, hold
from service_hall.queue.arriving import check_in
from service_hall.queue.calling import call_next, finish
from service_hall.visits.person import Person
from service_hall.visits.visit import Share
from tests.fakes import TOWN_HALL
from tests.proofs import FakeSms
from tests.visit_town import (
    CARD,
    FELLING,
    LOST,
    MONDAY,
    SetClock,
    VisitTown,
    booked,
    moment,
    request,
    somebody,
    visitor,
)

TUESDAY = MONDAY + timedelta(days=1)
TEN = moment(TUESDAY, "10:00")
NUMBER = "110101199003070011"
ONE_OF_THIS_ITEM = LimitReached("person_and_item", 1)


def test_one_visitor_books_an_item_once_for_a_person() -> None:
    town = VisitTown()
    booked(town, 1)
    assert book(town.means, request(1, TEN, key="another")) == ONE_OF_THIS_ITEM


def test_what_others_booked_in_somebodys_name_is_not_held_against_her() -> None:
    """A stranger who types her name and phone learns nothing, and takes nothing from her."""
    town = VisitTown()
    town.change_rules(active_per_person=1)
    booked(town, 1)
    for number in (2, 3):
        booked(town, number, TEN, person=somebody(1))
    booked(town, 1, key="another", person=somebody(4), wanted=Wanted(LOST, TOWN_HALL, TEN + timedelta(hours=1)))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (Person("王小明", "13800000001", NUMBER), Person("王小明", "13900000002", NUMBER), True),
        (Person("王小明", "13800000001", NUMBER), Person("王晓明", "13900000002", NUMBER), True),
        (Person("王小明", "13800000001", NUMBER), Person("王小明", "13800000001"), True),
        (Person("王小明", "13800000001"), Person("王小明", "13800000001", NUMBER), True),
        (Person("王小明", "13800000001"), Person("王大明", "13800000001"), False),
        (Person("王小明", "13800000001"), Person("王小明", "13900000002"), False),
        (Person("王小明", "13800000001", NUMBER), Person("王小明", "13900000002"), False),
    ],
)
def test_a_person_is_known_by_the_number_or_by_name_and_phone(first: Person, second: Person, same: bool) -> None:
    town = VisitTown()
    booked(town, 1, person=first)
    outcome = book(town.means, request(1, TEN, person=second, key="another"))
    assert (outcome == ONE_OF_THIS_ITEM) is same
    assert isinstance(outcome, Booked) is not same


def test_another_item_is_another_booking() -> None:
    town = VisitTown()
    booked(town)
    assert isinstance(book(town.means, request(key="2", wanted=Wanted(LOST, TOWN_HALL, TEN))), Booked)


def test_a_person_may_have_so_many_at_once() -> None:
    town = VisitTown()
    town.change_rules(active_per_person=2)
    booked(town, key="1")
    booked(town, key="2", wanted=Wanted(LOST, TOWN_HALL, TEN))
    outcome = book(town.means, request(key="3", wanted=Wanted(FELLING, TOWN_HALL, TEN)))
    assert outcome == LimitReached("person", 2)
    assert isinstance(outcome, LimitReached) and "2" in outcome.message


def test_a_cancelled_booking_counts_no_more() -> None:
    town = VisitTown()
    visit = booked(town)
    cancel(town.means, visitor(), visit.code)
    assert isinstance(book(town.means, request(key="again")), Booked)


def test_a_finished_visit_counts_no_more_and_one_in_the_hall_does() -> None:
    town = VisitTown(clock=(clock := SetClock()))
    visit = booked(town)
    clock.set(TUESDAY, "08:30")
    check_in(town.means, visit.code, "kiosk:1")
    assert book(town.means, request(1, TEN, key="another")) == ONE_OF_THIS_ITEM
    call_next(town.means, TOWN_HALL, "1", "wang")
    finish(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
    assert isinstance(book(town.means, request(1, TEN, key="another")), Booked)


def test_a_visitor_may_book_for_so_many_others() -> None:
    town = VisitTown()
    town.change_rules(active_per_visitor=2)
    for number in (1, 2):
        booked(town, number, visitor_id=visitor(9))
    outcome = book(town.means, request(3, TEN, visitor_id=visitor(9)))
    assert outcome == LimitReached("visitor", 2)


def test_holds_count_for_the_visitor_until_they_run_out() -> None:
    town = VisitTown(clock=(clock := SetClock()))
    town.change_rules(active_per_visitor=1)
    hold(town.means, visitor(), Wanted(CARD, TOWN_HALL, TEN))
    assert hold(town.means, visitor(), Wanted(FELLING, TOWN_HALL, TEN)) == LimitReached("visitor", 1)
    clock.pass_by(minutes=10)
    assert isinstance(hold(town.means, visitor(), Wanted(FELLING, TOWN_HALL, TEN)), Held)


def test_staff_are_not_limited_as_a_visitor_is() -> None:
    town = VisitTown()
    town.change_rules(active_per_visitor=1)

    def inside(clock: str) -> Wanted:
        return Wanted(CARD, TOWN_HALL, moment(TUESDAY, clock), Share.INTERNAL)

    for number, clock in enumerate(("09:00", "09:30", "10:00")):
        booked(town, number, visitor_id="clerk:wang", wanted=inside(clock))
    again = request(4, visitor_id="clerk:li", person=somebody(1), wanted=inside("11:00"))
    assert book(town.means, again) == ONE_OF_THIS_ITEM


def test_what_a_citizen_booked_does_not_stop_staff_nor_the_other_way_round() -> None:
    town = VisitTown()
    booked(town, 1)
    booked(town, 1, visitor_id="clerk:wang", wanted=Wanted(CARD, TOWN_HALL, TEN, Share.INTERNAL))
    booked(town, 2, person=somebody(1))


class TestAConfirmedPhone:
    """Whoever holds the phone is who books, whatever browser it is done from."""

    def town(self) -> tuple[VisitTown, FakeSms]:
        sms = FakeSms()
        town = VisitTown(sms=sms)
        town.change_rules(bookings_per_device=0)
        return town, sms

    def book(self, town: VisitTown, sms: FakeSms, number: int, **changed: Any) -> Booking:
        """With the code that comes to the phone."""
        asked = request(number, **changed)
        assert isinstance(book(town.means, asked), ProofNeeded)
        return book(town.means, replace(asked, proof=sms.told))

    def test_books_an_item_once_for_a_person(self) -> None:
        town, sms = self.town()
        assert isinstance(self.book(town, sms, 1), Booked)
        outcome = self.book(town, sms, 2, at=TEN, person=somebody(1))
        assert outcome == LimitReached("phone_and_person", 0)
        assert isinstance(outcome, LimitReached) and outcome.message.endswith("。")

    def test_may_have_so_many_at_once(self) -> None:
        town, sms = self.town()
        town.change_rules(active_per_visitor=1)
        family = Person("王小明", somebody(1).phone)
        assert isinstance(self.book(town, sms, 1), Booked)
        assert self.book(town, sms, 2, at=TEN, person=family) == LimitReached("phone", 1)

    def test_that_somebody_else_only_wrote_down_counts_for_nothing(self) -> None:
        town, sms = self.town()
        town.change_rules(bookings_per_device=1)
        booked(town, 2, TEN, person=somebody(1))
        booked(town, 1, key="within the budget", person=somebody(5))
        assert isinstance(self.book(town, sms, 1), Booked)

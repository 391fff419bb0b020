"""Many at once, on both databases: no place is given twice, nobody is called twice, nobody is forgotten or blocked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from server.storage.engine import Database
from service_hall.appointments import changing, closing, reserving, waiting_list
from service_hall.appointments.outcomes import (
    Booked,
    Booking,
    Cancelled,
    Cancelling,
    Held,
    LimitReached,
    NotOpen,
    SlotFull,
    Wished,
)
from service_hall.appointments.places import MOST_ALTERNATIVES, Wanted
from service_hall.queue import arriving, calling
from service_hall.queue.outcomes import Done, Refused, Ticketed
from service_hall.visits.ledger import Load
from service_hall.visits.states import TAKES_PLACE, Status
from service_hall.visits.visit import Share, Visit
from tests.contract.conftest import OpenAgain
from tests.contract.crowds import MINUTES, NINE, PLACES, TUESDAY, a_town, at_once, roomy_offices
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.visit_town import CARD, DOG, MONDAY, VisitTown, moment, request, somebody, visitor


@pytest.fixture
def town(engine: Database) -> VisitTown:
    return a_town(engine)


@pytest.fixture
def small_town(engine: Database) -> VisitTown:
    """One place a slot."""
    return a_town(engine, places=1)


def booking(town: VisitTown, number: int, **changed: Any) -> Callable[[], Booking]:
    return lambda: reserving.book(town.means, request(number, **changed))


def booked_of(outcomes: Sequence[object]) -> list[Visit]:
    return [outcome.visit for outcome in outcomes if isinstance(outcome, Booked)]


def loads_of(town: VisitTown, office_id: str = TOWN_HALL, line_id: str = "cards") -> list[Load]:
    now = town.clock()
    return town.ledger.read(lambda page: page.loads(office_id, line_id, MONDAY, TUESDAY + timedelta(days=14), now))


def standing_in(town: VisitTown, office_id: str = TOWN_HALL) -> list[Visit]:
    last = MONDAY + timedelta(days=14)
    return town.ledger.read(lambda page: page.of_office(office_id, MONDAY, last, TAKES_PLACE))


def now_of(town: VisitTown, visit: Visit) -> Visit:
    found = town.ledger.read(lambda page: page.visit(visit.visit_id))
    assert found is not None
    return found


class TestPlaces:
    def test_of_two_hundred_visitors_twenty_get_the_twenty_places(self, town: VisitTown) -> None:
        outcomes = at_once([booking(town, number) for number in range(200)])
        booked = booked_of(outcomes)
        full = [outcome for outcome in outcomes if isinstance(outcome, SlotFull)]
        assert (len(booked), len(full)) == (PLACES, 200 - PLACES)
        assert all(len(each.alternatives) == MOST_ALTERNATIVES for each in full)
        assert all(opening.left > 0 and opening.starts_at != NINE for each in full for opening in each.alternatives)
        assert loads_of(town) == [Load(NINE, public=PLACES * MINUTES)]
        assert len({visit.code for visit in booked}) == PLACES
        assert {visit.visit_id for visit in standing_in(town)} == {visit.visit_id for visit in booked}

    def test_two_nodes_on_one_database_give_no_place_twice(self, town: VisitTown, another_node: OpenAgain) -> None:
        other = a_town(another_node())
        outcomes = at_once([booking(each, number) for number in range(60) for each in [(town, other)[number % 2]]])
        assert len(booked_of(outcomes)) == PLACES
        assert loads_of(town) == loads_of(other) == [Load(NINE, public=PLACES * MINUTES)]

    def test_holds_and_bookings_share_the_places(self, town: VisitTown) -> None:
        wanted = request().wanted
        asking: list[Callable[[], Booking | Held]] = []
        for number in range(0, 80, 2):
            asking.append(lambda of=number: reserving.hold(town.means, visitor(of), wanted))  # type: ignore[misc]
            asking.append(booking(town, number + 1))
        outcomes = at_once(asking)
        held = [outcome.visit for outcome in outcomes if isinstance(outcome, Held)]
        assert len(booked_of(outcomes)) + len(held) == PLACES
        for each in held:
            number = int((each.visitor_id or "").removeprefix("v_"))
            assert isinstance(reserving.confirm(town.means, each.code, request(number)), Booked)
        assert loads_of(town) == [Load(NINE, public=PLACES * MINUTES)]

    def test_rescheduling_into_the_last_place_succeeds_once(self, small_town: VisitTown) -> None:
        slots = [NINE + timedelta(days=day) for day in range(1, 9) if (NINE + timedelta(days=day)).weekday() < 5]
        booked = booked_of([booking(small_town, number, at=at)() for number, at in enumerate(slots)])
        outcomes = at_once(
            [
                lambda it=each, of=number: changing.reschedule(small_town.means, visitor(of), it.code, NINE)  # type: ignore[misc]
                for number, each in enumerate(booked)
            ]
        )
        assert Counter(type(outcome).__name__ for outcome in outcomes) == {"Moved": 1, "SlotFull": len(booked) - 1}
        assert {load.public for load in loads_of(small_town)} == {MINUTES}
        assert len(standing_in(small_town)) == len(booked)

    def test_a_place_given_back_is_taken_once(self, small_town: VisitTown) -> None:
        for turn in range(5):
            at = NINE + timedelta(minutes=30 * turn)
            [first] = booked_of([booking(small_town, 100 * turn, at=at)()])
            cancelling: Callable[[], Cancelling | Booking] = lambda it=first, of=turn: changing.cancel(  # type: ignore[misc]  # noqa: E731
                small_town.means, visitor(100 * of), it.code
            )
            rivals = [booking(small_town, 100 * turn + number, at=at) for number in range(1, 9)]
            cancelled, *outcomes = at_once([cancelling, *rivals])
            assert isinstance(cancelled, Cancelled)
            assert len(booked_of(outcomes)) <= 1
            after = booking(small_town, 100 * turn + 50, at=at)()
            assert len(booked_of([*outcomes, after])) == 1
        assert {load.public for load in loads_of(small_town)} == {MINUTES}

    def test_a_freed_place_is_offered_to_one_of_those_who_wait(self, small_town: VisitTown) -> None:
        [first] = booked_of([booking(small_town, 1)()])
        only_then = waiting_list.WishFor(CARD, TOWN_HALL, TUESDAY, TUESDAY, "09:00", "09:30")
        for number in range(2, 6):
            joined = waiting_list.join(small_town.means, visitor(number), only_then, somebody(number))
            assert isinstance(joined, Wished)
            small_town.clock.at += timedelta(seconds=1)
        at_once(
            [
                *[lambda: changing.cancel(small_town.means, visitor(1), first.code)] * 4,
                *(booking(small_town, number) for number in range(10, 16)),
            ]
        )
        [offered] = [visit for visit in standing_in(small_town) if visit.status is Status.HELD]
        assert offered.visitor_id == visitor(2)
        assert loads_of(small_town) == [Load(NINE, public=MINUTES)]


class TestOneBookingEach:
    def test_one_key_fired_twenty_times_is_one_booking(self, town: VisitTown) -> None:
        outcomes = at_once([booking(town, 1)] * 20)
        assert len({visit.visit_id for visit in booked_of(outcomes)}) == 1
        assert len(booked_of(outcomes)) == 20
        assert sum(isinstance(outcome, Booked) and outcome.is_new for outcome in outcomes) == 1
        assert loads_of(town) == [Load(NINE, public=MINUTES)]

    def test_one_visitor_at_ten_doors_books_an_item_once_for_a_person(self, town: VisitTown) -> None:
        starts = [NINE + timedelta(minutes=30 * number) for number in range(5)]
        outcomes = at_once(
            [
                booking(town, number, at=starts[number % 5], visitor_id=visitor(0), person=somebody(1))
                for number in range(10)
            ]
        )
        assert len(booked_of(outcomes)) == 1
        assert [outcome.kind for outcome in outcomes if isinstance(outcome, LimitReached)] == ["person_and_item"] * 9
        assert len(standing_in(town)) == 1

    def test_one_visitor_books_for_others_up_to_the_limit(self, town: VisitTown) -> None:
        limit = town.rules.active_per_visitor
        outcomes = at_once([booking(town, number, visitor_id=visitor(0)) for number in range(12)])
        assert len(booked_of(outcomes)) == limit
        assert [outcome.kind for outcome in outcomes if isinstance(outcome, LimitReached)] == ["visitor"] * (12 - limit)

    def test_a_walk_in_who_taps_many_times_has_one_ticket(self, town: VisitTown) -> None:
        town.clock.at = moment(MONDAY, "09:00")
        taps = at_once([lambda: arriving.take_ticket(town.means, TOWN_HALL, CARD, "kiosk:1", "tap")] * 12)
        assert {tap.visit.ticket for tap in taps if isinstance(tap, Ticketed)} == {"A001"}
        assert len(standing_in(town)) == 1


class TestInTheHall:
    def test_every_ticket_of_a_day_is_another(self, town: VisitTown) -> None:
        town.clock.at = moment(MONDAY, "09:00")
        taken = at_once(
            [
                lambda of=number: arriving.take_ticket(town.means, TOWN_HALL, CARD, "kiosk:1", f"tap {of}")  # type: ignore[misc]
                for number in range(25)
            ]
        )
        tickets = sorted(each.visit.ticket for each in taken if isinstance(each, Ticketed))
        assert tickets == [f"A{number:03d}" for number in range(1, 26)]

    def test_clerks_who_press_at_once_call_nobody_twice(self, town: VisitTown) -> None:
        town.clock.at = moment(MONDAY, "09:00")
        for number in range(16):
            arriving.take_ticket(town.means, TOWN_HALL, CARD, "kiosk:1", f"tap {number}")
        called: Counter[str] = Counter()

        def clerk(counter: str) -> None:
            while True:
                outcome = calling.call_next(town.means, TOWN_HALL, counter, "wang")
                match outcome:
                    case Done(visit):
                        called[visit.ticket] += 1
                        finished = calling.finish(town.means, TOWN_HALL, counter, visit.visit_id, "wang")
                        assert isinstance(finished, Done)
                    case Refused("nobody_waiting"):
                        return
                    case Refused(reason):
                        assert reason == "counter_busy"

        # Two counters, and at each the button is pressed by two hands.
        at_once([lambda at=counter: clerk(at) for counter in ("1", "2", "1", "2")])  # type: ignore[misc]
        assert called == {f"A{number:03d}": 1 for number in range(1, 17)}
        assert {visit.calls for visit in standing_in(town)} == {1}

    def test_one_counter_has_one_citizen(self, town: VisitTown) -> None:
        town.clock.at = moment(MONDAY, "09:00")
        for number in range(8):
            arriving.take_ticket(town.means, TOWN_HALL, CARD, "kiosk:1", f"tap {number}")
        outcomes = at_once([lambda: calling.call_next(town.means, TOWN_HALL, "1", "wang")] * 8)
        assert sum(isinstance(outcome, Done) for outcome in outcomes) == 1
        assert {outcome.reason for outcome in outcomes if isinstance(outcome, Refused)} == {"counter_busy"}

    def test_of_all_moves_at_a_counter_one_is_made(self, town: VisitTown) -> None:
        town.clock.at = moment(MONDAY, "09:00")
        arriving.take_ticket(town.means, TOWN_HALL, CARD, "kiosk:1", "tap")
        called = calling.call_next(town.means, TOWN_HALL, "1", "wang")
        assert isinstance(called, Done)
        who = called.visit.visit_id
        outcomes = at_once(
            [
                *[lambda: calling.finish(town.means, TOWN_HALL, "1", who, "wang")] * 3,
                *[lambda: calling.miss(town.means, TOWN_HALL, "1", who, "wang")] * 3,
                *[lambda: calling.transfer(town.means, TOWN_HALL, "1", who, "wang", "2")] * 3,
            ]
        )
        assert sum(isinstance(outcome, Done) for outcome in outcomes) == 1
        versions = [event.version for event in town.ledger.read(lambda page: page.history(who))]
        assert versions == list(range(1, now_of(town, called.visit).version + 1))


class TestClosing:
    @pytest.mark.parametrize("remedy", list(closing.Remedy))
    def test_who_books_while_the_slot_is_closed_stands_in_the_lists(
        self, town: VisitTown, remedy: closing.Remedy
    ) -> None:
        wanted = closing.ToClose(TOWN_HALL, NINE, NINE + timedelta(minutes=30), "停电")
        asking: list[Callable[[], Booking | closing.Closed]] = [booking(town, number) for number in range(30)]
        asking.insert(10, lambda: closing.close(town.means, wanted, remedy, "wang"))
        outcomes = at_once(asking)
        [closed] = [outcome for outcome in outcomes if isinstance(outcome, closing.Closed)]
        listed = [visit.visit_id for visit in (*closed.moved, *closed.displaced, *closed.let_go, *closed.waiting)]
        booked = booked_of(outcomes)
        assert sorted(listed) == sorted(visit.visit_id for visit in booked)
        assert len(booked) <= PLACES
        for visit in booked:
            after = now_of(town, visit)
            assert after.status is Status.BOOKED
            assert after.displaced or after.starts_at != NINE
        refusals = {outcome.reason for outcome in outcomes if isinstance(outcome, NotOpen)}
        assert refusals <= {"no_opening"}
        assert all(load.public <= PLACES * MINUTES for load in loads_of(town))

    def test_two_closings_and_a_reopening_lose_nobody(self, town: VisitTown) -> None:
        booked = booked_of([booking(town, number)() for number in range(PLACES)])
        before_noon = closing.ToClose(TOWN_HALL, NINE, NINE + timedelta(hours=3), "停电")
        first = closing.close(town.means, before_noon, closing.Remedy.NOTIFY, "wang")
        at_once(
            [
                lambda: closing.reopen(town.means, TOWN_HALL, first.closure.closure_id, "wang"),
                lambda: closing.close(town.means, before_noon, closing.Remedy.NOTIFY, "li"),
                lambda: closing.close(town.means, before_noon, closing.Remedy.MOVE, "zhao"),
            ]
        )
        after = [now_of(town, visit) for visit in booked]
        assert all(visit.status is Status.BOOKED for visit in after)
        assert all(visit.displaced or (visit.starts_at or NINE) >= NINE + timedelta(hours=3) for visit in after)


class TestNobodyIsBlocked:
    def test_holds_swapped_between_two_offices(self, town: VisitTown) -> None:
        wanted = [Wanted(CARD, TOWN_HALL, NINE), Wanted(DOG, EAST_HALL, NINE)]

        def swap(number: int) -> None:
            held = reserving.hold(town.means, visitor(number), wanted[number % 2])
            for turn in range(1, 7):
                assert isinstance(held, Held)
                held = reserving.hold(town.means, visitor(number), wanted[(number + turn) % 2], held.visit.code)

        at_once([lambda of=number: swap(of) for number in range(8)])  # type: ignore[misc]
        loads = [*loads_of(town), *loads_of(town, EAST_HALL, "town")]
        assert sum(load.public for load in loads) == 8 * MINUTES

    def test_families_that_share_a_phone_and_a_number(self, town: VisitTown) -> None:
        """Persons whose keys cross, booked by staff: the locks are taken in one order for all."""
        town.change_offices(roomy_offices(places=10, internal_percent=50))
        inside = Wanted(CARD, TOWN_HALL, NINE, Share.INTERNAL)
        family = [replace(somebody(number % 4), id_number=f"number {number % 3}") for number in range(24)]
        outcomes = at_once(
            [
                booking(town, number, person=person, wanted=inside, visitor_id=f"clerk:{number % 3}")
                for number, person in enumerate(family)
            ]
        )
        assert len(outcomes) == 24
        standing = standing_in(town)
        keys = [key for visit in standing if visit.person for key in visit.person.keys]
        assert len(keys) == len(set(keys))
        assert standing

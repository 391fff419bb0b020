"""Many bookings from one address: shown to staff, released in one go, or kept as they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.appointments.outcomes import Wished
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import accept, hold
from service_hall.appointments.series import MOST_AT_ONCE, Series, is_suspicious, keep, release, series_at
from service_hall.appointments.waiting_list import WishFor, join
from service_hall.shared.clock import SHANGHAI
from service_hall.visits.notices import NoticeKind
from service_hall.visits.states import Move, Status
from service_hall.visits.takings import Taking
from service_hall.visits.visit import Visit, VisitId, event_of
from service_hall.visits.waiting import WishStatus
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.proofs import HERE, THERE
from tests.visit_town import (
    CARD,
    DOG,
    MONDAY,
    VisitTown,
    as_it_stands,
    booked,
    figures,
    fill,
    moment,
    outbox,
    places_taken,
    somebody,
    visitor,
)

TUESDAY = MONDAY + timedelta(days=1)
STARTS = [moment(TUESDAY, clock) for clock in ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "13:30", "14:00")]
MANY = 5


def book_many(town: VisitTown, many: int = MANY, minutes_between: int = 1) -> list[Visit]:
    """By another visitor for another person each, from one address."""
    visits = []
    for number in range(many):
        visits.append(booked(town, number, STARTS[number % len(STARTS)], origin=HERE))
        town.clock.at += timedelta(minutes=minutes_between)
    return visits


def the_series(town: VisitTown) -> Series:
    [found] = series_at(town.means, TOWN_HALL)
    return found


class TestSeeing:
    def test_many_from_one_address_in_a_short_time_are_shown(self) -> None:
        town = VisitTown()
        visits = book_many(town)
        found = the_series(town)
        assert (found.bookings, found.waiting) == (MANY, 0)
        assert {visit.visit_id for visit in found.visits} == {visit.visit_id for visit in visits}
        assert found.last_at - found.first_at == timedelta(minutes=MANY - 1)

    def test_fewer_or_slower_ones_or_those_of_several_addresses_are_not(self) -> None:
        few, slow, several = VisitTown(), VisitTown(), VisitTown()
        book_many(few, MANY - 1)
        book_many(slow, minutes_between=8)
        for number in range(MANY):
            booked(several, number, STARTS[number], origin=(HERE, THERE)[number % 2])
        assert [series_at(town.means, TOWN_HALL) for town in (few, slow, several)] == [[], [], []]

    def test_far_above_the_budget_however_slowly_is_shown(self) -> None:
        town = VisitTown()
        town.change_rules(bookings_per_address=2, series_over_budget=2, series_bookings=100, bookings_per_device=1000)
        takings = [
            Taking(VisitId(str(number)), visitor(number), "here", moment(MONDAY, f"{9 + 2 * number:02}:00"))
            for number in range(4)
        ]
        assert is_suspicious(takings, town.rules)
        assert not is_suspicious(takings[:3], town.rules)
        over_midnight = [*takings[:3], Taking(VisitId("x"), visitor(9), "here", moment(TUESDAY, "00:01"))]
        assert not is_suspicious(over_midnight, town.rules)

    @pytest.mark.parametrize(("minutes", "shown"), [(29, True), (30, True), (31, False)])
    def test_the_window_is_kept_to_the_minute(self, minutes: int, shown: bool) -> None:
        moments = [moment(MONDAY, "09:00")] * (MANY - 1) + [moment(MONDAY, "09:00") + timedelta(minutes=minutes)]
        takings = [Taking(VisitId(str(at)), visitor(at), "here", when) for at, when in enumerate(moments)]
        assert is_suspicious(takings, figures()) is shown

    def test_holds_and_wishes_are_of_it_and_what_is_over_is_not(self) -> None:
        town = VisitTown()
        visits = book_many(town, 3)
        fill(town, "13:30")
        hold(town.means, visitor(8), Wanted(CARD, TOWN_HALL, STARTS[7]), origin=HERE)
        wish = WishFor(CARD, TOWN_HALL, TUESDAY, TUESDAY, "13:30", "14:00")
        join(town.means, visitor(9), wish, somebody(9), origin=HERE)
        found = the_series(town)
        assert (len(found.visits), found.waiting, found.bookings) == (4, 1, 5)
        town.clock.at = moment(TUESDAY, "17:00")
        assert len(the_series(town).visits) == len(visits)  # the hold has run out

    def test_every_office_sees_what_is_booked_there(self) -> None:
        town = VisitTown()
        book_many(town, MANY - 1)
        booked(town, 9, wanted=Wanted(DOG, EAST_HALL, STARTS[0]), origin=HERE)
        assert len(the_series(town).visits) == MANY - 1
        [at_east] = series_at(town.means, EAST_HALL)
        assert (len(at_east.visits), at_east.bookings) == (1, MANY)

    def test_after_some_days_it_is_nobodys_any_more(self) -> None:
        town = VisitTown()
        book_many(town)
        town.clock.at += timedelta(days=town.rules.origin_days)
        assert series_at(town.means, TOWN_HALL) == []


class TestReleasing:
    def test_all_are_cancelled_told_and_free_again(self) -> None:
        town = VisitTown()
        visits = book_many(town)
        before = places_taken(town)
        released = release(town.means, TOWN_HALL, the_series(town).series_id, "wang")
        assert released is not None and len(released) == MANY
        assert places_taken(town) == before - MANY
        for visit in visits:
            assert as_it_stands(town, visit).status is Status.CANCELLED
            last = town.ledger.read(lambda page, it=visit: page.history(it.visit_id))[-1]  # type: ignore[misc]
            assert (last.move, last.actor, last.note) == (Move.CANCEL, "clerk:wang", {"why": "series"})
        assert len(outbox(town, NoticeKind.RELEASED)) == MANY
        assert outbox(town, NoticeKind.DAY_BEFORE) == []
        assert series_at(town.means, TOWN_HALL) == []

    def test_the_places_go_to_whoever_waits_and_not_to_the_series_itself(self) -> None:
        town = VisitTown()
        book_many(town, 4)
        booked(town, 20, STARTS[0])
        wish = WishFor(CARD, TOWN_HALL, TUESDAY, TUESDAY, "09:00", "09:30")
        of_series = join(town.means, visitor(30), wish, somebody(30), origin=HERE)
        honest = join(town.means, visitor(31), wish, somebody(31), origin=THERE)
        assert isinstance(of_series, Wished) and isinstance(honest, Wished)
        release(town.means, TOWN_HALL, the_series(town).series_id, "wang")
        stand = [
            town.ledger.read(lambda page, it=each: page.wish(it.wish.wish_id))  # type: ignore[misc]
            for each in (of_series, honest)
        ]
        assert [wish.status for wish in stand if wish] == [WishStatus.WITHDRAWN, WishStatus.OFFERED]

    def test_what_was_offered_from_the_waiting_list_is_released_too(self) -> None:
        town = VisitTown()
        book_many(town, 4)
        wish = WishFor(CARD, TOWN_HALL, TUESDAY, TUESDAY, "14:00", "14:30")
        join(town.means, visitor(30), wish, somebody(30), origin=HERE)
        [offered] = town.ledger.read(lambda page: page.of_visitor(visitor(30)))
        accept(town.means, visitor(30), offered.code, HERE)
        released = release(town.means, TOWN_HALL, the_series(town).series_id, "wang")
        assert released is not None and offered.visit_id in {visit.visit_id for visit in released}

    def test_other_offices_are_left_to_their_own_staff(self) -> None:
        town = VisitTown()
        book_many(town)
        elsewhere = booked(town, 9, wanted=Wanted(DOG, EAST_HALL, STARTS[0]), origin=HERE)
        release(town.means, TOWN_HALL, the_series(town).series_id, "wang")
        assert as_it_stands(town, elsewhere).status is Status.BOOKED

    def test_who_is_in_the_hall_already_is_left_alone(self) -> None:
        town = VisitTown()
        first, *_ = book_many(town)
        arrived = first.moved(Move.CHECK_IN, ticket="A001")
        town.ledger.write(
            [], lambda page: page.save(arrived, event_of(first, arrived, Move.CHECK_IN, town.clock.at, "kiosk:1"))
        )
        release(town.means, TOWN_HALL, the_series(town).series_id, "wang")
        assert as_it_stands(town, first).status is Status.CHECKED_IN

    def test_again_or_under_another_name_nothing_happens(self) -> None:
        town = VisitTown()
        book_many(town)
        series_id = the_series(town).series_id
        assert release(town.means, TOWN_HALL, "nothing", "wang") is None
        assert release(town.means, EAST_HALL, series_id, "wang") is None
        assert release(town.means, TOWN_HALL, series_id, "wang")
        assert release(town.means, TOWN_HALL, series_id, "wang") is None

    def test_the_budget_is_not_given_back(self) -> None:
        town = VisitTown()
        book_many(town)
        release(town.means, TOWN_HALL, the_series(town).series_id, "wang")
        since = moment(MONDAY, "00:00").astimezone(SHANGHAI)
        assert town.ledger.read(lambda page: page.counted(visitor(1), "here", since)).of_address == MANY

    def test_a_great_many_go_in_several_turns(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert MOST_AT_ONCE > 10
        monkeypatch.setattr("service_hall.appointments.series.MOST_AT_ONCE", 2)
        town = VisitTown()
        book_many(town)
        released = release(town.means, TOWN_HALL, the_series(town).series_id, "wang")
        assert released is not None and len(released) == MANY


class TestKeeping:
    def test_one_that_is_kept_outlives_the_release(self) -> None:
        town = VisitTown()
        visits = book_many(town, MANY + 1)
        series_id = the_series(town).series_id
        assert keep(town.means, TOWN_HALL, series_id, [visits[2].visit_id], "wang") == 1
        assert len(the_series(town).visits) == MANY
        release(town.means, TOWN_HALL, series_id, "wang")
        stand = [as_it_stands(town, visit).status for visit in visits]
        assert stand.count(Status.BOOKED) == 1 and stand[2] is Status.BOOKED

    def test_all_that_are_kept_make_no_series_any_more(self) -> None:
        town = VisitTown()
        visits = book_many(town)
        keep(town.means, TOWN_HALL, the_series(town).series_id, [visit.visit_id for visit in visits], "wang")
        assert series_at(town.means, TOWN_HALL) == []

    def test_of_another_office_or_another_address_nothing_is_kept(self) -> None:
        town = VisitTown()
        visits = book_many(town)
        ids = [visit.visit_id for visit in visits]
        assert keep(town.means, EAST_HALL, "here", ids, "wang") == 0
        assert keep(town.means, TOWN_HALL, "there", ids, "wang") == 0
        assert the_series(town).bookings == MANY

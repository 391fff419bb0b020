"""Booking: one place, one key; where it is full, what is near."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest

from service_hall.appointments.changing import cancel
from service_hall.appointments.closing import Remedy, ToClose, close
from service_hall.appointments.openings import Opening
from service_hall.appointments.outcomes import Booked, NotOpen, SlotFull
from service_hall.appointments.own import visits_of
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import book, confirm
from service_hall.visits.means import person_of
from service_hall.visits.states import Status
from service_hall.visits.visit import Share
from tests.fakes import EAST_HALL, TOWN_HALL, WEST_HALL
from tests.visit_town import (
    CARD,
    DOG,
    FELLING,
    MONDAY,
    SetClock,
    VisitTown,
    as_it_stands,
    booked,
    fill,
    held,
    moment,
    outbox,
    places_taken,
    request,
    somebody,
    town_offices,
    visitor,
)

TUESDAY = MONDAY + timedelta(days=1)
NINE, TEN = moment(TUESDAY, "09:00"), moment(TUESDAY, "10:00")


class TestBooking:
    def test_a_booking_has_a_code_a_pack_and_a_sealed_person(self) -> None:
        town = VisitTown()
        outcome = book(town.means, request(share_with_clerk=True, question="借书证怎么办"))
        assert isinstance(outcome, Booked) and outcome.is_new
        visit = as_it_stands(town, outcome.visit)
        assert visit == outcome.visit
        assert (visit.status, visit.starts_at, visit.day, visit.line_id) == (Status.BOOKED, NINE, TUESDAY, "cards")
        assert (visit.minutes, visit.share, visit.held_until) == (15, Share.PUBLIC, None)
        assert (visit.share_with_clerk, visit.question) == (True, "借书证怎么办")
        assert [item.name for item in visit.pack.items] == ["居民身份证", "申请表"]
        assert visit.person and somebody().name not in visit.person.sealed
        assert person_of(town.means, visit) == somebody()

    def test_codes_are_long_and_never_alike(self) -> None:
        town = VisitTown()
        codes = {
            held(town, number, Wanted(CARD, TOWN_HALL, NINE + timedelta(days=number % 2))).code for number in (1, 2, 3)
        }
        assert len(codes) == 3 and all(len(code) == 10 for code in codes)

    def test_a_time_said_in_another_zone_is_the_same_time(self) -> None:
        visit = booked(VisitTown(), at=NINE.astimezone(UTC))
        assert (visit.starts_at, visit.day) == (NINE, TUESDAY)
        assert visit.starts_at and visit.starts_at.hour == 9

    @pytest.mark.parametrize(
        ("day", "clock", "reason"),
        [
            (0, "07:00", "past"),
            (0, "08:00", "past"),
            (-1, "09:00", "past"),
            (0, "08:15", "too_soon"),
            (15, "09:00", "beyond_horizon"),
            (4000, "09:00", "beyond_horizon"),
            (5, "09:00", "closed_day"),
            (1, "12:30", "no_opening"),
            (1, "09:10", "no_opening"),
            (1, "17:00", "no_opening"),
            (1, "00:00", "no_opening"),
        ],
    )
    def test_a_time_that_is_no_opening_is_refused_with_its_reason(self, day: int, clock: str, reason: str) -> None:
        outcome = book(VisitTown().means, request(at=moment(MONDAY + timedelta(days=day), clock)))
        assert isinstance(outcome, NotOpen)
        assert outcome.reason == reason
        assert outcome.message.endswith("。")

    def test_the_lead_time_is_kept_to_the_minute(self) -> None:
        town = VisitTown(clock=SetClock(moment(MONDAY, "09:31")))
        assert book(town.means, request(at=moment(MONDAY, "10:00"))) == NotOpen("too_soon")
        town.clock.at = moment(MONDAY, "09:30")
        assert isinstance(book(town.means, request(at=moment(MONDAY, "10:00"))), Booked)

    def test_a_closed_hour_is_refused(self) -> None:
        town = VisitTown()
        close(town.means, ToClose(TOWN_HALL, NINE, TEN, "停电"), Remedy.NOTIFY, "wang")
        assert book(town.means, request()) == NotOpen("no_opening")
        assert isinstance(book(town.means, request(at=TEN)), Booked)

    def test_a_refusal_leaves_nothing_behind(self) -> None:
        town = VisitTown()
        fill(town, "09:00")
        before = len(outbox(town))
        assert isinstance(book(town.means, request()), SlotFull)
        assert visits_of(town.means, visitor()) == []
        assert len(outbox(town)) == before


class TestFullSlots:
    def test_full_slot_offers_three_alternatives_nearest_in_time(self) -> None:
        town = VisitTown()
        fill(town, "10:00")
        outcome = book(town.means, request(at=TEN))
        assert outcome == SlotFull(
            [Opening(moment(TUESDAY, clock), 2, TOWN_HALL) for clock in ("09:00", "09:30", "10:30")]
        )
        assert isinstance(outcome, SlotFull) and outcome.message

    def test_full_slots_are_no_alternatives(self) -> None:
        town = VisitTown()
        fill(town, "09:30", "10:00", "10:30")
        outcome = book(town.means, request(at=TEN))
        assert isinstance(outcome, SlotFull)
        assert [f"{each.starts_at:%H:%M}" for each in outcome.alternatives] == ["09:00", "11:00", "11:30"]

    def test_without_a_free_place_another_office_is_offered(self) -> None:
        town = VisitTown()
        town.change_rules(horizon_days=1)
        east = [Wanted(DOG, EAST_HALL, moment(TUESDAY, clock)) for clock in ("09:00",) * 2]
        close(town.means, ToClose(EAST_HALL, moment(MONDAY, "00:00"), NINE, ""), Remedy.NOTIFY, "wang")
        close(
            town.means,
            ToClose(EAST_HALL, moment(TUESDAY, "09:30"), moment(TUESDAY, "23:59"), ""),
            Remedy.NOTIFY,
            "wang",
        )
        for number, wanted in enumerate(east):
            booked(town, 10 + number, wanted=wanted)
        outcome = book(town.means, request(wanted=east[0]))
        assert isinstance(outcome, SlotFull)
        assert {each.office_id for each in outcome.alternatives} == {WEST_HALL}
        assert NINE in [each.starts_at for each in outcome.alternatives]

    def test_an_office_that_takes_no_bookings_is_not_offered(self) -> None:
        town = VisitTown()
        town.change_rules(horizon_days=1)
        first, east, west = town_offices()
        town.change_offices((first, east, west.model_copy(update={"lines": (), "guides": (DOG,)})))
        close(town.means, ToClose(EAST_HALL, moment(MONDAY, "00:00"), NINE, ""), Remedy.NOTIFY, "wang")
        close(
            town.means,
            ToClose(EAST_HALL, moment(TUESDAY, "09:30"), moment(TUESDAY, "23:59"), ""),
            Remedy.NOTIFY,
            "wang",
        )
        wanted = Wanted(DOG, EAST_HALL, NINE)
        booked(town, 10, wanted=wanted), booked(town, 11, wanted=wanted)
        outcome = book(town.means, request(wanted=wanted))
        assert outcome == SlotFull([])
        assert isinstance(outcome, SlotFull) and "候补" in outcome.message

    def test_the_internal_share_is_full_by_itself(self) -> None:
        town = VisitTown()
        inside = Wanted(CARD, TOWN_HALL, NINE, Share.INTERNAL)
        clerk: dict[str, Any] = {"visitor_id": "clerk:wang", "wanted": inside}
        visit = booked(town, 1, **clerk)
        assert visit.visitor_id is None
        assert isinstance(book(town.means, request(2, **clerk)), SlotFull)
        assert isinstance(book(town.means, request(3)), Booked)
        assert isinstance(book(town.means, request(4)), Booked)
        assert isinstance(book(town.means, request(5)), SlotFull)
        history = town.ledger.read(lambda page: page.history(visit.visit_id))
        assert {event.actor for event in history} == {"clerk:wang"}


class TestKeys:
    def test_the_same_key_is_the_same_booking(self) -> None:
        town = VisitTown()
        first = booked(town)
        again = book(town.means, request())
        assert again == Booked(first, is_new=False)
        assert places_taken(town) == 1

    def test_the_same_key_is_the_same_booking_whatever_else_is_said(self) -> None:
        town = VisitTown()
        first = booked(town)
        other = request(at=TEN, person=somebody(2), wanted=Wanted(FELLING, TOWN_HALL, TEN))
        assert book(town.means, other) == Booked(first, is_new=False)

    def test_the_same_key_when_the_slot_has_filled_up_is_still_the_booking(self) -> None:
        town = VisitTown()
        first = booked(town)
        booked(town, 2)
        assert book(town.means, request()) == Booked(first, is_new=False)

    def test_a_key_keeps_its_booking_though_the_item_is_gone(self) -> None:
        town = VisitTown()
        first = booked(town)
        town.change_offices(())
        assert book(town.means, request()) == Booked(first, is_new=False)
        assert book(town.means, request(2)) == NotOpen("unknown_office")

    def test_the_key_of_a_cancelled_booking_does_not_book_again(self) -> None:
        town = VisitTown()
        first = booked(town)
        cancel(town.means, visitor(), first.code)
        again = book(town.means, request())
        assert isinstance(again, Booked)
        assert (again.visit.visit_id, again.visit.status) == (first.visit_id, Status.CANCELLED)

    def test_a_key_belongs_to_its_visitor(self) -> None:
        town = VisitTown()
        first = booked(town, 1, key="mine")
        second = booked(town, 2, key="mine")
        assert first.visit_id != second.visit_id
        assert second.visitor_id == visitor(2)

    def test_a_refused_key_may_be_used_again(self) -> None:
        town = VisitTown()
        fill(town, "09:00")
        assert isinstance(book(town.means, request()), SlotFull)
        assert isinstance(book(town.means, request(at=TEN)), Booked)

    def test_the_same_key_confirms_once(self) -> None:
        town = VisitTown()
        kept = held(town)
        first = confirm(town.means, kept.code, request())
        assert isinstance(first, Booked) and first.is_new and first.visit.visit_id == kept.visit_id
        assert confirm(town.means, kept.code, request()) == Booked(first.visit, is_new=False)
        assert book(town.means, request()) == Booked(first.visit, is_new=False)

    def test_a_key_that_has_booked_confirms_no_second_hold(self) -> None:
        town = VisitTown()
        first = booked(town)
        kept = held(town, wanted=Wanted(FELLING, TOWN_HALL, TEN))
        assert confirm(town.means, kept.code, request()) == Booked(first, is_new=False)
        assert as_it_stands(town, kept).status is Status.HELD


def test_of_two_who_want_the_last_place_one_gets_it() -> None:
    town = VisitTown()
    booked(town, 1)
    outcomes = [book(town.means, request(number)) for number in (2, 3)]
    assert [type(outcome) for outcome in outcomes] == [Booked, SlotFull]


def test_a_huge_question_and_a_long_name_are_kept_whole() -> None:
    town = VisitTown()
    person = replace(somebody(), name="阿" * 30)
    visit = booked(town, person=person, question="问" * 10_000)
    assert person_of(town.means, as_it_stands(town, visit)) == person
    assert len(as_it_stands(town, visit).question) == 10_000

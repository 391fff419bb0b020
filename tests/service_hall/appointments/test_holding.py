"""A place is held for some minutes, and becomes the booking or is free again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.appointments.closing import Remedy, ToClose, close
from service_hall.appointments.outcomes import Booked, LimitReached, NotAllowed, NotOpen, SlotFull
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import book, confirm, hold
from service_hall.appointments.upkeep import end_holds
from service_hall.appointments.waiting_list import WishFor, join
from service_hall.visits.means import person_of
from service_hall.visits.notices import NoticeKind
from service_hall.visits.states import Status
from service_hall.visits.visit import Code
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.visit_town import (
    CARD,
    FELLING,
    LOST,
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
    visitor,
)

TUESDAY = MONDAY + timedelta(days=1)
NINE, TEN = moment(TUESDAY, "09:00"), moment(TUESDAY, "10:00")


class TestHolding:
    def test_a_hold_keeps_its_place_for_some_minutes(self) -> None:
        town = VisitTown()
        kept = held(town)
        assert (kept.status, kept.held_until) == (Status.HELD, moment(MONDAY, "08:10"))
        assert kept.person is None
        held(town, 2)
        assert isinstance(hold(town.means, visitor(3), Wanted(CARD, TOWN_HALL, NINE)), SlotFull)
        assert isinstance(book(town.means, request(4)), SlotFull)

    def test_when_it_runs_out_the_place_is_free_again(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        held(town, 1), held(town, 2)
        clock.pass_by(minutes=10)
        assert places_taken(town) == 0
        booked(town, 3), booked(town, 4)
        assert end_holds(town.means) == 2
        assert places_taken(town) == 2

    def test_the_job_ends_what_has_run_out_once_and_nothing_else(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        early = held(town, 1)
        clock.pass_by(minutes=9, seconds=59)
        late = held(town, 2)
        assert end_holds(town.means) == 0
        clock.pass_by(seconds=1)
        assert (end_holds(town.means), end_holds(town.means)) == (1, 0)
        assert as_it_stands(town, early).status is Status.CANCELLED
        assert as_it_stands(town, late).status is Status.HELD

    def test_the_same_place_again_is_the_same_hold(self) -> None:
        town = VisitTown()
        kept = held(town)
        assert held(town, instead_of=kept.code) == kept

    def test_another_place_lets_the_first_go(self) -> None:
        town = VisitTown()
        first = held(town)
        second = held(town, wanted=Wanted(CARD, TOWN_HALL, TEN), instead_of=first.code)
        assert as_it_stands(town, first).status is Status.CANCELLED
        assert second.starts_at == TEN
        assert places_taken(town) == 1

    def test_the_last_place_can_be_taken_for_another_item_by_whoever_holds_it(self) -> None:
        town = VisitTown()
        booked(town, 2)
        first = held(town)
        second = held(town, wanted=Wanted(LOST, TOWN_HALL, NINE), instead_of=first.code)
        assert (second.guide_id, places_taken(town)) == (LOST, 2)

    def test_where_the_other_place_is_full_the_first_stays_held(self) -> None:
        town = VisitTown()
        fill(town, "10:00")
        first = held(town)
        assert isinstance(hold(town.means, visitor(), Wanted(CARD, TOWN_HALL, TEN), first.code), SlotFull)
        assert as_it_stands(town, first) == first
        assert isinstance(confirm(town.means, first.code, request()), Booked)

    def test_another_visitors_hold_is_not_let_go(self) -> None:
        town = VisitTown()
        theirs = held(town, 2)
        held(town, 1, Wanted(CARD, TOWN_HALL, TEN), instead_of=theirs.code)
        assert as_it_stands(town, theirs) == theirs

    def test_a_booking_is_not_let_go_for_a_hold(self) -> None:
        town = VisitTown()
        visit = booked(town)
        held(town, wanted=Wanted(FELLING, TOWN_HALL, TEN), instead_of=visit.code)
        assert as_it_stands(town, visit) == visit

    def test_a_place_that_is_let_go_is_offered_to_whoever_waits(self) -> None:
        town = VisitTown()
        booked(town, 2)
        first = held(town)
        join(town.means, visitor(3), WishFor(CARD, TOWN_HALL, TUESDAY, TUESDAY, "09:00", "09:01"), somebody(3))
        assert not outbox(town, NoticeKind.WAITLIST_OFFER)
        held(town, wanted=Wanted(CARD, TOWN_HALL, TEN), instead_of=first.code)
        assert [each.visitor_id for each in outbox(town, NoticeKind.WAITLIST_OFFER)] == [visitor(3)]

    def test_what_is_no_opening_is_not_held(self) -> None:
        town = VisitTown()
        for wanted, reason in (
            (Wanted(CARD, TOWN_HALL, moment(MONDAY, "07:00")), "past"),
            (Wanted(CARD, EAST_HALL, NINE), "not_handled"),
            (Wanted("nothing", EAST_HALL, NINE), "unknown_guide"),
        ):
            assert hold(town.means, visitor(), wanted) == NotOpen(reason)


class TestConfirming:
    def test_a_hold_becomes_the_booking(self) -> None:
        town = VisitTown()
        kept = held(town)
        outcome = confirm(town.means, kept.code, request(share_with_clerk=True, question="要带什么"))
        assert isinstance(outcome, Booked)
        visit = outcome.visit
        assert (visit.visit_id, visit.code, visit.status) == (kept.visit_id, kept.code, Status.BOOKED)
        assert (visit.held_until, visit.share_with_clerk, visit.question) == (None, True, "要带什么")
        assert person_of(town.means, visit) == somebody()
        assert len(outbox(town)) == 2

    def test_after_it_ran_out_the_place_is_had_all_the_same_while_it_is_free(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        kept = held(town)
        clock.pass_by(minutes=11)
        outcome = confirm(town.means, kept.code, request())
        assert isinstance(outcome, Booked)
        assert outcome.visit.code == kept.code
        assert end_holds(town.means) == 0

    def test_after_the_job_has_ended_it_too_under_another_code(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        kept = held(town)
        clock.pass_by(minutes=11)
        end_holds(town.means)
        outcome = confirm(town.means, kept.code, request())
        assert isinstance(outcome, Booked) and outcome.is_new
        assert outcome.visit.code != kept.code
        assert outcome.visit.starts_at == kept.starts_at
        assert confirm(town.means, kept.code, request()) == Booked(outcome.visit, is_new=False)

    @pytest.mark.parametrize("job_has_run", [True, False])
    def test_after_it_ran_out_and_others_took_the_place_it_is_full(self, job_has_run: bool) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        kept = held(town)
        clock.pass_by(minutes=11)
        booked(town, 2), booked(town, 3)
        if job_has_run:
            end_holds(town.means)
        outcome = confirm(town.means, kept.code, request())
        assert isinstance(outcome, SlotFull) and len(outcome.alternatives) == 3
        assert places_taken(town) == 2

    def test_another_visitors_hold_cannot_be_confirmed(self) -> None:
        town = VisitTown()
        kept = held(town)
        assert confirm(town.means, kept.code, request(2)) == NotAllowed("hold_ended")
        assert as_it_stands(town, kept) == kept

    def test_a_code_that_is_none_cannot_be_confirmed(self) -> None:
        assert confirm(VisitTown().means, Code("NEVERGIVEN"), request()) == NotAllowed("hold_ended")

    def test_the_limit_is_checked_before_confirming(self) -> None:
        town = VisitTown()
        booked(town, 1)
        kept = held(town, 1, Wanted(CARD, TOWN_HALL, TEN))
        outcome = confirm(town.means, kept.code, request(1, at=TEN, key="another"))
        assert outcome == LimitReached("person_and_item", 1)
        assert as_it_stands(town, kept).status is Status.HELD

    def test_a_hold_that_the_office_closed_is_not_confirmed(self) -> None:
        town = VisitTown()
        kept = held(town)
        close(town.means, ToClose(TOWN_HALL, NINE, TEN, "停电"), Remedy.MOVE, "wang")
        assert confirm(town.means, kept.code, request()) == NotOpen("no_opening")

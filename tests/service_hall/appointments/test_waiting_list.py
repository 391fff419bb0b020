"""Whoever came first is offered a freed place, for a while; then the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from service_hall.appointments.changing import cancel, reschedule
from service_hall.appointments.closing import Remedy, ToClose, add_hours, close
from service_hall.appointments.outcomes import Booked, LimitReached, Moved, NotAllowed, NotOpen, SlotFull, Wished
from service_hall.appointments.own import visits_of, wishes_of
from service_hall.appointments.reserving import accept, book
from service_hall.appointments.upkeep import end_holds, offer_places
from service_hall.appointments.waiting_list import WishFor, join, leave
from service_hall.visits.closures import ExtraHours
from service_hall.visits.means import person_of
from service_hall.visits.notices import NoticeKind
from service_hall.visits.person import Person
from service_hall.visits.states import Status
from service_hall.visits.visit import Code, Visit
from service_hall.visits.waiting import Wish, WishId, WishStatus
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.visit_town import (
    CARD,
    LOST,
    MONDAY,
    SetClock,
    VisitTown,
    as_it_stands,
    booked,
    moment,
    outbox,
    request,
    somebody,
    visitor,
)

TUESDAY = MONDAY + timedelta(days=1)
NINE = moment(TUESDAY, "09:00")


def nine_o_clock(guide_id: str = CARD, **changed: Any) -> WishFor:
    return replace(WishFor(guide_id, TOWN_HALL, TUESDAY, TUESDAY, "09:00", "09:30"), **changed)


def waits(town: VisitTown, number: int, wanted: WishFor | None = None, person: Person | None = None) -> Wish:
    outcome = join(town.means, visitor(number), wanted or nine_o_clock(), person or somebody(number))
    assert isinstance(outcome, Wished), outcome
    return outcome.wish


def full_town() -> tuple[VisitTown, list[Visit]]:
    """Both places of Tuesday at nine are taken, by 101 and 102."""
    town = VisitTown(clock=SetClock())
    return town, [booked(town, 101), booked(town, 102)]


def give_back(town: VisitTown, visit: Visit) -> None:
    assert visit.visitor_id
    cancel(town.means, visit.visitor_id, visit.code)


def kept(town: VisitTown, wish: Wish) -> Wish:
    found = town.ledger.read(lambda page: page.wish(wish.wish_id))
    assert found is not None
    return found


def status_of(town: VisitTown, wish: Wish) -> WishStatus:
    return kept(town, wish).status


def offer_to(town: VisitTown, number: int) -> Visit:
    [held] = [visit for visit in visits_of(town.means, visitor(number)) if visit.status is Status.HELD]
    return held


def offered_to(town: VisitTown) -> list[str]:
    return [each.visitor_id or "" for each in outbox(town, NoticeKind.WAITLIST_OFFER)]


class TestJoining:
    def test_where_nothing_is_free_one_waits(self) -> None:
        town, _ = full_town()
        wish = waits(town, 1)
        assert (wish.status, wish.line_id, wish.visit_id) == (WishStatus.WAITING, "cards", None)
        assert [each.wish_id for each in wishes_of(town.means, visitor(1))] == [wish.wish_id]
        assert wish.person and somebody(1).name not in wish.person.sealed

    def test_where_a_place_is_free_it_is_offered_at_once(self) -> None:
        town = VisitTown()
        wish = waits(town, 1)
        assert wish.status is WishStatus.OFFERED
        assert offer_to(town, 1).starts_at == NINE

    def test_the_same_wish_again_is_the_first_one(self) -> None:
        town, _ = full_town()
        assert waits(town, 1).wish_id == waits(town, 1).wish_id
        assert len(wishes_of(town.means, visitor(1))) == 1

    def test_the_same_wish_beyond_the_horizon_is_the_first_one_too(self) -> None:
        town = VisitTown()
        town.change_rules(horizon_days=0)
        beyond = nine_o_clock(first_day=MONDAY, last_day=date(2030, 1, 1), until_time="09:00", from_time="09:00")
        assert waits(town, 1, beyond).wish_id == waits(town, 1, beyond).wish_id

    @pytest.mark.parametrize(
        "other", [nine_o_clock(LOST), nine_o_clock(until_time="09:15"), nine_o_clock(last_day=TUESDAY + timedelta(days=1), until_time="09:01")]
    )  # fmt: skip
    def test_other_days_hours_or_items_are_another_wish(self, other: WishFor) -> None:
        town, _ = full_town()
        assert waits(town, 1).wish_id != waits(town, 1, other).wish_id

    def test_who_waits_for_father_and_for_mother_waits_twice(self) -> None:
        town, _ = full_town()
        first, second = waits(town, 1, person=somebody(1)), waits(town, 1, person=somebody(2))
        assert first.wish_id != second.wish_id

    def test_a_visitor_may_wait_for_so_many(self) -> None:
        town, _ = full_town()
        waits(town, 1), waits(town, 1, nine_o_clock(LOST))
        outcome = join(town.means, visitor(1), nine_o_clock(until_time="09:10"), somebody(1))
        assert outcome == LimitReached("wishes", 2)

    @pytest.mark.parametrize(
        ("wanted", "refused"),
        [
            (nine_o_clock(first_day=MONDAY - timedelta(days=3), last_day=MONDAY - timedelta(days=1)), NotOpen("past")),
            (nine_o_clock(first_day=TUESDAY, last_day=MONDAY), NotOpen("past")),
            (nine_o_clock(first_day=date(2026, 7, 1), last_day=date(2026, 7, 2)), NotOpen("beyond_horizon", 14)),
            (nine_o_clock(office_id=EAST_HALL), NotOpen("not_handled")),
            (nine_o_clock("no-such-guide"), NotOpen("unknown_guide")),
        ],
    )
    def test_what_nobody_can_wait_for_is_refused(self, wanted: WishFor, refused: NotOpen) -> None:
        assert join(VisitTown().means, visitor(1), wanted, somebody()) == refused


class TestOffering:
    def test_who_came_first_is_offered_the_freed_place(self) -> None:
        town, taken = full_town()
        first = waits(town, 1)
        town.clock.at += timedelta(minutes=1)
        second = waits(town, 2)
        give_back(town, taken[0])
        assert (status_of(town, first), status_of(town, second)) == (WishStatus.OFFERED, WishStatus.WAITING)
        assert offered_to(town) == [visitor(1)]
        held = offer_to(town, 1)
        assert (held.starts_at, held.held_until) == (NINE, town.clock.at + timedelta(minutes=30))
        assert person_of(town.means, held) == somebody(1)

    def test_of_two_who_wait_for_one_place_one_is_offered_it_and_nobody_else_takes_it(self) -> None:
        town, taken = full_town()
        waits(town, 1), waits(town, 2)
        give_back(town, taken[0])
        assert len(offered_to(town)) == 1
        assert isinstance(book(town.means, request(3)), SlotFull)

    def test_two_places_are_offered_to_two(self) -> None:
        town, taken = full_town()
        for number in (1, 2, 3):
            waits(town, number)
        for visit in taken:
            give_back(town, visit)
        assert len(offered_to(town)) == len(set(offered_to(town))) == 2

    def test_only_days_and_hours_that_suit_are_offered(self) -> None:
        town, taken = full_town()
        wish = waits(town, 1, nine_o_clock(first_day=TUESDAY, last_day=TUESDAY, from_time="09:00", until_time="09:00"))
        give_back(town, taken[0])
        assert status_of(town, wish) is WishStatus.WAITING

    def test_the_earliest_opening_of_the_days_is_offered(self) -> None:
        town, _ = full_town()
        waits(town, 1, nine_o_clock(until_time="24:00"))
        assert offer_to(town, 1).starts_at == moment(TUESDAY, "09:30")

    def test_a_moved_booking_frees_its_place_too(self) -> None:
        town, taken = full_town()
        waits(town, 1)
        assert isinstance(reschedule(town.means, visitor(101), taken[0].code, moment(TUESDAY, "10:00")), Moved)
        assert offered_to(town) == [visitor(1)]

    def test_extra_hours_are_offered(self) -> None:
        town = VisitTown()
        saturday = MONDAY + timedelta(days=5)
        wish = waits(town, 1, WishFor(CARD, TOWN_HALL, saturday, saturday))
        assert wish.status is WishStatus.WAITING
        add_hours(town.means, ExtraHours("", TOWN_HALL, "", saturday, "09:00", "10:00", "wang", town.clock.at))
        assert offer_to(town, 1).starts_at == moment(saturday, "09:00")

    def test_what_became_free_in_another_way_is_offered_by_the_job(self) -> None:
        town = VisitTown()
        town.change_rules(horizon_days=0)
        wish = waits(town, 1, WishFor(CARD, TOWN_HALL, MONDAY, MONDAY, "00:00", "00:01"))
        assert offer_places(town.means) == 0
        changed = replace(wish, from_time="09:00", until_time="24:00")
        town.ledger.write([], lambda page: page.add_wish(changed))
        assert (offer_places(town.means), offer_places(town.means)) == (1, 0)

    def test_a_place_is_not_offered_beyond_its_start(self) -> None:
        town, taken = full_town()
        town.change_rules(lead_minutes=0)
        waits(town, 1)
        town.clock.at = moment(TUESDAY, "08:50")
        give_back(town, taken[0])
        assert offer_to(town, 1).held_until == NINE

    def test_when_the_days_have_passed_the_wish_lapses(self) -> None:
        town, _ = full_town()
        wish = waits(town, 1)
        town.clock.at = moment(TUESDAY + timedelta(days=1), "00:00")
        assert offer_places(town.means) == 0
        assert status_of(town, wish) is WishStatus.LAPSED
        assert wishes_of(town.means, visitor(1)) == []

    def test_a_wish_whose_seal_is_broken_holds_nobody_up(self) -> None:
        town, taken = full_town()
        broken = waits(town, 1)
        town.clock.at += timedelta(minutes=1)
        whole = waits(town, 2)
        assert broken.person and whole.person
        spoilt = replace(broken, person=replace(broken.person, sealed=whole.person.sealed))
        town.ledger.write([], lambda page: page.add_wish(spoilt))
        give_back(town, taken[0])
        assert as_it_stands(town, taken[0]).status is Status.CANCELLED
        assert (status_of(town, broken), status_of(town, whole)) == (WishStatus.LAPSED, WishStatus.OFFERED)


class TestAnswering:
    def offer(self) -> tuple[VisitTown, Wish, Wish, Visit]:
        town, taken = full_town()
        first = waits(town, 1)
        town.clock.at += timedelta(minutes=1)
        second = waits(town, 2)
        give_back(town, taken[0])
        return town, first, second, offer_to(town, 1)

    def test_an_offer_is_taken(self) -> None:
        town, wish, _, held = self.offer()
        outcome = accept(town.means, visitor(1), held.code)
        assert isinstance(outcome, Booked)
        assert (outcome.visit.visit_id, outcome.visit.status) == (held.visit_id, Status.BOOKED)
        assert person_of(town.means, outcome.visit) == somebody(1)
        assert status_of(town, wish) is WishStatus.TAKEN

    def test_a_place_that_becomes_free_at_night_is_kept_until_it_can_be_answered(self) -> None:
        town, taken = full_town()
        waits(town, 1)
        town.clock.at = moment(MONDAY, "23:00")
        give_back(town, taken[0])
        assert offer_to(town, 1).held_until == moment(TUESDAY, "08:30")
        town.clock.at = moment(TUESDAY, "08:29")
        assert end_holds(town.means) == 0

    def test_taking_it_twice_is_taking_it_once(self) -> None:
        town, _, _, held = self.offer()
        first = accept(town.means, visitor(1), held.code)
        assert isinstance(first, Booked)
        assert accept(town.means, visitor(1), held.code) == Booked(first.visit, is_new=False)

    def test_not_taken_in_time_it_goes_to_the_next(self) -> None:
        town, first, second, held = self.offer()
        town.clock.at += timedelta(minutes=30)
        assert end_holds(town.means) == 1
        assert (status_of(town, first), status_of(town, second)) == (WishStatus.LAPSED, WishStatus.OFFERED)
        assert [each.visitor_id for each in outbox(town, NoticeKind.WAITLIST_LAPSED)] == [visitor(1)]
        assert accept(town.means, visitor(1), held.code) == NotAllowed("hold_ended")
        assert isinstance(accept(town.means, visitor(2), offer_to(town, 2).code), Booked)

    def test_taken_late_while_it_is_still_free_it_is_taken(self) -> None:
        town, first, second, held = self.offer()
        town.clock.at += timedelta(minutes=31)
        outcome = accept(town.means, visitor(1), held.code)
        assert isinstance(outcome, Booked) and outcome.visit.code == held.code
        assert end_holds(town.means) == 0
        assert (status_of(town, first), status_of(town, second)) == (WishStatus.TAKEN, WishStatus.WAITING)
        assert not outbox(town, NoticeKind.WAITLIST_LAPSED)

    @pytest.mark.parametrize("is_declined", [False, True])
    def test_not_taken_nothing_tells_any_more_for_whom_it_was(self, is_declined: bool) -> None:
        town, first, _, held = self.offer()
        if is_declined:
            cancel(town.means, visitor(1), held.code)
        else:
            town.clock.at += timedelta(minutes=30)
            end_holds(town.means)
        assert as_it_stands(town, held).person is None
        assert kept(town, first).person is None

    def test_declined_it_goes_to_the_next(self) -> None:
        town, first, second, held = self.offer()
        give_back(town, held)
        assert (status_of(town, first), status_of(town, second)) == (WishStatus.WITHDRAWN, WishStatus.OFFERED)
        assert wishes_of(town.means, visitor(1)) == []

    def test_nobody_takes_the_offer_of_another(self) -> None:
        town, _, _, held = self.offer()
        assert accept(town.means, visitor(2), held.code) == NotAllowed("hold_ended")
        assert accept(town.means, visitor(2), Code("NEVERGIVEN")) == NotAllowed("hold_ended")

    def test_whoever_has_booked_the_item_meanwhile_is_told_so(self) -> None:
        town, taken = full_town()
        waits(town, 1)
        booked(town, 1, moment(TUESDAY, "15:00"))
        give_back(town, taken[0])
        assert accept(town.means, visitor(1), offer_to(town, 1).code) == LimitReached("person_and_item", 1)

    def test_an_offer_that_the_office_closes_waits_on_in_its_old_place(self) -> None:
        town, first, second, held = self.offer()
        done = close(town.means, ToClose(TOWN_HALL, NINE, moment(TUESDAY, "09:30"), "停电"), Remedy.MOVE, "wang")
        assert [visit.visit_id for visit in done.let_go] == [held.visit_id]
        assert (status_of(town, first), status_of(town, second)) == (WishStatus.WAITING, WishStatus.WAITING)


class TestLeaving:
    def test_who_leaves_is_offered_nothing(self) -> None:
        town, taken = full_town()
        wish = waits(town, 1)
        assert leave(town.means, visitor(1), wish.wish_id)
        give_back(town, taken[0])
        assert offered_to(town) == []
        assert status_of(town, wish) is WishStatus.WITHDRAWN

    def test_leaving_twice_is_leaving_once(self) -> None:
        town, _ = full_town()
        wish = waits(town, 1)
        assert leave(town.means, visitor(1), wish.wish_id) and leave(town.means, visitor(1), wish.wish_id)

    def test_nobody_leaves_for_another(self) -> None:
        town, _ = full_town()
        wish = waits(town, 1)
        assert not leave(town.means, visitor(2), wish.wish_id)
        assert not leave(town.means, visitor(1), WishId("l_never"))
        assert status_of(town, wish) is WishStatus.WAITING

"""A booking is cancelled or moved by whoever made it, and by nobody else."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from service_hall.appointments.changing import cancel, reschedule
from service_hall.appointments.closing import Remedy, ToClose, close
from service_hall.appointments.outcomes import (
    Booked,
    Cancelled,
    LimitReached,
    Moved,
    NotAllowed,
    NotOpen,
    SlotFull,
    Unknown,
)
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import book
from service_hall.queue.arriving import check_in
from service_hall.queue.calling import call_next
from service_hall.visits.notices import NoticeKind
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Code, Share
from tests.fakes import TOWN_HALL
from tests.visit_town import CARD, MONDAY, SetClock, VisitTown, as_it_stands, booked, moment, outbox, request, visitor

TUESDAY = MONDAY + timedelta(days=1)
NINE, TEN = moment(TUESDAY, "09:00"), moment(TUESDAY, "10:00")


class TestCancelling:
    def test_a_cancelled_booking_gives_its_place_back(self) -> None:
        town = VisitTown()
        booked(town, 2)
        visit = booked(town)
        outcome = cancel(town.means, visitor(), visit.code)
        assert isinstance(outcome, Cancelled)
        assert (outcome.visit.status, outcome.visit.ended_at) == (Status.CANCELLED, town.clock.at)
        assert isinstance(book(town.means, request(3)), Booked)

    def test_cancelling_twice_is_cancelling_once(self) -> None:
        town = VisitTown()
        visit = booked(town)
        first = cancel(town.means, visitor(), visit.code)
        assert cancel(town.means, visitor(), visit.code) == first
        assert as_it_stands(town, visit).version == visit.version + 1

    def test_reminders_are_withdrawn(self) -> None:
        town = VisitTown()
        visit = booked(town)
        assert {each.kind for each in outbox(town)} == {NoticeKind.DAY_BEFORE, NoticeKind.SOON}
        cancel(town.means, visitor(), visit.code)
        assert outbox(town) == []

    @pytest.mark.parametrize("code", ["", "NEVERGIVEN", "x" * 10_000])
    def test_a_code_that_is_none_is_unknown(self, code: str) -> None:
        assert cancel(VisitTown().means, visitor(), Code(code)) == Unknown()

    def test_another_visitor_learns_nothing_and_changes_nothing(self) -> None:
        town = VisitTown()
        visit = booked(town)
        assert cancel(town.means, visitor(2), visit.code) == Unknown()
        assert as_it_stands(town, visit) == visit

    def test_until_the_ticket_is_called_it_can_be_cancelled(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = booked(town)
        clock.set(TUESDAY, "08:30")
        check_in(town.means, visit.code, "kiosk:1")
        assert isinstance(cancel(town.means, visitor(), visit.code), Cancelled)

    def test_at_the_counter_it_is_too_late(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = booked(town)
        clock.set(TUESDAY, "08:30")
        check_in(town.means, visit.code, "kiosk:1")
        call_next(town.means, TOWN_HALL, "1", "wang")
        assert cancel(town.means, visitor(), visit.code) == NotAllowed("cancel_too_late")

    def test_when_the_day_is_over_it_is_too_late(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = booked(town)
        clock.set(TUESDAY + timedelta(days=1), "00:00")
        assert cancel(town.means, visitor(), visit.code) == NotAllowed("cancel_too_late")

    def test_whom_the_office_sent_away_may_cancel_even_then(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = booked(town)
        close(town.means, ToClose(TOWN_HALL, NINE, TEN, "停电"), Remedy.NOTIFY, "wang")
        clock.set(TUESDAY + timedelta(days=1), "00:00")
        assert isinstance(cancel(town.means, visitor(), visit.code), Cancelled)


class TestRescheduling:
    def test_a_booking_gets_another_time_and_keeps_its_code(self) -> None:
        town = VisitTown()
        visit = booked(town)
        outcome = reschedule(town.means, visitor(), visit.code, TEN)
        assert isinstance(outcome, Moved)
        moved = as_it_stands(town, visit)
        assert moved == outcome.visit
        assert (moved.code, moved.starts_at, moved.status, moved.reschedules) == (visit.code, TEN, Status.BOOKED, 1)

    def test_the_old_place_is_free_and_the_new_one_taken(self) -> None:
        town = VisitTown()
        booked(town, 2), booked(town, 3, TEN)
        visit = booked(town)
        reschedule(town.means, visitor(), visit.code, TEN)
        assert isinstance(book(town.means, request(4)), Booked)
        assert isinstance(book(town.means, request(5, TEN)), SlotFull)

    def test_another_day_is_another_day(self) -> None:
        town = VisitTown()
        visit = booked(town)
        wednesday = moment(TUESDAY + timedelta(days=1), "13:30")
        reschedule(town.means, visitor(), visit.code, wednesday.astimezone(UTC))
        moved = as_it_stands(town, visit)
        assert (moved.day, moved.starts_at) == (wednesday.date(), wednesday)

    def test_the_same_time_again_changes_nothing(self) -> None:
        town = VisitTown()
        visit = booked(town)
        booked(town, 2)  # full, and still mine
        assert reschedule(town.means, visitor(), visit.code, NINE.astimezone(UTC)) == Moved(visit)
        assert as_it_stands(town, visit) == visit

    def test_to_a_full_slot_it_is_refused_with_three_alternatives(self) -> None:
        town = VisitTown()
        booked(town, 2, TEN), booked(town, 3, TEN)
        visit = booked(town)
        outcome = reschedule(town.means, visitor(), visit.code, TEN)
        assert isinstance(outcome, SlotFull)
        assert [f"{each.starts_at:%H:%M}" for each in outcome.alternatives] == ["09:00", "09:30", "10:30"]
        assert as_it_stands(town, visit) == visit

    @pytest.mark.parametrize(
        ("day", "clock", "reason"),
        [(0, "07:30", "past"), (0, "08:10", "too_soon"), (40, "09:00", "beyond_horizon"), (5, "09:00", "closed_day"), (1, "12:15", "no_opening")],
    )  # fmt: skip
    def test_to_no_opening_it_is_refused(self, day: int, clock: str, reason: str) -> None:
        town = VisitTown()
        visit = booked(town)
        outcome = reschedule(town.means, visitor(), visit.code, moment(MONDAY + timedelta(days=day), clock))
        assert isinstance(outcome, NotOpen) and outcome.reason == reason
        assert as_it_stands(town, visit) == visit

    def test_reminders_follow_the_new_time(self) -> None:
        town = VisitTown()
        visit = booked(town)
        wednesday = TUESDAY + timedelta(days=1)
        reschedule(town.means, visitor(), visit.code, moment(wednesday, "14:00"))
        assert [(each.kind, each.due_at) for each in outbox(town)] == [
            (NoticeKind.DAY_BEFORE, moment(TUESDAY, "18:00")),
            (NoticeKind.SOON, moment(wednesday, "12:00")),
        ]

    def test_it_can_be_moved_so_many_times(self) -> None:
        town = VisitTown()
        visit = booked(town)
        for clock in ("10:00", "11:00"):
            assert isinstance(reschedule(town.means, visitor(), visit.code, moment(TUESDAY, clock)), Moved)
        outcome = reschedule(town.means, visitor(), visit.code, NINE)
        assert outcome == LimitReached("reschedules", 2)
        assert isinstance(outcome, LimitReached) and outcome.message

    def test_moves_that_the_office_causes_do_not_count(self) -> None:
        town = VisitTown()
        town.change_rules(reschedules_per_visit=0)
        visit = booked(town)
        close(town.means, ToClose(TOWN_HALL, NINE, TEN, "停电"), Remedy.NOTIFY, "wang")
        assert isinstance(reschedule(town.means, visitor(), visit.code, TEN), Moved)
        moved = as_it_stands(town, visit)
        assert (moved.reschedules, moved.displaced) == (0, False)
        assert reschedule(town.means, visitor(), visit.code, moment(TUESDAY, "11:00")) == LimitReached("reschedules", 0)

    def test_who_was_sent_away_cannot_go_back_into_the_closed_time(self) -> None:
        town = VisitTown()
        visit = booked(town)
        close(town.means, ToClose(TOWN_HALL, NINE, TEN, "停电"), Remedy.NOTIFY, "wang")
        assert reschedule(town.means, visitor(), visit.code, NINE) == NotOpen("no_opening")
        assert as_it_stands(town, visit).displaced

    def test_an_internal_booking_stays_in_its_share(self) -> None:
        town = VisitTown()
        visit = booked(town, visitor_id="clerk:wang", wanted=Wanted(CARD, TOWN_HALL, NINE, Share.INTERNAL))
        assert reschedule(town.means, visitor(), visit.code, TEN) == Unknown()

    def test_another_visitor_learns_nothing_and_changes_nothing(self) -> None:
        town = VisitTown()
        visit = booked(town)
        assert reschedule(town.means, visitor(2), visit.code, TEN) == Unknown()
        assert as_it_stands(town, visit) == visit

    def test_after_checking_in_it_is_too_late(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = booked(town)
        clock.set(TUESDAY, "08:30")
        check_in(town.means, visit.code, "kiosk:1")
        assert reschedule(town.means, visitor(), visit.code, TEN) == NotAllowed("reschedule_too_late")

    def test_when_the_day_is_over_it_is_too_late(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = booked(town)
        wednesday = TUESDAY + timedelta(days=1)
        clock.set(wednesday, "08:00")
        assert reschedule(town.means, visitor(), visit.code, moment(wednesday, "10:00")) == NotAllowed(
            "reschedule_too_late"
        )

    def test_whoever_is_late_the_same_day_may_still_move(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = booked(town)
        clock.set(TUESDAY, "11:00")
        assert isinstance(reschedule(town.means, visitor(), visit.code, moment(TUESDAY, "14:00")), Moved)

    def test_the_history_tells_the_time_before(self) -> None:
        town = VisitTown()
        visit = booked(town)
        reschedule(town.means, visitor(), visit.code, TEN)
        last = town.ledger.read(lambda page: page.history(visit.visit_id))[-1]
        assert (last.move, last.note["was_at"]) == (Move.RESCHEDULE, NINE.isoformat())

"""Coming to the hall: checked in by page, kiosk or clerk; or a ticket without a booking."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from service_hall.appointments.changing import cancel
from service_hall.appointments.closing import Remedy, ToClose, close
from service_hall.appointments.outcomes import Held
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import hold
from service_hall.queue.arriving import check_in, take_ticket
from service_hall.queue.calling import call_next, finish, miss
from service_hall.queue.outcomes import Refused, Ticketed, TooEarly
from service_hall.shared.ids import VisitorId
from service_hall.visits.notices import NoticeKind
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Code, Share, Visit, VisitId, event_of
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.visit_town import (
    CARD,
    DOG,
    FELLING,
    LOST,
    MONDAY,
    SetClock,
    VisitTown,
    as_it_stands,
    booked,
    moment,
    outbox,
    visitor,
)

KIOSK = "kiosk:town-hall"
TUESDAY = MONDAY + timedelta(days=1)


def on_tuesday(clock: str = "08:30") -> tuple[VisitTown, Visit]:
    """Booked for nine by visitor 1."""
    town = VisitTown(clock=(hands := SetClock()))
    visit = booked(town)
    hands.set(TUESDAY, clock)
    return town, visit


def ticket(town: VisitTown, guide_id: str = CARD, key: str = "", actor: str = KIOSK) -> Visit:
    outcome = take_ticket(town.means, TOWN_HALL, guide_id, actor, key)
    assert isinstance(outcome, Ticketed), outcome
    return outcome.visit


class TestCheckingIn:
    @pytest.mark.parametrize(("actor", "by"), [(KIOSK, None), ("clerk:wang", None), ("visitor:v_001", visitor())])
    def test_by_kiosk_clerk_or_page_it_gives_a_ticket(self, actor: str, by: VisitorId | None) -> None:
        town, visit = on_tuesday()
        outcome = check_in(town.means, visit.code, actor, by)
        assert isinstance(outcome, Ticketed) and outcome.is_new
        arrived = as_it_stands(town, visit)
        assert (arrived.status, arrived.ticket, arrived.checked_in_at) == (Status.CHECKED_IN, "A001", town.clock.at)
        assert town.ledger.read(lambda page: page.history(visit.visit_id))[-1].actor == actor

    def test_twice_it_gives_the_same_ticket(self) -> None:
        town, visit = on_tuesday()
        first = check_in(town.means, visit.code, KIOSK)
        assert isinstance(first, Ticketed)
        assert check_in(town.means, visit.code, KIOSK) == Ticketed(first.visit, is_new=False)

    @pytest.mark.parametrize("clock", ["07:59", "00:00"])
    def test_too_early_it_says_from_when(self, clock: str) -> None:
        town, visit = on_tuesday(clock)
        outcome = check_in(town.means, visit.code, KIOSK)
        assert outcome == TooEarly(moment(TUESDAY, "08:00"))
        assert isinstance(outcome, TooEarly) and "6月2日08:00" in outcome.message

    def test_from_an_hour_before_it_is_in_time(self) -> None:
        town, visit = on_tuesday("08:00")
        assert isinstance(check_in(town.means, visit.code, KIOSK), Ticketed)

    def test_late_the_same_day_it_is_still_in_time(self) -> None:
        town, visit = on_tuesday("16:59")
        assert isinstance(check_in(town.means, visit.code, KIOSK), Ticketed)

    def test_the_day_after_it_is_not(self) -> None:
        town, visit = on_tuesday()
        town.clock.at += timedelta(days=1)
        assert check_in(town.means, visit.code, KIOSK) == Refused("not_today")

    def test_at_another_office_it_is_refused(self) -> None:
        town, visit = on_tuesday()
        assert check_in(town.means, visit.code, "kiosk:east-hall", office_id=EAST_HALL) == Refused("wrong_office")
        assert isinstance(check_in(town.means, visit.code, KIOSK, office_id=TOWN_HALL), Ticketed)

    def test_another_visitor_learns_nothing(self) -> None:
        town, visit = on_tuesday()
        assert check_in(town.means, visit.code, "visitor:v_002", visitor(2)) == Refused("unknown_code")
        assert as_it_stands(town, visit) == visit

    @pytest.mark.parametrize("code", ["", "NEVERGIVEN", "'; DROP TABLE visits", "x" * 10_000])
    def test_a_code_that_is_none_is_unknown(self, code: str) -> None:
        assert check_in(VisitTown().means, Code(code), KIOSK) == Refused("unknown_code")

    def test_a_hold_has_to_be_confirmed_first(self) -> None:
        town = VisitTown()
        kept = hold(town.means, visitor(), Wanted(CARD, TOWN_HALL, moment(MONDAY, "09:00")))
        assert isinstance(kept, Held)
        assert check_in(town.means, kept.visit.code, KIOSK) == Refused("not_confirmed")

    def test_a_cancelled_booking_is_over(self) -> None:
        town, visit = on_tuesday()
        cancel(town.means, visitor(), visit.code)
        assert check_in(town.means, visit.code, KIOSK) == Refused("over")

    def test_a_finished_visit_is_over(self) -> None:
        town, visit = on_tuesday()
        check_in(town.means, visit.code, KIOSK)
        call_next(town.means, TOWN_HALL, "1", "wang")
        finish(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
        assert check_in(town.means, visit.code, KIOSK) == Refused("over")

    def test_whose_time_was_closed_has_to_choose_another_first(self) -> None:
        town, visit = on_tuesday("08:30")
        wanted = ToClose(TOWN_HALL, moment(TUESDAY, "09:00"), moment(TUESDAY, "10:00"), "停电")
        close(town.means, wanted, Remedy.NOTIFY, "wang")
        assert check_in(town.means, visit.code, KIOSK) == Refused("displaced")

    def test_whoever_was_called_in_vain_and_is_back_waits_again(self) -> None:
        town, visit = on_tuesday()
        check_in(town.means, visit.code, KIOSK)
        call_next(town.means, TOWN_HALL, "1", "wang")
        miss(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
        town.clock.at += timedelta(minutes=5)
        outcome = check_in(town.means, visit.code, KIOSK)
        assert isinstance(outcome, Ticketed) and not outcome.is_new
        back = as_it_stands(town, visit)
        assert (back.status, back.ticket, back.waits_since) == (Status.CHECKED_IN, "A001", town.clock.at)
        assert (back.calls, back.counter, back.called_at, back.ended_at) == (0, "", None, None)

    def test_reminders_are_withdrawn(self) -> None:
        town = VisitTown(clock=SetClock(moment(TUESDAY, "06:00")))
        visit = booked(town)
        assert [each.kind for each in outbox(town)] == [NoticeKind.SOON]
        town.clock.at = moment(TUESDAY, "08:00")
        check_in(town.means, visit.code, KIOSK)
        assert outbox(town) == []


class TestTickets:
    def test_numbers_count_by_line(self) -> None:
        town, visit = on_tuesday("09:30")
        assert [ticket(town, guide_id).ticket for guide_id in (CARD, FELLING, LOST, FELLING)] == [
            "A001",
            "B001",
            "A002",
            "B002",
        ]
        arrived = check_in(town.means, visit.code, KIOSK)
        assert isinstance(arrived, Ticketed) and arrived.visit.ticket == "A003"

    def test_numbers_begin_anew_every_day(self) -> None:
        town, _ = on_tuesday("09:30")
        ticket(town)
        town.clock.at += timedelta(days=1)
        assert ticket(town).ticket == "A001"

    def test_a_cancelled_ticket_is_not_given_again(self) -> None:
        town, visit = on_tuesday()
        check_in(town.means, visit.code, KIOSK)
        cancel(town.means, visitor(), visit.code)
        town.clock.at = moment(TUESDAY, "09:30")
        assert ticket(town).ticket == "A002"

    def test_after_the_hundreds_come_the_thousands(self) -> None:
        town, _ = on_tuesday("09:30")
        first = ticket(town)
        late = replace(first, visit_id=VisitId("w_late"), code=Code("LATE"), ticket="A999")
        town.ledger.write([], lambda page: page.add(late, event_of(None, late, Move.TAKE_TICKET, town.clock.at, KIOSK)))
        assert [ticket(town).ticket, ticket(town).ticket] == ["A1000", "A1001"]

    def test_a_walk_in_has_a_pack_a_code_and_no_person(self) -> None:
        town, _ = on_tuesday("09:30")
        walk_in = ticket(town)
        assert (walk_in.share, walk_in.status, walk_in.person) == (Share.WALK_IN, Status.CHECKED_IN, None)
        assert (walk_in.starts_at, walk_in.visitor_id, len(walk_in.code)) == (None, None, 10)
        assert [item.name for item in walk_in.pack.items] == ["居民身份证", "申请表"]

    def test_walk_ins_take_no_booked_place(self) -> None:
        town, _ = on_tuesday("09:30")
        ticket(town)
        loads = town.ledger.read(lambda page: page.loads(TOWN_HALL, "cards", TUESDAY, TUESDAY, town.clock.at))
        assert [load.public for load in loads] == [15]  # the booking's

    def test_a_double_tap_is_one_ticket(self) -> None:
        town, _ = on_tuesday("09:30")
        first = ticket(town, key="tap")
        assert take_ticket(town.means, TOWN_HALL, CARD, KIOSK, "tap") == Ticketed(first, is_new=False)
        assert ticket(town, key="another tap").ticket == "A002"
        assert ticket(town).ticket == "A003"

    def test_the_key_of_one_kiosk_is_not_that_of_another(self) -> None:
        town, _ = on_tuesday("09:30")
        assert ticket(town, key="tap").ticket != ticket(town, key="tap", actor="kiosk:other").ticket

    @pytest.mark.parametrize("clock", ["08:59", "12:00", "13:29", "17:00", "23:00"])
    def test_outside_the_hours_there_are_none(self, clock: str) -> None:
        town, _ = on_tuesday(clock)
        assert take_ticket(town.means, TOWN_HALL, CARD, KIOSK) == Refused("closed_now")

    def test_a_line_that_is_closed_gives_none_and_the_other_does(self) -> None:
        town, _ = on_tuesday("09:30")
        wanted = ToClose(TOWN_HALL, moment(TUESDAY, "09:00"), moment(TUESDAY, "12:00"), "停电", "trees")
        close(town.means, wanted, Remedy.NOTIFY, "wang")
        assert take_ticket(town.means, TOWN_HALL, FELLING, KIOSK) == Refused("closed_now")
        assert ticket(town).ticket == "A001"

    @pytest.mark.parametrize(
        ("office_id", "guide_id", "reason"),
        [("nowhere", CARD, "unknown_office"), (TOWN_HALL, "nothing", "unknown_guide"), (TOWN_HALL, DOG, "not_handled")],
    )
    def test_for_what_is_not_there_there_are_none(self, office_id: str, guide_id: str, reason: str) -> None:
        town, _ = on_tuesday("09:30")
        outcome = take_ticket(town.means, office_id, guide_id, KIOSK)
        assert outcome == Refused(reason)
        assert isinstance(outcome, Refused) and outcome.message

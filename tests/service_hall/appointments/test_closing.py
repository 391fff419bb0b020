"""Blocking hours and adding some: nobody whom it hits is dropped in silence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from service_hall.appointments.changing import reschedule
from service_hall.appointments.closing import (
    Closed,
    Remedy,
    ToClose,
    add_hours,
    close,
    closures_ahead,
    drop_hours,
    hits,
    reopen,
)
from service_hall.appointments.outcomes import Booked, Held
from service_hall.appointments.places import Wanted, openings_between
from service_hall.appointments.reserving import book, hold
from service_hall.queue.arriving import check_in
from service_hall.visits.closures import ClosureId, ExtraHours
from service_hall.visits.notices import NoticeKind
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Share, Visit
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.visit_town import (
    CARD,
    FELLING,
    MONDAY,
    SetClock,
    VisitTown,
    as_it_stands,
    booked,
    moment,
    outbox,
    request,
    visitor,
)

TUESDAY = MONDAY + timedelta(days=1)
SATURDAY = MONDAY + timedelta(days=5)
NINE, TEN = moment(TUESDAY, "09:00"), moment(TUESDAY, "10:00")
CLERK = "wang"


def closing(opens: str = "00:00", closes: str = "23:59", line_id: str = "", office_id: str = TOWN_HALL) -> ToClose:
    return ToClose(office_id, moment(TUESDAY, opens), moment(TUESDAY, closes), "停电", line_id)


def extra(**changed: Any) -> ExtraHours:
    told = {"line_id": "", "day": SATURDAY, "opens": "09:00", "closes": "10:00", **changed}
    return ExtraHours("", TOWN_HALL, made_by=CLERK, made_at=moment(MONDAY, "08:00"), **told)


def ids(visits: Any) -> set[str]:
    return {visit.visit_id for visit in visits}


def everybody(done: Closed) -> list[Visit]:
    return [*done.moved, *done.displaced, *done.let_go, *done.waiting]


class TestPreview:
    def test_it_lists_whom_it_would_hit_and_changes_nothing(self) -> None:
        town = VisitTown()
        early, late = booked(town, 1), booked(town, 2, moment(TUESDAY, "15:00"))
        before = len(outbox(town))
        assert ids(hits(town.means, closing("09:00", "12:00"))) == {early.visit_id}
        assert [as_it_stands(town, each) for each in (early, late)] == [early, late]
        assert len(outbox(town)) == before
        assert closures_ahead(town.means, TOWN_HALL) == ([], [])

    @pytest.mark.parametrize(
        ("opens", "closes", "is_hit"),
        [("08:00", "09:00", False), ("08:00", "09:01", True), ("09:29", "12:00", True), ("09:30", "12:00", False)],
    )
    def test_a_slot_that_it_touches_is_hit(self, opens: str, closes: str, is_hit: bool) -> None:
        town = VisitTown()
        booked(town)
        assert bool(hits(town.means, closing(opens, closes))) is is_hit

    def test_of_one_line_it_hits_that_line_alone(self) -> None:
        town = VisitTown()
        booked(town)
        trees = booked(town, 2, wanted=Wanted(FELLING, TOWN_HALL, NINE))
        assert ids(hits(town.means, closing(line_id="trees"))) == {trees.visit_id}

    def test_of_another_office_or_an_unknown_one_it_hits_nobody(self) -> None:
        town = VisitTown()
        booked(town)
        assert hits(town.means, closing(office_id=EAST_HALL)) == []
        assert hits(town.means, closing(office_id="nowhere")) == []

    def test_a_closure_that_ends_before_it_begins_hits_nobody(self) -> None:
        town = VisitTown()
        booked(town)
        assert hits(town.means, closing("12:00", "08:00")) == []


class TestMoving:
    def test_to_the_nearest_free_opening_and_the_citizen_is_told(self) -> None:
        town = VisitTown()
        visit = booked(town)
        done = close(town.means, closing("09:00", "12:00"), Remedy.MOVE, CLERK)
        [moved] = done.moved
        assert moved == as_it_stands(town, visit)
        assert (moved.starts_at, moved.status, moved.reschedules) == (moment(TUESDAY, "13:30"), Status.BOOKED, 0)
        [told] = outbox(town, NoticeKind.MOVED)
        assert (told.visitor_id, told.facts) == (visitor(), {"before": NINE.isoformat(), "reason": "停电"})

    def test_reminders_move_along(self) -> None:
        town = VisitTown()
        booked(town, at=moment(TUESDAY, "11:30"))
        close(town.means, closing("09:00", "12:00"), Remedy.MOVE, CLERK)
        assert [(each.kind, each.due_at) for each in outbox(town) if each.kind is not NoticeKind.MOVED] == [
            (NoticeKind.DAY_BEFORE, moment(MONDAY, "18:00")),
            (NoticeKind.SOON, moment(TUESDAY, "11:30")),
        ]

    def test_never_more_into_a_slot_than_it_holds(self) -> None:
        town = VisitTown()
        visits = [booked(town, number, NINE + timedelta(minutes=30 * (number // 2))) for number in range(6)]
        booked(town, 9, moment(MONDAY, "16:30"))
        done = close(town.means, closing("09:00", "10:30"), Remedy.MOVE, CLERK)
        assert ids(done.moved) == ids(visits)
        starts = [as_it_stands(town, visit).starts_at for visit in visits]
        assert all(starts.count(start) <= 2 for start in starts)
        assert starts.count(moment(MONDAY, "16:30")) <= 1

    def test_an_internal_booking_stays_in_its_share(self) -> None:
        town = VisitTown()
        visit = booked(town, visitor_id="clerk:wang", wanted=Wanted(CARD, TOWN_HALL, NINE, Share.INTERNAL))
        close(town.means, closing("09:00", "12:00"), Remedy.MOVE, CLERK)
        assert as_it_stands(town, visit).share is Share.INTERNAL
        [load] = town.ledger.read(lambda page: page.loads(TOWN_HALL, "cards", MONDAY, SATURDAY, town.clock.at))
        assert (load.public, load.internal) == (0, 15)

    def test_who_cannot_be_moved_is_told_to_choose(self) -> None:
        town = VisitTown(clock=SetClock(moment(TUESDAY, "08:00")))
        town.change_rules(horizon_days=0)
        visit = booked(town)
        done = close(town.means, closing(), Remedy.MOVE, CLERK)
        assert (list(done.moved), ids(done.displaced)) == ([], {visit.visit_id})
        assert as_it_stands(town, visit).displaced

    def test_who_was_told_to_choose_is_moved_by_a_second_closure(self) -> None:
        town = VisitTown()
        visit = booked(town)
        close(town.means, closing("09:00", "09:30"), Remedy.NOTIFY, CLERK)
        done = close(town.means, closing("09:00", "12:00"), Remedy.MOVE, CLERK)
        assert ids(done.moved) == {visit.visit_id}
        assert not as_it_stands(town, visit).displaced


class TestNotifying:
    def test_the_booking_stays_and_the_citizen_is_told(self) -> None:
        town = VisitTown()
        visit = booked(town)
        done = close(town.means, closing("09:00", "12:00"), Remedy.NOTIFY, CLERK)
        stays = as_it_stands(town, visit)
        assert (stays.status, stays.displaced, stays.starts_at) == (Status.BOOKED, True, NINE)
        assert list(done.displaced) == [stays]
        assert [(each.kind, each.facts) for each in outbox(town)] == [(NoticeKind.DISPLACED, {"reason": "停电"})]

    def test_it_is_told_once_though_it_is_closed_twice(self) -> None:
        town = VisitTown()
        visit = booked(town)
        for _ in range(2):
            done = close(town.means, closing("09:00", "12:00"), Remedy.NOTIFY, CLERK)
            assert ids(done.displaced) == {visit.visit_id}
        assert len(outbox(town, NoticeKind.DISPLACED)) == 1


class TestEverybodyIsListed:
    @pytest.mark.parametrize("remedy", list(Remedy))
    def test_everybody_it_hits_stands_in_exactly_one_list(self, remedy: Remedy) -> None:
        town = VisitTown(clock=SetClock(moment(TUESDAY, "08:30")))
        town.change_rules(horizon_days=0)
        kept = hold(town.means, visitor(9), Wanted(CARD, TOWN_HALL, moment(TUESDAY, "11:00")))
        arrived = booked(town, 1, moment(TUESDAY, "09:00"))
        check_in(town.means, arrived.code, "kiosk:1")
        ahead = [booked(town, number, moment(TUESDAY, f"{8 + number}:00")) for number in (2, 3)]
        assert isinstance(kept, Held)
        previewed = hits(town.means, closing())
        done = close(town.means, closing(), remedy, CLERK)
        listed = everybody(done)
        assert ids(listed) == ids(previewed) == ids([kept.visit, arrived, *ahead])
        assert len(listed) == len(ids(listed))
        assert (ids(done.let_go), ids(done.waiting)) == ({kept.visit.visit_id}, {arrived.visit_id})

    def test_whoever_was_only_holding_is_told_too(self) -> None:
        town = VisitTown()
        hold(town.means, visitor(9), Wanted(CARD, TOWN_HALL, NINE))
        close(town.means, closing(), Remedy.MOVE, CLERK)
        assert [(each.visitor_id, each.kind) for each in outbox(town)] == [(visitor(9), NoticeKind.CLOSED)]

    def test_a_hold_that_has_run_out_is_nobodys(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        hold(town.means, visitor(9), Wanted(CARD, TOWN_HALL, NINE))
        clock.pass_by(minutes=10)
        assert everybody(close(town.means, closing(), Remedy.MOVE, CLERK)) == []
        assert outbox(town) == []

    def test_an_empty_day_is_closed_without_a_word(self) -> None:
        town = VisitTown()
        assert everybody(close(town.means, closing(), Remedy.MOVE, CLERK)) == []
        assert openings_between(town.means, CARD, TOWN_HALL, TUESDAY, TUESDAY) == []

    def test_the_closure_is_kept_with_who_made_it(self) -> None:
        town = VisitTown()
        done = close(town.means, closing("09:00", "12:00", "cards"), Remedy.MOVE, CLERK)
        assert closures_ahead(town.means, TOWN_HALL) == ([done.closure], [])
        assert (done.closure.made_by, done.closure.reason, done.closure.line_id) == (CLERK, "停电", "cards")

    def test_the_history_names_the_clerk_and_the_closure(self) -> None:
        town = VisitTown()
        visit = booked(town)
        done = close(town.means, closing(), Remedy.NOTIFY, CLERK)
        last = town.ledger.read(lambda page: page.history(visit.visit_id))[-1]
        assert (last.move, last.actor, last.note) == (
            Move.DISPLACE,
            "clerk:wang",
            {"closure": done.closure.closure_id},
        )


class TestReopening:
    def test_who_has_not_chosen_yet_has_the_old_time_again(self) -> None:
        town = VisitTown()
        visit = booked(town)
        done = close(town.means, closing(), Remedy.NOTIFY, CLERK)
        restored = reopen(town.means, TOWN_HALL, done.closure.closure_id, CLERK)
        assert restored == [as_it_stands(town, visit)]
        assert not as_it_stands(town, visit).displaced
        assert sorted(each.kind for each in outbox(town)) == ["day_before", "restored", "soon"]

    def test_who_has_chosen_keeps_what_was_chosen(self) -> None:
        town = VisitTown()
        visit = booked(town)
        done = close(town.means, closing("09:00", "10:00"), Remedy.NOTIFY, CLERK)
        reschedule(town.means, visitor(), visit.code, TEN)
        assert reopen(town.means, TOWN_HALL, done.closure.closure_id, CLERK) == []
        assert as_it_stands(town, visit).starts_at == TEN

    def test_what_another_closure_still_covers_is_not_restored(self) -> None:
        town = VisitTown()
        visit = booked(town)
        first = close(town.means, closing(), Remedy.NOTIFY, CLERK)
        close(town.means, closing("09:00", "09:30"), Remedy.NOTIFY, CLERK)
        assert reopen(town.means, TOWN_HALL, first.closure.closure_id, CLERK) == []
        assert as_it_stands(town, visit).displaced

    def test_the_hours_can_be_booked_again(self) -> None:
        town = VisitTown()
        done = close(town.means, closing(), Remedy.NOTIFY, CLERK)
        assert not isinstance(book(town.means, request()), Booked)
        reopen(town.means, TOWN_HALL, done.closure.closure_id, CLERK)
        assert isinstance(book(town.means, request()), Booked)

    def test_twice_or_by_another_office_there_is_no_such_closure(self) -> None:
        town = VisitTown()
        done = close(town.means, closing(), Remedy.NOTIFY, CLERK)
        assert reopen(town.means, EAST_HALL, done.closure.closure_id, CLERK) is None
        assert reopen(town.means, TOWN_HALL, done.closure.closure_id, CLERK) == []
        assert reopen(town.means, TOWN_HALL, done.closure.closure_id, CLERK) is None
        assert reopen(town.means, TOWN_HALL, ClosureId("c_never"), CLERK) is None


class TestExtraHours:
    def test_an_extra_day_can_be_booked(self) -> None:
        town = VisitTown()
        at = moment(SATURDAY, "09:00")
        assert not isinstance(book(town.means, request(at=at)), Booked)
        added = add_hours(town.means, extra())
        assert isinstance(book(town.means, request(at=at)), Booked)
        assert closures_ahead(town.means, TOWN_HALL) == ([], [added])
        assert added.extra_id and added.made_at == town.clock.at

    def test_who_has_booked_in_them_is_told_when_they_are_taken_back(self) -> None:
        town = VisitTown()
        added = add_hours(town.means, extra())
        visit = booked(town, at=moment(SATURDAY, "09:00"))
        other = booked(town, 2)
        displaced = drop_hours(town.means, TOWN_HALL, added.extra_id, CLERK)
        assert displaced == [as_it_stands(town, visit)]
        assert as_it_stands(town, visit).displaced and not as_it_stands(town, other).displaced
        assert len(outbox(town, NoticeKind.DISPLACED)) == 1

    def test_what_the_usual_hours_cover_all_the_same_stays(self) -> None:
        town = VisitTown()
        added = add_hours(town.means, extra(day=TUESDAY))
        visit = booked(town)
        assert drop_hours(town.means, TOWN_HALL, added.extra_id, CLERK) == []
        assert as_it_stands(town, visit) == visit

    def test_twice_or_by_another_office_there_are_no_such_hours(self) -> None:
        town = VisitTown()
        added = add_hours(town.means, extra())
        assert drop_hours(town.means, EAST_HALL, added.extra_id, CLERK) is None
        assert drop_hours(town.means, TOWN_HALL, added.extra_id, CLERK) == []
        assert drop_hours(town.means, TOWN_HALL, added.extra_id, CLERK) is None

"""What happens in the hall, and by itself: tickets, calls, jobs, notices, and time that passes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from service_hall.appointments import upkeep
from service_hall.queue import arriving, board, calling, desk
from service_hall.queue.outcomes import Done, Moving, Refused, Ticketed
from service_hall.reminders.delivering import deliver_due
from service_hall.shared.ids import VisitorId
from service_hall.visits.means import Means
from service_hall.visits.states import AT_COUNTER, IN_HALL, Status
from service_hall.visits.visit import VisitId
from tests.fakes import TOWN_HALL
from tests.stateful.town import (
    COUNTERS,
    WHERE,
    Town,
    counter,
    item,
    pick,
    which,
    who,
)
from tests.visit_town import moment

AtCounter = Callable[[Means, str, str, VisitId, str], Moving]
MOVES: tuple[AtCounter, ...] = (
    calling.call_again,
    calling.serve,
    calling.finish,
    calling.finish,
    calling.miss,
    calling.miss,
)


class InTheHall(Town):
    @precondition(lambda self: self.awaited())
    @rule(which=which, in_time=st.booleans())
    def check_in(self, which: int, in_time: bool) -> None:
        visit = pick(self.awaited(), which)
        if in_time and visit.starts_at:
            self.town.clock.at = max(self.town.clock.at, visit.starts_at - timedelta(minutes=20))
        outcome = arriving.check_in(self.means, visit.code, "kiosk:1", office_id=visit.office_id)
        if isinstance(outcome, Ticketed):
            assert outcome.visit.ticket

    @rule(item=item, who=st.one_of(st.none(), who))
    def take_a_ticket(self, item: str, who: VisitorId | None) -> None:
        key = self.new_key()
        taken = arriving.take_ticket(self.means, WHERE[item], item, "kiosk:1", key, who)
        again = arriving.take_ticket(self.means, WHERE[item], item, "kiosk:1", key, who)
        if isinstance(taken, Ticketed):
            assert isinstance(again, Ticketed)
            assert (again.visit.visit_id, again.is_new) == (taken.visit.visit_id, False)

    @precondition(lambda self: self.those(*IN_HALL))
    @rule(which=which, at=which, moves=st.lists(st.sampled_from(MOVES), min_size=1, max_size=6))
    def a_counter_works(self, which: int, at: int, moves: list[AtCounter]) -> None:
        """Whenever nobody is there, the next one is called."""
        there = self.those(*IN_HALL)
        visit = pick([each for each in there if each.day == self.today] or there, which)
        office_id, counter = visit.office_id, self.counter_for(visit, at)
        for move in moves:
            current = self.town.ledger.read(lambda page: page.at_counter(office_id, counter))
            called = calling.call_next(self.means, office_id, counter, "wang")
            if current:
                assert called == Refused("counter_busy")
                outcome = move(self.means, office_id, counter, current.visit_id, "wang")
                assert isinstance(outcome, Done) or outcome.reason == "no_such_move"
            elif isinstance(called, Done):
                assert called.visit.day == self.today
            self.truths.check()
            self.town.clock.at += timedelta(minutes=2)

    @precondition(lambda self: self.those(*AT_COUNTER))
    @rule(which=which, to=counter)
    def transfer(self, which: int, to: str) -> None:
        visit = pick(self.those(*AT_COUNTER), which)
        calling.transfer(self.means, visit.office_id, visit.counter, visit.visit_id, "wang", to)

    @precondition(lambda self: self.those(Status.MISSED))
    @rule(which=which, at=which)
    def recall(self, which: int, at: int) -> None:
        visit = pick(self.those(Status.MISSED), which)
        calling.recall(self.means, visit.office_id, self.counter_for(visit, at), visit.visit_id, "wang")

    @rule()
    def look(self) -> None:
        shown = board.board(self.means, TOWN_HALL)
        assert shown
        for each in COUNTERS:
            assert desk.desk(self.means, TOWN_HALL, each)

    @rule(minutes=st.sampled_from((4, 11, 31, 90)))
    def minutes_pass(self, minutes: int) -> None:
        self.town.clock.at += timedelta(minutes=minutes)

    @rule(at=st.sampled_from(("08:40", "09:05", "13:35")), in_order=st.booleans())
    def the_hall_opens(self, at: str, in_order: bool) -> None:
        """Today, or else on the next day; the night's job may be late."""
        today = moment(self.today, at)
        self.town.clock.at = today if self.town.clock.at < today else today + timedelta(days=1)
        if in_order:
            upkeep.end_days(self.means)

    @rule(
        job=st.sampled_from(
            (
                upkeep.end_holds,
                upkeep.end_days,
                upkeep.offer_places,
                upkeep.renew_packs,
                upkeep.forget_persons,
                upkeep.forget_takings,
            )
        )
    )
    def a_job_runs(self, job: object) -> None:
        assert callable(job)
        job(self.means)

    @rule()
    def notices_are_delivered(self) -> None:
        deliver_due(self.means, [self.page])

"""What citizens do from home: hold, confirm, book, cancel, reschedule, wait for a place."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from service_hall.appointments import changing, reserving, waiting_list
from service_hall.appointments.outcomes import (
    Booked,
    Cancelled,
    Moved,
    Wished,
)
from service_hall.appointments.places import Wanted
from service_hall.shared.ids import VisitorId
from service_hall.shared.origin import Origin
from service_hall.visits.person import Person
from service_hall.visits.states import Status
from service_hall.visits.visit import Share
from tests.stateful.town import (
    CLERK,
    WHERE,
    Town,
    book_with,
    clock,
    days_on,
    item,
    origin,
    pick,
    solves,
    which,
    who,
    whom,
)
from tests.visit_town import moment


class AtHome(Town):
    @rule(who=who, item=item, days=days_on, at=clock, origin=origin, solves=solves)
    def hold(self, who: VisitorId, item: str, days: int, at: str, origin: Origin, solves: bool) -> None:
        wanted = self.wanted(item, days, at)
        self.held(self.prove(lambda proof: reserving.hold(self.means, who, wanted, origin=origin, proof=proof), solves))

    @precondition(lambda self: self.those(Status.HELD))
    @rule(which=which, item=item, days=days_on, at=clock, origin=origin)
    def hold_another(self, which: int, item: str, days: int, at: str, origin: Origin) -> None:
        before = pick(self.those(Status.HELD), which)
        if before.visitor_id:
            wanted = self.wanted(item, days, at)
            self.held(reserving.hold(self.means, before.visitor_id, wanted, before.code, origin=origin))

    @precondition(lambda self: self.those(Status.HELD))
    @rule(which=which, whom=whom, origin=origin)
    def confirm(self, which: int, whom: Person, origin: Origin) -> None:
        held = pick(self.those(Status.HELD), which)
        assert held.visitor_id and held.starts_at
        wanted = Wanted(held.guide_id, held.office_id, held.starts_at)
        asked = reserving.Request(held.visitor_id, wanted, whom, self.new_key(), origin=origin)
        self.booked(asked, reserving.confirm(self.means, held.code, asked))

    @rule(who=who, whom=whom, item=item, days=days_on, at=clock, origin=origin, solves=solves)
    def book(self, who: VisitorId, whom: Person, item: str, days: int, at: str, origin: Origin, solves: bool) -> None:
        asked = reserving.Request(who, self.wanted(item, days, at), whom, self.new_key(), origin=origin)
        self.booked(asked, self.prove(partial(book_with, self.means, asked), solves))

    @rule(whom=whom, item=item, days=days_on, at=clock)
    def book_for_somebody_on_the_phone(self, whom: Person, item: str, days: int, at: str) -> None:
        wanted = self.wanted(item, days, at, Share.INTERNAL)
        asked = reserving.Request(CLERK, wanted, whom, self.new_key())
        self.booked(asked, reserving.book(self.means, asked))

    @precondition(lambda self: self.truths.confirmed)
    @rule(which=which, whom=whom, item=item)
    def send_a_key_again(self, which: int, whom: Person, item: str) -> None:
        (visitor_id, key), visit_id = pick(list(self.truths.confirmed.items()), which)
        again = reserving.book(self.means, reserving.Request(visitor_id, self.wanted(item, 1, "09:00"), whom, key))
        assert isinstance(again, Booked)
        assert (again.visit.visit_id, again.is_new) == (visit_id, False)

    @precondition(lambda self: self.of_visitors())
    @rule(which=which)
    def cancel(self, which: int) -> None:
        visit = pick(self.of_visitors(), which)
        assert visit.visitor_id
        if isinstance(changing.cancel(self.means, visit.visitor_id, visit.code), Cancelled):
            self.truths.given_up.add(visit.visit_id)

    @precondition(lambda self: self.of_visitors(Status.BOOKED))
    @rule(which=which, days=days_on, at=clock)
    def reschedule(self, which: int, days: int, at: str) -> None:
        visit = pick(self.of_visitors(Status.BOOKED), which)
        assert visit.visitor_id
        starts_at = moment(self.today + timedelta(days=days), at)
        outcome = changing.reschedule(self.means, visit.visitor_id, visit.code, starts_at)
        if isinstance(outcome, Moved):
            assert outcome.visit.starts_at == starts_at

    @rule(
        who=who, whom=whom, item=item, days=days_on, more=days_on, at=st.sampled_from(("00:00", "09:30")), origin=origin
    )
    def join_the_waiting_list(
        self, who: VisitorId, whom: Person, item: str, days: int, more: int, at: str, origin: Origin
    ) -> None:
        first = self.today + timedelta(days=days)
        wanted = waiting_list.WishFor(item, WHERE[item], first, first + timedelta(days=more), at)
        outcome = self.prove(lambda proof: waiting_list.join(self.means, who, wanted, whom, origin=origin, proof=proof))
        if isinstance(outcome, Wished):
            self.wishes.append((who, outcome.wish.wish_id))

    @precondition(lambda self: self.wishes)
    @rule(which=which)
    def leave_the_waiting_list(self, which: int) -> None:
        waiting_list.leave(self.means, *pick(self.wishes, which))

    @precondition(lambda self: self.offered())
    @rule(which=which)
    def accept_what_is_offered(self, which: int) -> None:
        offered = pick(self.offered(), which)
        assert offered.visitor_id
        outcome = reserving.accept(self.means, offered.visitor_id, offered.code)
        if isinstance(outcome, Booked):
            self.truths.confirmed[offered.visitor_id, f"offer {offered.visit_id}"] = outcome.visit.visit_id

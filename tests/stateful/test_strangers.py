"""What a stranger writes into a booking changes nothing for whom it names, nor for anybody else.

Two towns live through the same. In one the strangers write the name, phone and identity number of a citizen who books
herself; in the other those of nobody. Every answer to everybody is the same in both, and so is all that anybody sees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from service_hall.appointments import changing, upkeep
from service_hall.appointments.asking import Proof, ToldCode
from service_hall.appointments.outcomes import Booked, Held, LimitReached, NotOpen, ProofNeeded, Restricted, Wished
from service_hall.appointments.own import visits_of
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import Request, book, confirm, hold
from service_hall.appointments.waiting_list import WishFor, join
from service_hall.shared.ids import VisitorId
from service_hall.shared.origin import Origin
from service_hall.visits.person import Person
from service_hall.visits.states import Status
from service_hall.visits.visit import Code, Visit
from tests.fakes import TOWN_HALL
from tests.proofs import HERE, NO_SCRIPTS, THERE, FakeSms, solved
from tests.visit_town import CARD, FELLING, LOST, VisitTown, figures, moment, outbox, visitor

T = TypeVar("T")
VICTIM, NEIGHBOUR = visitor(1), visitor(2)
STRANGERS = (visitor(7), visitor(8))
NUMBER, NOBODYS = "110101199003070011", "110101199003078515"
HER = Person("王小明", "13800000001", NUMBER)
NEIGHBOURS = Person("李四", "13900000002")
NAMED = (Person("王小明", "13800000001"), Person("赵六", "13700000003", NUMBER), HER)
"""Whom the strangers name in the first town; in the second the same, of somebody whom there is not."""
MADE_UP = (
    Person("周五", "13600000009"),
    Person("赵六", "13700000003", NOBODYS),
    Person("周五", "13600000009", NOBODYS),
)

item = st.sampled_from((CARD, CARD, LOST, FELLING))
days = st.sampled_from((0, 1, 1, 2))
clock = st.sampled_from(("09:00", "09:30", "10:00"))
whoever = st.sampled_from((VICTIM, VICTIM, NEIGHBOUR, *STRANGERS, *STRANGERS))
which = st.integers(0, 2)


class Twins(RuleBasedStateMachine):
    with_sms = False

    def __init__(self) -> None:
        super().__init__()
        self.sms = (FakeSms(), FakeSms())
        rules = figures(
            horizon_days=5,
            bookings_per_address=3,
            bookings_per_device=2,
            active_per_visitor=4,
            no_show_restriction_at=2,
        )
        self.towns = tuple(VisitTown(sms=sms if self.with_sms else None, rules=rules) for sms in self.sms)
        self.keys = 0

    def both(self, act: Callable[[int, VisitTown], object]) -> list[object]:
        """What came of it, the same in both."""
        outcomes = [act(at, town) for at, town in enumerate(self.towns)]
        assert told(outcomes[0]) == told(outcomes[1])
        for town in self.towns:
            town.clock.at += timedelta(seconds=7)
        return outcomes

    @rule(who=whoever, item=item, days=days, at=clock, which=which, proves=st.booleans(), home=st.booleans())
    def book(self, who: VisitorId, item: str, days: int, at: str, which: int, proves: bool, home: bool) -> None:
        self.keys += 1

        def act(town_at: int, town: VisitTown) -> object:
            wanted = Wanted(item, TOWN_HALL, self.start(days, at))
            asked = Request(
                who, wanted, self.person(town_at, who, which), f"key {self.keys}", origin=origin_of(who, home)
            )
            return self.prove(town_at, lambda proof: book(town.means, replace(asked, proof=proof)), who, proves)

        self.both(act)

    @rule(who=whoever, item=item, days=days, at=clock, which=which, proves=st.booleans())
    def hold_and_confirm(self, who: VisitorId, item: str, days: int, at: str, which: int, proves: bool) -> None:
        self.keys += 1

        def act(town_at: int, town: VisitTown) -> object:
            wanted, origin = Wanted(item, TOWN_HALL, self.start(days, at)), origin_of(who)
            kept = self.prove(
                town_at, lambda proof: hold(town.means, who, wanted, origin=origin, proof=proof), who, proves
            )
            if not isinstance(kept, Held):
                return kept
            person = self.person(town_at, who, which)
            return confirm(town.means, kept.visit.code, Request(who, wanted, person, f"key {self.keys}", origin=origin))

        self.both(act)

    @rule(who=whoever, item=item, days=days, which=which, proves=st.booleans())
    def wait_for_a_place(self, who: VisitorId, item: str, days: int, which: int, proves: bool) -> None:
        day = self.start(days, "09:00").date()

        def act(town_at: int, town: VisitTown) -> object:
            wish, person, origin = WishFor(item, TOWN_HALL, day, day), self.person(town_at, who, which), origin_of(who)
            ask: Callable[[Proof | None], object] = lambda proof: join(  # noqa: E731
                town.means, who, wish, person, origin=origin, proof=proof
            )
            return self.prove(town_at, ask, who, proves)

        self.both(act)

    @rule(who=whoever, which=which)
    def cancel(self, who: VisitorId, which: int) -> None:
        def act(_: int, town: VisitTown) -> object:
            standing = [visit for visit in all_of(town, who) if visit.status is Status.BOOKED]
            return changing.cancel(town.means, who, standing[which % len(standing)].code if standing else Code("NONE"))

        self.both(act)

    @rule(who=whoever, which=which, days=days, at=clock)
    def reschedule(self, who: VisitorId, which: int, days: int, at: str) -> None:
        def act(_: int, town: VisitTown) -> object:
            standing = [visit for visit in all_of(town, who) if visit.status is Status.BOOKED]
            code = standing[which % len(standing)].code if standing else Code("NONE")
            return changing.reschedule(town.means, who, code, self.start(days, at))

        self.both(act)

    @rule()
    def a_day_passes(self) -> None:
        """Nobody who was awaited has come."""
        for town in self.towns:
            town.clock.at = moment((town.clock.at + timedelta(days=1)).date(), "07:00")
            upkeep.end_holds(town.means)
            upkeep.end_days(town.means)

    @rule()
    def an_hour_passes(self) -> None:
        for town in self.towns:
            town.clock.at += timedelta(minutes=61)
            upkeep.end_holds(town.means)

    @invariant()
    def everybody_sees_the_same(self) -> None:
        for who in (VICTIM, NEIGHBOUR, *STRANGERS):
            first, second = ([seen(visit) for visit in all_of(town, who)] for town in self.towns)
            assert first == second
            notices = [
                [(each.kind, each.due_at) for each in outbox(town) if each.visitor_id == who] for town in self.towns
            ]
            assert sorted(notices[0]) == sorted(notices[1])

    def prove(self, town_at: int, ask: Callable[[Proof | None], T], who: VisitorId, proves: bool) -> T:
        """Who holds a phone reads the code; a stranger does not, and guesses."""
        sms = self.sms[town_at]
        before = len(sms.sent)
        outcome = ask(None)
        if not isinstance(outcome, ProofNeeded) or not proves:
            return outcome
        if outcome.kind == "puzzle":
            return ask(solved(outcome))
        if len(sms.sent) == before:
            return outcome
        code = sms.told
        return ask(ToldCode(f"{(int(code.digits) + 1) % 10**6:06}") if who in STRANGERS else code)

    def start(self, days: int, at: str) -> datetime:
        return moment(self.towns[0].clock.at.date() + timedelta(days=days), at)

    def person(self, town_at: int, who: VisitorId, which: int) -> Person:
        if who in STRANGERS:
            return (NAMED, MADE_UP)[town_at][which]
        return HER if who == VICTIM else NEIGHBOURS


class TwinsWithCodes(Twins):
    with_sms = True


def origin_of(who: VisitorId, home: bool = True) -> Origin:
    if who in STRANGERS:
        return THERE
    return HERE if home else NO_SCRIPTS


def all_of(town: VisitTown, who: VisitorId) -> list[Visit]:
    """The order among those of one moment is drawn by lot; when they were made is not."""
    return sorted(visits_of(town.means, who), key=lambda visit: visit.created_at)


def seen(visit: Visit) -> tuple[object, ...]:
    return visit.guide_id, visit.starts_at, visit.status, visit.no_show, visit.exempt, visit.reschedules


def told(outcome: object) -> tuple[object, ...]:
    """As a door answers it, but for codes and what is drawn by lot."""
    name = type(outcome).__name__
    match outcome:
        case Booked(visit, is_new):
            return name, is_new, seen(visit)
        case Held(visit):
            return name, seen(visit), visit.held_until
        case Wished(wish):
            return name, wish.status, wish.made_at
        case LimitReached() | Restricted() | NotOpen():
            return name, outcome
        case ProofNeeded():
            level = outcome.challenge["parameters"]["data"]["level"] if outcome.challenge else 0
            return name, outcome.kind, level, outcome.tries_left, outcome.was_wrong, outcome.is_new
    return name, getattr(outcome, "message", ""), getattr(outcome, "alternatives", ())


house = settings.get_profile("house")
TestStrangers = Twins.TestCase
TestStrangers.settings = settings(house, max_examples=60, stateful_step_count=40)
TestStrangersWhereCodesAreSent = TwinsWithCodes.TestCase
TestStrangersWhereCodesAreSent.settings = settings(house, max_examples=40, stateful_step_count=40)

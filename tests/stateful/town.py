"""The town, the people and the strategies; what the rules have in common."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import TypeVar
from unittest.mock import patch

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from knowledge_base.offices import Office
from service_hall.appointments import reserving
from service_hall.appointments.asking import Proof
from service_hall.appointments.outcomes import (
    Booked,
    Booking,
    Held,
    Holding,
    NotOpen,
    ProofNeeded,
    SlotFull,
)
from service_hall.appointments.places import Wanted, openings_between
from service_hall.conversation.reply import Reply
from service_hall.queue import arriving
from service_hall.queue.outcomes import Ticketed
from service_hall.shared import ids
from service_hall.shared.ids import VisitorId
from service_hall.visits.closures import ClosureId, ExtraHours
from service_hall.visits.ledger import Ledger
from service_hall.visits.means import Means
from service_hall.visits.notices import NoticeId
from service_hall.visits.person import Person
from service_hall.visits.states import Status
from service_hall.visits.visit import Share, Visit
from service_hall.visits.waiting import WishId
from tests.fake_ledger import FakeLedger
from tests.fakes import EAST, EAST_HALL, TOWN, TOWN_HALL, office
from tests.proofs import HERE, NO_SCRIPTS, THERE, solved
from tests.stateful.truths import Truths
from tests.visit_town import CARD, DOG, FELLING, LOST, MONDAY, VisitTown, figures, line, moment, somebody, visitor

T = TypeVar("T")
VISITORS = tuple(visitor(number) for number in range(1, 5))
CLERK = VisitorId("clerk:wang")
PERSONS = (
    somebody(1),
    somebody(2),
    Person(somebody(1).name, somebody(1).phone, "110101199003070011"),
    Person("李四", "13900000000", "110101199003070011"),
)
"""The third is the first with a number, and the fourth has the number of the third."""
WHERE = {CARD: TOWN_HALL, LOST: TOWN_HALL, FELLING: TOWN_HALL, DOG: EAST_HALL}
HOURS = ("09:00", "09:30", "13:30", "14:00")
COUNTERS = ("1", "2", "3")


who = st.sampled_from(VISITORS)
whom = st.sampled_from(PERSONS)
item = st.sampled_from((CARD, CARD, CARD, LOST, FELLING, DOG))
days_on = st.sampled_from((0, 1, 1, 1, 2, 5))
clock = st.sampled_from((*HOURS, "09:00", "09:00", "10:00"))
"""Some moments are asked for more often, and one is no opening."""
origin = st.sampled_from((NO_SCRIPTS, HERE, HERE, THERE))
solves = st.sampled_from((True, True, True, False))
"""Mostly the page solves the puzzle."""
which = st.integers(0, 30)
counter = st.sampled_from(COUNTERS)


def offices(public_percent: int = 50) -> tuple[Office, ...]:
    """Four slots a day: two places for cards (one for staff), one for trees; two for dogs at the other office."""
    hours = [
        {"days": (1, 2, 3, 4, 5), "opens": "09:00", "closes": "10:00"},
        {"days": (1, 2, 3, 4, 5), "opens": "13:30", "closes": "14:30"},
    ]
    lines = (
        line("cards", "A", ("1", "2"), (CARD, LOST), public_percent=public_percent),
        line("trees", "B", ("3",), (FELLING,), minutes=30, public_percent=100, internal_percent=0),
    )
    dogs = line("town", "A", ("1", "2"), (DOG,), public_percent=public_percent)
    return (
        office(TOWN_HALL, "溪城市政务服务中心", TOWN, [CARD, LOST, FELLING], lines=lines, opening_hours=hours),
        office(EAST_HALL, "东河区政务服务中心", EAST, [DOG], lines=(dogs,), opening_hours=hours),
    )


class Page:
    """A door that everybody stands at, now and then."""

    def __init__(self) -> None:
        self.shown: set[NoticeId] = set()

    def deliver(self, visitor_id: VisitorId, notice_id: NoticeId, reply: Reply, at: datetime) -> bool:
        assert visitor_id in VISITORS
        assert notice_id not in self.shown
        self.shown.add(notice_id)
        return True


class Town(RuleBasedStateMachine):
    """What the rules do is what doors, kiosks, clerks and jobs do; what must hold is in `Truths`."""

    def __init__(self) -> None:
        super().__init__()
        numbers = random.Random(1)
        self._same_ids = patch.object(ids, "secrets", SimpleNamespace(choice=numbers.choice))
        self._same_ids.start()
        self.town = VisitTown(
            ledger=self.an_empty_ledger(),
            rules=figures(horizon_days=5, retention_days=2, bookings_per_address=2, series_bookings=3),
        )
        self.town.change_offices(offices())
        self.means = self.town.means
        self.truths = Truths(self.town, VISITORS)
        self.page = Page()
        self.keys = 0
        self.closures: list[tuple[str, ClosureId]] = []
        self.extra_hours: list[ExtraHours] = []
        self.wishes: list[tuple[VisitorId, WishId]] = []

    def an_empty_ledger(self) -> Ledger:
        return FakeLedger()

    def teardown(self) -> None:
        self._same_ids.stop()

    @initialize(busy=st.integers(0, 5), walk_ins=st.integers(0, 5))
    def the_day_begins(self, busy: int, walk_ins: int) -> None:
        """The hall opens in half an hour, and some are awaited; or it has opened, and some stand in it."""
        self.town.clock.at = moment(MONDAY, "08:30")
        for number in range(busy):
            at = moment(MONDAY + timedelta(days=number % 2), HOURS[number % 3])
            wanted = Wanted((CARD, FELLING)[number % 2], TOWN_HALL, at)
            person = Person(f"王{'甲乙丙丁戊'[number]}", f"1370000000{number}")
            asked = reserving.Request(VISITORS[number % 4], wanted, person, self.new_key(), origin=HERE)
            outcome = self.prove(partial(book_with, self.means, asked))
            self.booked(asked, outcome)
            if walk_ins and isinstance(outcome, Booked):
                arriving.check_in(self.means, outcome.visit.code, "kiosk:1")
        if walk_ins:
            self.town.clock.at = moment(MONDAY, "09:05")
        for number in range(walk_ins):
            taken = arriving.take_ticket(self.means, TOWN_HALL, (CARD, FELLING)[number % 2], "kiosk:1", self.new_key())
            assert isinstance(taken, Ticketed)

    @invariant()
    def truths_hold(self) -> None:
        self.truths.check()

    @property
    def today(self) -> date:
        return self.means.now().date()

    def new_key(self) -> str:
        self.keys += 1
        return f"key-{self.keys}"

    def wanted(self, item: str, days: int, at: str, share: Share = Share.PUBLIC) -> Wanted:
        return Wanted(item, WHERE[item], moment(self.today + timedelta(days=days), at), share)

    def those(self, *statuses: Status) -> list[Visit]:
        return [visit for visit in self.truths.visits if visit.status in statuses]

    def of_visitors(self, *statuses: Status) -> list[Visit]:
        return [visit for visit in self.those(*(statuses or Status)) if visit.visitor_id]

    def offered(self) -> list[Visit]:
        return [visit for visit in self.those(Status.HELD) if visit.person]

    def awaited(self) -> list[Visit]:
        """Those at home, and those who were not there when they were called."""
        return self.those(Status.BOOKED, Status.BOOKED, Status.MISSED) or self.those(Status.CHECKED_IN)

    def counter_for(self, visit: Visit, which: int) -> str:
        """Mostly one of its line."""
        line = self.means.line(visit.office_id, visit.line_id)
        assert line
        return visit.counter or pick((*line.counters, *line.counters, *COUNTERS), which)

    def prove(self, ask: Callable[[Proof | None], T], solves: bool = True) -> T:
        """What comes of it, the puzzle solved where one is asked for."""
        outcome = ask(None)
        if not isinstance(outcome, ProofNeeded) or not solves:
            return outcome
        outcome = ask(solved(outcome))
        assert not isinstance(outcome, ProofNeeded), "a solved puzzle proves nothing"
        return outcome

    def held(self, outcome: Holding) -> None:
        if isinstance(outcome, Held):
            assert outcome.visit.held_until
            assert outcome.visit.held_until > self.town.clock()

    def booked(self, asked: reserving.Request, outcome: Booking) -> None:
        if isinstance(outcome, Booked):
            self.truths.confirmed[asked.visitor_id, asked.key] = outcome.visit.visit_id
        elif isinstance(outcome, SlotFull):
            wanted = asked.wanted
            day = wanted.starts_at.date()
            openings = openings_between(self.means, wanted.guide_id, wanted.office_id, day, day, wanted.share)
            assert not isinstance(openings, NotOpen)
            assert [opening.left for opening in openings if opening.starts_at == wanted.starts_at] == [0]
            assert all(opening.left > 0 for opening in outcome.alternatives)


def book_with(means: Means, asked: reserving.Request, proof: Proof | None) -> Booking:
    return reserving.book(means, replace(asked, proof=proof))


def pick(those: Sequence[T], which: int) -> T:
    return those[which % len(those)]

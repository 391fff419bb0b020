"""The made-up town's hall for visits: counters, figures, a clock that the test sets, and a ledger in memory."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from knowledge_base.booking_rules import BookingRules
from knowledge_base.library import Library
from knowledge_base.model import CounterLine, Office
from service_hall.appointments.outcomes import Booked, Held
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import Request, book, hold
from service_hall.conversation.enquiry import Enquiry
from service_hall.conversation.hall_facts import HallFacts
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId
from service_hall.shared.safe import SealBroken
from service_hall.shared.sms import SmsSender
from service_hall.shared.working_calendar import WorkingCalendar
from service_hall.visits.ledger import Ledger
from service_hall.visits.means import Means
from service_hall.visits.notices import Notice, NoticeKind
from service_hall.visits.person import Person
from service_hall.visits.visit import Code, Visit
from tests.fake_ledger import FakeLedger
from tests.fakes import (
    CARD_FIRST,
    EAST,
    EAST_HALL,
    TOWN,
    TOWN_HALL,
    WEST,
    WEST_HALL,
    FixedClock,
    build_town,
    document,
    office,
    published,
    statement,
    telling,
)

MONDAY = date(2026, 6, 1)
"""A working day, with four more after it; 端午 is on Friday 2026-06-19."""
CARD, LOST, FELLING, DOG, STALL = (
    "library-card-first",
    "library-card-lost",
    "tree-felling",
    "dog-register",
    "night-stall",
)


class SetClock(FixedClock):
    """Shows what it was set to."""

    def __init__(self, at: datetime | None = None) -> None:
        super().__init__(at or moment(MONDAY, "08:00"))

    def set(self, day: date, clock: str) -> None:
        self.at = moment(day, clock)

    def pass_by(self, **much: float) -> None:
        self.at += timedelta(**much)


class FakeSafe:
    """Readable in a debugger, and as strict about what belongs to what as the real one."""

    def seal(self, text: str, bound_to: str) -> str:
        return base64.b64encode(f"{bound_to}\n{text}".encode()).decode()

    def open(self, sealed: str, bound_to: str) -> str:
        owner, _, text = base64.b64decode(sealed.encode()).decode().partition("\n")
        if owner != bound_to:
            raise SealBroken(bound_to)
        return text

    def fingerprint(self, text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), SHANGHAI)


def line(line_id: str, letter: str, counters: tuple[str, ...], guides: tuple[str, ...], **stated: Any) -> CounterLine:
    return CounterLine.model_validate(
        {
            "id": line_id,
            "name": f"{letter}线",
            "letter": letter,
            "counters": counters,
            "guides": guides,
            "minutes": 15,
            "slot_minutes": 30,
            "public_percent": 50,
            "internal_percent": 25,
            **stated,
        }
    )


def town_offices() -> tuple[Office, ...]:
    """The town's hall: two counters for cards (2 public places a slot, 1 internal), one for trees; 9–12, 13:30–17.
    East: dogs and stalls. West: dogs."""
    return (
        office(
            TOWN_HALL,
            "溪城市政务服务中心",
            TOWN,
            [CARD, LOST, FELLING],
            lines=(
                line("cards", "A", ("1", "2"), (CARD, LOST)),
                line("trees", "B", ("3",), (FELLING,), minutes=30, public_percent=100, internal_percent=0),
            ),
        ),
        office(
            EAST_HALL,
            "东河区政务服务中心",
            EAST,
            [DOG, STALL],
            lines=(line("town", "A", ("1", "2"), (DOG, STALL)),),
            location={"lat": 30.01, "lon": 110.01},
        ),
        office(
            WEST_HALL,
            "西山区政务服务中心",
            WEST,
            [DOG],
            lines=(line("town", "A", ("1", "2"), (DOG,)),),
            location={"lat": 30.2, "lon": 110.2},
        ),
    )


@lru_cache(maxsize=1)
def visit_library() -> Library:
    return build_town(published(offices=town_offices()))


def figures(**changed: Any) -> BookingRules:
    return BookingRules.model_validate(
        {
            "effective_from": date(2026, 1, 1),
            "source": "sample",
            "reviewed_by": "测试",
            "reviewed_on": date(2026, 1, 1),
            "hold_minutes": 10,
            "lead_minutes": 30,
            "horizon_days": 14,
            "active_per_person_and_item": 1,
            "active_per_person": 3,
            "active_per_visitor": 5,
            "reschedules_per_visit": 2,
            "bookings_per_address": 1000,
            "bookings_per_device": 1000,
            "bookings_per_puzzle_level": 2,
            "puzzle_levels": 3,
            "puzzle_hashes": 100,
            "proof_minutes": 10,
            "code_tries": 3,
            "code_again_seconds": 60,
            "codes_per_visitor": 3,
            "codes_per_address": 6,
            "codes_per_phone": 8,
            "codes_per_phone_from_address": 4,
            "series_bookings": 5,
            "series_minutes": 30,
            "series_over_budget": 1000,
            "origin_days": 5,
            "no_show_window_days": 90,
            "no_show_warning_at": 1,
            "no_show_restriction_at": 3,
            "no_show_restriction_days": 30,
            "appeal_days": 15,
            "waitlist_offer_minutes": 30,
            "waitlist_per_visitor": 2,
            "check_in_minutes": 60,
            "late_minutes": 30,
            "calls_before_missed": 3,
            "almost_called_ahead": 2,
            "remind_day_before_at": "18:00",
            "remind_minutes_before": 120,
            "notices_from": "08:00",
            "notices_until": "20:00",
            "retention_days": 30,
            **changed,
        }
    )


@dataclass
class VisitTown:
    """What a test of a room works with. `means` is read anew: rules and offices can be changed in between."""

    clock: FixedClock = field(default_factory=SetClock)
    ledger: Ledger = field(default_factory=FakeLedger)
    rules: BookingRules = field(default_factory=figures)
    library: Library = field(default_factory=visit_library)
    sms: SmsSender | None = None

    def __post_init__(self) -> None:
        self.means = Means(
            ledger=self.ledger,
            library=lambda: self.library,
            clock=self.clock,
            rules=lambda _: self.rules,
            safe=FakeSafe(),
            calendar=WorkingCalendar(),
            sms=self.sms,
        )
        self.enquiry = Enquiry(lambda: self.library, HallFacts(self.clock, self.means.rules, self.means.calendar))

    def change_rules(self, **changed: Any) -> None:
        self.rules = self.rules.model_copy(update=changed)

    def change_offices(self, offices: tuple[Office, ...]) -> None:
        self.library = replace(self.library, published=replace(self.library.published, offices=offices))

    def change_materials(self, *materials: Mapping[str, Any]) -> None:
        """Of the library card, as the guide tells them from now on."""
        told = [
            statement(f"material-{number}", "material", **{"says": f"要带{material['name']}。", **material})
            for number, material in enumerate(materials)
        ]
        guide = document(telling(CARD_FIRST, *told, without=["id-card", "form"]))
        documents = {**self.library.published.documents, CARD: [guide]}
        published = replace(self.library.published, documents=documents)
        self.library = replace(self.library, published=published)


def visitor(number: int = 1) -> VisitorId:
    return VisitorId(f"v_{number:03d}")


def somebody(number: int = 1) -> Person:
    """Another person for every number."""
    return Person(name="张" + "一二三四五六七八九十"[number % 10] + chr(0x4E00 + number), phone=f"138{number:08d}")


def request(number: int = 1, at: datetime | None = None, **changed: Any) -> Request:
    """For a library card at the town's hall on Tuesday at nine, by the visitor of that number, for that person."""
    stated: Mapping[str, Any] = {
        "visitor_id": visitor(number),
        "wanted": Wanted(CARD, TOWN_HALL, at or moment(MONDAY + timedelta(days=1), "09:00")),
        "person": somebody(number),
        "key": f"key-{number}",
        **changed,
    }
    return Request(**stated)


def booked(town: VisitTown, number: int = 1, at: datetime | None = None, **changed: Any) -> Visit:
    """The visit of a `request` that is granted."""
    outcome = book(town.means, request(number, at, **changed))
    assert isinstance(outcome, Booked), outcome
    return outcome.visit


def held(town: VisitTown, number: int = 1, wanted: Wanted | None = None, instead_of: Code | None = None) -> Visit:
    """The place that the visitor of that number is given to hold; on Tuesday at nine."""
    outcome = hold(town.means, visitor(number), wanted or request().wanted, instead_of)
    assert isinstance(outcome, Held), outcome
    return outcome.visit


def fill(town: VisitTown, *starts: str) -> None:
    """The public places for cards, on Tuesday at those times."""
    for at, start in enumerate(starts):
        for number in (0, 1):
            booked(town, 100 + 10 * at + number, moment(MONDAY + timedelta(days=1), start))


def places_taken(town: VisitTown) -> int:
    """For cards, on Monday and Tuesday."""
    tuesday = MONDAY + timedelta(days=1)
    loads = town.ledger.read(lambda page: page.loads(TOWN_HALL, "cards", MONDAY, tuesday, town.means.now()))
    return sum(load.public + load.internal for load in loads) // 15


def as_it_stands(town: VisitTown, visit: Visit) -> Visit:
    found = town.ledger.read(lambda page: page.visit(visit.visit_id))
    assert found is not None
    return found


def outbox(town: VisitTown, *kinds: NoticeKind) -> list[Notice]:
    """What is not delivered yet, whenever it falls due. Without `kinds`: all."""
    waiting = town.ledger.read(lambda page: page.due(moment(date(2099, 1, 1), "00:00"), 10_000))
    return [notice for notice in waiting if not kinds or notice.kind in kinds]

"""A process that books one visit after the other, until it is killed. Imported once, forked for every life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain, count, product
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import cast

from knowledge_base.library import Library
from knowledge_base.offices import Office
from server.storage.engine import open_database
from server.storage.visit_ledger import VisitLedger
from service_hall.appointments.outcomes import Booked, Booking
from service_hall.appointments.reserving import Request, book
from service_hall.visits.ledger import Ledger
from tests.fakes import TOWN, TOWN_HALL, office
from tests.visit_town import CARD, LOST, MONDAY, VisitTown, line, moment, request

PLACES = 2
"""A slot: many fill up while the test runs, and more is asked for than there is."""
SLOTS = [
    moment(MONDAY + timedelta(days=day), at)
    for day, at in product(
        (1, 2, 3, 4, 7, 8, 9, 10, 11), ("09:00", "09:30", "10:00", "10:30", "11:00", "13:30", "14:00", "14:30")
    )
]
ASKS, BOOKED, REFUSED = "asks", "booked", "refused"


def small_library() -> Library:
    """No more than booking asks for: the whole one takes longer to build than a child lives."""
    cards = line("cards", "A", ("1", "2"), (CARD, LOST))
    offices: tuple[Office, ...] = (office(TOWN_HALL, "溪城市政务服务中心", TOWN, [CARD, LOST], lines=(cards,)),)
    stub = SimpleNamespace(names={CARD: "办借书证"}, published=SimpleNamespace(offices=offices), guide=lambda *_: None)
    return cast(Library, stub)


def town_at(ledger: Ledger) -> VisitTown:
    return VisitTown(ledger=ledger, library=small_library())


def request_of(number: int) -> Request:
    """Every number is another citizen, with a key of its own."""
    return request(number, at=SLOTS[number % len(SLOTS)])


def ask(town: VisitTown, number: int) -> Booking:
    return book(town.means, request_of(number))


def live(url: str, unanswered: Sequence[int], next_number: int, said: Connection) -> None:
    """Says of every number that it is asked for, before, and what came of it, after. Every fourth new answer is lost
    on the way: the moment between the booking and its answer is too short to be hit often."""
    town = town_at(VisitLedger(open_database(url)))
    for number in chain(unanswered, count(next_number)):
        said.send((ASKS, number, ""))
        outcome = ask(town, number)
        if number % 4 or number in unanswered:
            said.send((BOOKED, number, outcome.visit.code) if isinstance(outcome, Booked) else (REFUSED, number, ""))

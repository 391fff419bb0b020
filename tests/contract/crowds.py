"""Many who want the same at the same moment, and offices that have few places for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from knowledge_base.offices import Office
from server.storage.engine import Database
from server.storage.visit_ledger import VisitLedger
from service_hall.shared.errors import OutOfReach
from tests.fakes import EAST, EAST_HALL, TOWN, TOWN_HALL, office
from tests.visit_town import CARD, DOG, LOST, MONDAY, VisitTown, line, moment

T = TypeVar("T")
TUESDAY = MONDAY + timedelta(days=1)
NINE = moment(TUESDAY, "09:00")
MINUTES = 3
PLACES = 20
TIMES = 5


def roomy_offices(places: int = PLACES, internal_percent: int = 0) -> tuple[Office, ...]:
    """Two counters whose public share holds so many visits a slot, and another office with as many."""
    percent = places * MINUTES * 100 // 60
    stated: dict[str, Any] = {"minutes": MINUTES, "public_percent": percent, "internal_percent": internal_percent}
    return (
        office(
            TOWN_HALL,
            "溪城市政务服务中心",
            TOWN,
            [CARD, LOST],
            lines=(line("cards", "A", ("1", "2"), (CARD, LOST), **stated),),
        ),
        office(EAST_HALL, "东河区政务服务中心", EAST, [DOG], lines=(line("town", "A", ("1", "2"), (DOG,), **stated),)),
    )


def a_town(engine: Database, places: int = PLACES) -> VisitTown:
    town = VisitTown(ledger=VisitLedger(engine))
    town.change_offices(roomy_offices(places))
    return town


def at_once(works: Sequence[Callable[[], T]]) -> list[T]:
    """What each says, in the order given; all begin together, each in a thread of its own. Who is told that all
    connections are taken comes again, as a citizen does: on a slow machine they are."""
    together = threading.Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        together.wait()
        for _ in range(TIMES):
            with suppress(OutOfReach):
                return work()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))

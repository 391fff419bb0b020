"""Random ways through the whole hall: book, cancel, reschedule, block, call, and time that passes."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from hypothesis import HealthCheck, settings

from server.storage.engine import migrate, open_database
from server.storage.visit_ledger import VisitLedger
from service_hall.visits.ledger import Ledger
from tests.stateful.at_home import AtHome
from tests.stateful.in_the_hall import InTheHall
from tests.stateful.planning import Planning


class VisitsOfATown(AtHome, Planning, InTheHall):
    """What the rules do is what doors, kiosks, clerks and jobs do; what must hold is in `Truths`."""


class VisitsOnSqlite(VisitsOfATown):
    """Each run on a copy of one empty database: bringing it up to date takes longer than the run."""

    def an_empty_ledger(self) -> Ledger:
        self._folder = tempfile.TemporaryDirectory(prefix="wenban-visits-")
        copy = Path(self._folder.name) / "visits.sqlite3"
        copy.write_bytes(an_empty_database())
        self._engine = open_database(f"sqlite:///{copy}")
        return VisitLedger(self._engine)

    def teardown(self) -> None:
        super().teardown()
        self._engine.dispose()
        self._folder.cleanup()


@lru_cache(maxsize=1)
def an_empty_database() -> bytes:
    with tempfile.TemporaryDirectory(prefix="wenban-empty-") as folder:
        path = Path(folder) / "empty.sqlite3"
        engine = open_database(f"sqlite:///{path}")
        migrate(engine)
        engine.dispose()
        return path.read_bytes()


house = settings.get_profile("house")
slow = list(HealthCheck)
TestVisitsInMemory = VisitsOfATown.TestCase
TestVisitsInMemory.settings = settings(house, max_examples=200, stateful_step_count=50, suppress_health_check=slow)
TestVisitsOnSqlite = VisitsOnSqlite.TestCase
TestVisitsOnSqlite.settings = settings(house, max_examples=10, stateful_step_count=40, suppress_health_check=slow)

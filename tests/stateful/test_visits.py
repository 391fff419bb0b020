"""Random ways through the whole hall: book, cancel, reschedule, block, call, and time that passes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

from server.storage.visit_ledger import VisitLedger
from service_hall.visits.ledger import Ledger
from tests.at_length import at_length
from tests.databases import open_copy
from tests.stateful.at_home import AtHome
from tests.stateful.in_the_hall import InTheHall
from tests.stateful.planning import Planning


class VisitsOfATown(AtHome, Planning, InTheHall):
    """What the rules do is what doors, kiosks, clerks and jobs do; what must hold is in `Truths`."""


class VisitsOnSqlite(VisitsOfATown):
    """Each run on a copy of its own."""

    def an_empty_ledger(self) -> Ledger:
        self._folder = tempfile.TemporaryDirectory(prefix="wenban-visits-")
        self._engine = open_copy(Path(self._folder.name) / "visits.sqlite3")
        return VisitLedger(self._engine)

    def teardown(self) -> None:
        super().teardown()
        self._engine.dispose()
        self._folder.cleanup()


house = settings.get_profile("house")
slow = list(HealthCheck)
TestVisitsInMemory = VisitsOfATown.TestCase
TestVisitsInMemory.settings = settings(
    house, max_examples=at_length(50, 200), stateful_step_count=at_length(40, 50), suppress_health_check=slow
)
TestVisitsOnSqlite = VisitsOnSqlite.TestCase
TestVisitsOnSqlite.settings = settings(
    house, max_examples=at_length(4, 40), stateful_step_count=at_length(30, 50), suppress_health_check=slow
)

"""Killed at any moment: what was confirmed stays booked, and what was not leaves nothing behind."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from server.storage.engine import Database, open_database
from server.storage.visit_ledger import VisitLedger
from service_hall.appointments.outcomes import Booked, SlotFull
from service_hall.visits.ledger import Page
from service_hall.visits.states import Status
from service_hall.visits.visit import Code
from tests.at_length import at_length
from tests.databases import sqlite_file
from tests.fakes import TOWN_HALL
from tests.postgresql import empty_database
from tests.stateful.booking_child import ASKS, BOOKED, PLACES, ask, live, request_of, town_at
from tests.stateful.truths import EVERY, FIRST, LAST, Truths

_CHILD = "tests.stateful.booking_child"
KILLS, KILLS_ON_POSTGRESQL = at_length(8, 50), at_length(3, 10)


@dataclass
class Client:
    """What somebody knows who asked, and whose answer may have been lost."""

    asked: set[int] = field(default_factory=set)
    confirmed: dict[int, str] = field(default_factory=dict)
    """Codes by number."""
    refused: set[int] = field(default_factory=set)

    def hear(self, what: str, number: int, code: str) -> None:
        if what == ASKS:
            self.asked.add(number)
        elif what == BOOKED:
            assert self.confirmed.get(number, code) == code
            self.confirmed[number] = code
        else:
            self.refused.add(number)

    @property
    def unanswered(self) -> list[int]:
        return sorted(self.asked - self.confirmed.keys() - self.refused)

    @property
    def next_number(self) -> int:
        return max(self.asked, default=0) + 1


def live_and_be_killed(url: str, client: Client, chance: random.Random) -> None:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([_CHILD])
    hears, says = processes.Pipe(duplex=False)
    child = processes.Process(target=live, args=(url, client.unanswered, client.next_number, says), daemon=True)
    child.start()
    says.close()
    for _ in range(chance.randrange(12)):
        client.hear(*hears.recv())
    # The moment lies anywhere between two sentences: this sleep waits for nothing.
    time.sleep(chance.uniform(0, 0.012))
    child.kill()
    child.join()
    assert child.exitcode == -9, "the child fell by itself"
    with pytest.raises(EOFError):
        while True:
            client.hear(*hears.recv())
    hears.close()


def all_is_as_promised(engine: Database, client: Client) -> None:
    """After every question without an answer is asked once more, under its key."""
    town = town_at(VisitLedger(engine))
    for number in client.unanswered:
        outcome = ask(town, number)
        assert isinstance(outcome, Booked | SlotFull)
        client.hear(*((BOOKED, number, outcome.visit.code) if isinstance(outcome, Booked) else ("", number, "")))

    truths = Truths(town, ())

    def look(page: Page) -> None:
        visits = page.of_office(TOWN_HALL, FIRST, LAST, EVERY)
        assert {visit.status for visit in visits} == {Status.BOOKED}
        assert {visit.code for visit in visits} == set(client.confirmed.values())
        for number, code in client.confirmed.items():
            request = request_of(number)
            booked = page.by_key(request.visitor_id, request.kept_key)
            assert booked and booked == page.by_code(Code(code))
            assert booked.visitor_id == request.visitor_id
            truths.confirmed[request.visitor_id, request.key] = booked.visit_id
        for number in client.refused:
            request = request_of(number)
            assert page.by_key(request.visitor_id, request.kept_key) is None
        slots = Counter(visit.starts_at for visit in visits)
        assert max(slots.values()) <= PLACES

    town.ledger.read(look)
    truths.check()


@contextmanager
def opened(url: str) -> Iterator[Database]:
    engine = open_database(url)
    yield engine
    engine.dispose()


def test_kills_lose_no_booking_and_leave_no_ghost(tmp_path: Path) -> None:
    path, client, chance = tmp_path / "visits.sqlite3", Client(), random.Random(3)
    path.write_bytes(sqlite_file())
    url = f"sqlite:///{path}"
    for _ in range(KILLS):
        live_and_be_killed(url, client, chance)
        with opened(url) as engine, engine.connect() as connection:
            assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
    assert len(client.confirmed) > KILLS
    with opened(url) as engine:
        all_is_as_promised(engine, client)


@pytest.mark.postgres
def test_killed_clients_of_postgresql_lose_no_booking_and_leave_no_ghost(
    postgres_url: str, postgres_template: str
) -> None:
    client, chance = Client(), random.Random(5)
    with empty_database(postgres_url, "wenban_test_killed", postgres_template) as url, opened(url) as engine:
        for _ in range(KILLS_ON_POSTGRESQL):
            live_and_be_killed(url, client, chance)
        assert len(client.confirmed) > KILLS_ON_POSTGRESQL
        all_is_as_promised(engine, client)

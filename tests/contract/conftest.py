"""Both databases, each test with one of its own."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from alembic.config import Config

from server.storage.engine import MIGRATIONS, Database, open_database, writing
from server.storage.visit_ledger import VisitLedger
from service_hall.visits.ledger import Ledger
from tests.databases import sqlite_file
from tests.fake_ledger import FakeLedger
from tests.postgresql import empty_database

_numbers = itertools.count()
DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
MakeDatabase = Callable[..., str]
OpenAgain = Callable[[], Database]


@pytest.fixture
def make_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeDatabase]:
    """`sqlite` or `postgresql` → the URL of a database with no rows, gone after the test. Brought up to date already,
    unless it shall be empty altogether: `make_database("sqlite", empty=True)`."""
    with ExitStack() as made:

        def make(kind: str, empty: bool = False) -> str:
            if kind == "sqlite":
                path = tmp_path / "wenban.sqlite3"
                if not empty:
                    path.write_bytes(sqlite_file())
                return f"sqlite:///{path}"
            server: str = request.getfixturevalue("postgres_url")
            template: str = "" if empty else request.getfixturevalue("postgres_template")
            return made.enter_context(empty_database(server, f"wenban_test_{next(_numbers)}", template))

        yield make


def move(engine: Database, way: Callable[[Config, str], None], to: str) -> None:
    """`way`: Alembic's upgrade or downgrade."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine).connect() as connection:
        config.attributes["connection"] = connection
        way(config, to)
        connection.commit()


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, make_database: MakeDatabase) -> str:
    return make_database(request.param)


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, make_database: MakeDatabase) -> str:
    """For the migrations themselves."""
    return make_database(request.param, empty=True)


@pytest.fixture
def empty_engine(empty_url: str) -> Iterator[Database]:
    engine = open_database(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def another_node(database_url: str) -> Iterator[OpenAgain]:
    """Opens the same database as another process would, with connections of its own."""
    with ExitStack() as opened:

        def open_again() -> Database:
            engine = open_database(database_url)
            opened.callback(engine.dispose)
            return engine

        yield open_again


@pytest.fixture
def engine(another_node: OpenAgain) -> Database:
    """Brought up to date, with nothing in it."""
    return another_node()


@pytest.fixture(params=["fake", *DATABASES])
def ledger(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[Ledger]:
    """An empty one of each kind."""
    if request.param == "fake":
        yield FakeLedger()
        return
    engine = open_database(make_database(request.param))
    yield VisitLedger(engine)
    engine.dispose()

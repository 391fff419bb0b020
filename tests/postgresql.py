"""A PostgreSQL for as long as the tests run: the one that is named, or one started on a free port."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from functools import cache

import sqlalchemy as sa

from evaluation.postgresql import Server, find_programs, running_postgresql, running_server
from server.storage.engine import migrate, open_database

__all__ = [
    "GIVEN",
    "Server",
    "empty_database",
    "find_programs",
    "running_postgresql",
    "running_server",
    "template_database",
]
GIVEN = "WENBAN_TEST_POSTGRES"
"""SQLAlchemy URL of a server where the tests may create and drop databases."""


@contextlib.contextmanager
def empty_database(server: str, name: str, template: str = "") -> Iterator[str]:
    """A database of its own on that server, dropped afterwards. With a template: its copy."""
    # Others may use the server at the same time: two workers, or two people.
    own = f"{name}_{os.getpid()}"
    _administer(server, f'CREATE DATABASE "{own}"' + (f' TEMPLATE "{template}"' if template else ""))
    try:
        yield sa.make_url(server).set(database=own).render_as_string(hide_password=False)
    finally:
        _administer(server, f'DROP DATABASE "{own}" WITH (FORCE)')


@contextlib.contextmanager
def template_database(server: str) -> Iterator[str]:
    """The name of one that was brought up to date, and that nobody is connected to: no other can be copied."""
    with empty_database(server, "wenban_test_template") as url:
        engine = open_database(url)
        migrate(engine)
        engine.dispose()
        yield str(sa.make_url(url).database)


def _administer(server: str, statement: str) -> None:
    with _administration(server).connect() as connection:
        connection.execute(sa.text(statement))


@cache
def _administration(server: str) -> sa.Engine:
    return sa.create_engine(server, isolation_level="AUTOCOMMIT", pool_pre_ping=True)

"""A PostgreSQL for as long as the tests run: the one that is named, or one started on a free port."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import sqlalchemy as sa

from evaluation.postgresql import Server, find_programs, running_postgresql, running_server

__all__ = ["GIVEN", "Server", "empty_database", "find_programs", "running_postgresql", "running_server"]
GIVEN = "WENBAN_TEST_POSTGRES"
"""SQLAlchemy URL of a server where the tests may create and drop databases."""


@contextlib.contextmanager
def empty_database(server: str, name: str) -> Iterator[str]:
    """A database of its own on that server, dropped afterwards."""
    administration = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with administration.connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    try:
        yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with administration.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))

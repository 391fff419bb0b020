"""Opening the database and bringing it up to date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.dialects import postgresql, sqlite

_TURN = 7401
"""The advisory lock's number on PostgreSQL: nodes that start together take turns."""
MIGRATIONS = Path(__file__).parent / "migrations"
Database = sa.Engine
"""What the other rooms hold without speaking SQL."""


def open_database(url: str) -> Database:
    """Errors hide their parameters: what citizens write must not reach a log."""
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, hide_parameters=True, pool_size=10, max_overflow=10, pool_pre_ping=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, hide_parameters=True, connect_args={"timeout": 15, "check_same_thread": False})
    sa.event.listen(engine, "connect", _tune_sqlite)
    sa.event.listen(engine, "begin", _take_write_lock_when_asked)
    return engine


def migrate(engine: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine).connect() as connection:
        wait_for_turn(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def is_answering(engine: Database) -> bool:
    try:
        with engine.connect() as connection:
            return connection.execute(sa.text("SELECT 1")).scalar() == 1
    except sa.exc.SQLAlchemyError:
        return False


def insert_for(connection: sa.Connection) -> Callable[[sa.Table], sqlite.Insert | postgresql.Insert]:
    """The dialect's own INSERT, which knows ON CONFLICT; both spell it alike."""
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def wait_for_turn(connection: sa.Connection) -> None:
    """Until this transaction ends, no other migrates or seeds. SQLite's write lock (`writing`) does it there."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURN)))


def _tune_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: a BEGIN that only reads cannot be upgraded under WAL.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def _take_write_lock_when_asked(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def writing(engine: sa.Engine) -> sa.Engine:
    """The engine for transactions that write: SQLite takes the write lock at once, so that none fails half-way."""
    return engine.execution_options(writes=True)

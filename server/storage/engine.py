"""Opening the database and bringing it up to date."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.dialects import postgresql, sqlite

from server.storage.outages import PatientPool, announce_outages
from service_hall.shared.errors import OutOfReach

_TURN = 7401
"""The advisory lock's number on PostgreSQL: nodes that start together take turns."""
_POOL = {"poolclass": PatientPool, "pool_timeout": 10}
_HOPES = {"connect_timeout": 3, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""How long a PostgreSQL that does not answer is waited for, in seconds; the URL may say otherwise."""
LONGEST_PAUSE_SECONDS = 30
"""A transaction that asks nothing for so long is of a process that hangs: PostgreSQL ends it, with its locks."""
_PATIENCE_SECONDS = 15
"""How long SQLite is waited for while another writes."""
MIGRATIONS = Path(__file__).parent / "migrations"
Database = sa.Engine
"""What the other rooms hold without speaking SQL."""


def open_database(url: str) -> Database:
    """Errors hide their parameters: what citizens write must not reach a log. What is asked of it raises
    OutOfReach while it is lost, full or locked."""
    address = sa.make_url(url)
    engine = _open_sqlite(address) if address.get_backend_name() == "sqlite" else _open_postgresql(address)
    announce_outages(engine)
    return engine


def _open_postgresql(address: sa.URL) -> Database:
    engine = sa.create_engine(
        address,
        hide_parameters=True,
        pool_size=10,
        max_overflow=10,
        pool_pre_ping=True,
        # Whoever has waited for a lock sees what the one before it wrote.
        isolation_level="READ COMMITTED",
        connect_args={name: value for name, value in _HOPES.items() if name not in address.query},
        **_POOL,
    )
    sa.event.listen(engine, "connect", _tune_postgresql)
    return engine


def _open_sqlite(address: sa.URL) -> Database:
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        address,
        hide_parameters=True,
        connect_args={"timeout": _PATIENCE_SECONDS, "check_same_thread": False},
        execution_options={"pen": Lock()},
        **(_POOL if address.database and address.database != ":memory:" else {}),
    )
    sa.event.listen(engine, "connect", _tune_sqlite)
    sa.event.listen(engine, "begin", _begin_as_asked)
    return engine


def migrate(engine: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    # One transaction for all of them, begun here: on SQLite Alembic would commit after each, and let another node in
    # between which goes on from there.
    with writing(engine).begin() as connection:
        wait_for_turn(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_answering(engine: Database) -> bool:
    try:
        with engine.connect() as connection:
            return connection.execute(sa.text("SELECT 1")).scalar() == 1
    except (sa.exc.SQLAlchemyError, OutOfReach):
        return False


def insert_for(connection: sa.Connection | sa.Engine) -> Callable[[sa.Table], sqlite.Insert | postgresql.Insert]:
    """The dialect's own INSERT, which knows ON CONFLICT; both spell it alike."""
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def wait_for_turn(connection: sa.Connection) -> None:
    """Until this transaction ends, no other migrates or seeds. SQLite's write lock (`writing`) does it there."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURN)))


def take_locks(connection: sa.Connection, names: Iterable[str]) -> None:
    """Until this transaction ends, no other holds any of them. SQLite's write lock (`writing`) does it there."""
    if connection.dialect.name == "postgresql" and (numbers := sorted({_number_of(name) for name in names})):
        # One round trip; an array is walked from its beginning, so all take them in the same order.
        wanted = sa.func.unnest(sa.cast(numbers, postgresql.ARRAY(sa.BigInteger))).column_valued("number")
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(wanted)))


def writing(engine: sa.Engine, durable: bool = False) -> sa.Engine:
    """The engine for transactions that write: SQLite takes the write lock at once, so that none fails half-way.
    `durable`: what was committed survives a power cut; otherwise SQLite may lose the last moments, never its order."""
    return engine.execution_options(writes=True, durable=durable)


def pen_of(engine: sa.Engine) -> AbstractContextManager[object]:
    """Held around a transaction that writes. Threads that wait for SQLite's write lock poll and sleep; waiting for
    each other here costs nothing."""
    pen: Lock | None = engine.get_execution_options().get("pen")
    return pen or nullcontext()


def _number_of(name: str) -> int:
    """The same on every node and in every version."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def _tune_postgresql(connection: Any, _record: Any) -> None:
    # Not among the connection's options: a pooler in between may refuse those.
    connection.execute(f"SET idle_in_transaction_session_timeout = '{LONGEST_PAUSE_SECONDS}s'")
    connection.commit()


def _tune_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: a BEGIN that only reads cannot be upgraded under WAL.
    connection.isolation_level = None
    # What was deleted is overwritten: a copy of the file tells nothing of whoever wanted to be forgotten.
    for pragma in (
        f"busy_timeout={_PATIENCE_SECONDS * 1000}",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """A new file changes to it once, which SQLite refuses at once, whatever the timeout, while another writes."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def _begin_as_asked(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("writes", False):
        connection.exec_driver_sql("BEGIN")
        return
    # SQLite ignores a change within a transaction. The connection keeps the mode until a writer wants the other.
    wanted = "FULL" if options.get("durable", False) else "NORMAL"
    if connection.info.get("synchronous", "NORMAL") != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous={wanted}")
        connection.info["synchronous"] = wanted
    connection.exec_driver_sql("BEGIN IMMEDIATE")

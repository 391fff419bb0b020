"""Tells a database that is lost, full, locked or read-only from a fault of ours, and raises OutOfReach for it."""

from __future__ import annotations

import logging
import time

import psycopg
import sqlalchemy as sa

from service_hall.shared.errors import OutOfReach

log = logging.getLogger(__name__)
# sqlite.org/rescode.html: perm, busy, locked, nomem, readonly, ioerr, corrupt, full, cantopen, protocol, notadb.
_OF_SQLITE = {3, 5, 6, 7, 8, 10, 11, 13, 14, 15, 26}
# PostgreSQL's classes: connection, insufficient resources, operator's intervention, system error, internal error …
_CLASSES_OF_POSTGRESQL = ("08", "53", "57", "58", "XX")
# … and: read-only, serialization, deadlock, lock not available, no such database.
_OF_POSTGRESQL = {"25006", "40001", "40P01", "55P03", "3D000"}
_SAY_AGAIN_SECONDS = 10.0


def announce_outages(engine: sa.Engine) -> None:
    """Every statement, commit and connection of the engine that fails for such a reason raises OutOfReach."""
    quiet_until = 0.0

    def translate(failed: sa.ExceptionContext) -> OutOfReach | None:
        nonlocal quiet_until
        # What pool_pre_ping finds dead is replaced, and nobody notices.
        if failed.is_pre_ping or not (failed.is_disconnect or is_outage(failed.original_exception)):
            return None
        reason = _reason(failed.original_exception)
        if time.monotonic() >= quiet_until:
            quiet_until = time.monotonic() + _SAY_AGAIN_SECONDS
            log.warning("the database is out of reach: %s", reason)
        return OutOfReach(reason)

    sa.event.listen(engine, "handle_error", translate)


def is_outage(fault: BaseException) -> bool:
    """`fault`: the driver's own."""
    if code := getattr(fault, "sqlite_errorcode", None):
        return (code & 0xFF) in _OF_SQLITE  # the low byte is the code, what stands above tells more of it
    if state := getattr(fault, "sqlstate", None):
        return state in _OF_POSTGRESQL or state.startswith(_CLASSES_OF_POSTGRESQL)
    return isinstance(fault, psycopg.OperationalError)  # without a state: the server cannot be reached


class PatientPool(sa.QueuePool):
    """When all connections stay taken, that is an outage too."""

    def connect(self) -> sa.PoolProxiedConnection:
        try:
            return super().connect()
        except sa.exc.TimeoutError as fault:
            raise OutOfReach("all connections are taken") from fault


# A pool tells of every connection under its own name, and SQLAlchemy quietens those of its own house alone.
logging.getLogger(f"{__name__}.{PatientPool.__name__}").setLevel(logging.WARNING)


def _reason(fault: BaseException) -> str:
    """Never the driver's sentence, which may quote what was to be written."""
    return getattr(fault, "sqlite_errorname", None) or getattr(fault, "sqlstate", None) or type(fault).__name__

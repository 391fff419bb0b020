"""Visits in SQL; the contract is `service_hall.visits.ledger`."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import sqlalchemy as sa

from server.storage.engine import pen_of, take_locks, writing
from server.storage.forgotten_store import refuse_forgotten
from server.storage.taking_pages import TakingPages
from server.storage.visit_due_pages import DuePages
from server.storage.visit_pages import VisitPages
from server.storage.visit_side_pages import HourPages, OutboxPages, RecordPages, WaitingPages
from service_hall.shared.errors import OutOfReach
from service_hall.visits.ledger import Outdated, Page, visitors_locked

T = TypeVar("T")
_TRIES = 5
_LONGEST_PAUSE_SECONDS = 0.02
_SQLITE_BUSY_OR_LOCKED = (5, 6)
_SERIALIZATION_DEADLOCK_LOCK = ("40001", "40P01", "55P03")
# What another node may have taken since the work looked: as PostgreSQL names it, and as SQLite does.
_TAKEN_MEANWHILE = (
    "pk_booking_keys",
    "uq_visits_code",
    "uq_visits_ticket",
    "UNIQUE constraint failed: booking_keys.visitor_id, booking_keys.key",
    "UNIQUE constraint failed: visits.code",
    "UNIQUE constraint failed: visits.office_id, visits.day, visits.ticket",
)


class LedgerPage(VisitPages, DuePages, HourPages, WaitingPages, OutboxPages, RecordPages, TakingPages):
    pass


class VisitLedger:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        # A confirmed booking outlives a power cut.
        self._writing = writing(engine, durable=True)
        self._pen = pen_of(engine)
        self._writes = itertools.count(1)
        self._written = 0

    @property
    def written(self) -> int:
        return self._written

    def write(self, locks: Iterable[str], work: Callable[[Page], T]) -> T:
        return self.write_beside(locks, lambda _, page: work(page))

    def write_beside(self, locks: Iterable[str], work: Callable[[sa.Connection, Page], T]) -> T:
        """As `write`; what else is to be written with it goes into the same transaction."""
        names = list(locks)
        tries_left = _TRIES
        while True:
            try:
                with self._pen, self._writing.begin() as transaction:
                    take_locks(transaction, names)
                    refuse_forgotten(transaction, visitors_locked(names))
                    done = work(transaction, LedgerPage(transaction))
                self._written = next(self._writes)
                return done
            except (Outdated, OutOfReach, sa.exc.DBAPIError) as fault:
                tries_left -= 1
                if not tries_left or not _may_pass(fault):
                    raise
            time.sleep(random.uniform(0, _LONGEST_PAUSE_SECONDS))

    def read(self, work: Callable[[Page], T]) -> T:
        with self._engine.begin() as transaction:
            return work(LedgerPage(transaction))


def _may_pass(fault: Outdated | OutOfReach | sa.exc.DBAPIError) -> bool:
    """Whether the same work may succeed when it is run again at once."""
    if isinstance(fault, Outdated):
        return True
    if isinstance(fault, sa.exc.IntegrityError):
        # PostgreSQL's sentence may be in the language of its server.
        diagnosis = getattr(fault.orig, "diag", None)
        told: str = str(fault.orig) if diagnosis is None else diagnosis.constraint_name or ""
        return told in _TAKEN_MEANWHILE
    if getattr(fault.__cause__, "sqlstate", None) in _SERIALIZATION_DEADLOCK_LOCK:
        return True
    # The low byte is the code, what stands above tells more of it.
    return getattr(fault.__cause__, "sqlite_errorcode", 0) & 0xFF in _SQLITE_BUSY_OR_LOCKED

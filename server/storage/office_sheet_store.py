"""A sheet of offices and closures in one transaction: what it publishes, whom it hits, and what the book is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from knowledge_base.offices import Office
from server.storage.audit_store import write_entry
from server.storage.knowledge_store import edit_offices
from server.storage.visit_ledger import VisitLedger
from service_hall.appointments.sheet_taking import SheetTaking, Taken
from service_hall.staff.audit import Entry
from service_hall.visits.ledger import Page


class OfficeSheetStore:
    def __init__(self, ledger: VisitLedger) -> None:
        self._ledger = ledger

    def take(
        self, changed: Sequence[tuple[Office, str]], at: datetime, entries: Sequence[Entry], taking: SheetTaking
    ) -> Taken | None:
        """`changed`: each office with the digest of what it was made from. None: somebody has changed one of them
        meanwhile, and nothing was written."""

        def work(transaction: sa.Connection, page: Page) -> Taken | None:
            # The locks of the offices come first, as everywhere; then the turn of those who publish.
            if changed and not edit_offices(transaction, changed, at, entries):
                return None
            taken = taking.on(page)
            for entry in taking.entries(taken):
                write_entry(transaction, entry)
            return taken

        return self._ledger.write_beside(taking.locks, work)

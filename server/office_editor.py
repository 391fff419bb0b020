"""Puts an office into the database and onto the shelf as staff changed it."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.offices import Office
from server.shelf import Shelf
from server.storage.knowledge_store import KnowledgeStore, digest_of_office
from server.storage.office_sheet_store import OfficeSheetStore
from service_hall.appointments.sheet_taking import SheetTaking, Taken
from service_hall.staff.audit import Entry


class OfficeEditor:
    def __init__(self, store: KnowledgeStore, sheets: OfficeSheetStore, shelf: Shelf) -> None:
        self._store, self._sheets, self._shelf = store, sheets, shelf

    def mark_of(self, office: Office) -> str:
        """Another one once it was changed."""
        return digest_of_office(office.model_dump(mode="json"))

    def publish(self, office: Office, entry: Entry, was: str) -> bool:
        """With the next message here, within a second on other nodes. `was`: '' for a new one. False: somebody was
        faster."""
        if not self._store.edit_office(office, entry.at, entry, was):
            return False
        self._shelf.catch_up()
        return True

    def take_sheet(
        self, offices: Sequence[tuple[Office, str]], entries: Sequence[Entry], taking: SheetTaking
    ) -> Taken | None:
        """Offices, closures and who is told of them: all, or nothing. None: somebody was faster."""
        at = taking.means.now()
        taken = self._sheets.take(offices, at, entries, taking)
        if taken is not None:
            self._shelf.catch_up()
            taking.offer()
        return taken

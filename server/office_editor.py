"""Puts an office into the database and onto the shelf as staff changed it."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.offices import Office
from server.shelf import Shelf
from server.storage.knowledge_store import KnowledgeStore, digest_of_office
from service_hall.staff.audit import Entry


class OfficeEditor:
    def __init__(self, store: KnowledgeStore, shelf: Shelf) -> None:
        self._store, self._shelf = store, shelf

    def mark_of(self, office: Office) -> str:
        """Another one once it was changed."""
        return digest_of_office(office.model_dump(mode="json"))

    def publish(self, office: Office, entry: Entry, was: str) -> bool:
        """With the next message here, within a second on other nodes. `was`: '' for a new one. False: somebody was
        faster."""
        return self.publish_all([(office, was)], [entry])

    def publish_all(self, offices: Sequence[tuple[Office, str]], entries: Sequence[Entry]) -> bool:
        """All, or none."""
        if not self._store.edit_offices(offices, entries[0].at, entries):
            return False
        self._shelf.catch_up()
        return True

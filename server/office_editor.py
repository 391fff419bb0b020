"""Puts an office, or what the hall says of itself, into the database and onto the shelf as staff changed it."""

from __future__ import annotations

from knowledge_base.documents import GuideDocument
from knowledge_base.kept import FaultyEdit
from knowledge_base.offices import Office
from server.shelf import Shelf
from server.storage.knowledge_store import KnowledgeStore, digest_of, digest_of_office
from service_hall.staff.audit import Entry


class OfficeEditor:
    def __init__(self, store: KnowledgeStore, shelf: Shelf) -> None:
        self._store, self._shelf = store, shelf

    def mark_of(self, office: Office) -> str:
        """Another one once it was changed."""
        return digest_of_office(office.model_dump(mode="json"))

    def publish(self, office: Office, entry: Entry, was: str) -> bool:
        """With the next message here, within a second on other nodes. False: somebody was faster."""
        if not self._store.edit_office(office, entry.at, entry, was):
            return False
        self._shelf.catch_up()
        return True

    def mark_of_topic(self, document: GuideDocument) -> str:
        return digest_of(document.body)

    def publish_topic(self, document: GuideDocument, entry: Entry, was: str) -> bool:
        try:
            is_published = self._store.edit_topic(document, entry.at, entry, was)
        except FaultyEdit:
            return False
        if is_published:
            self._shelf.catch_up()
        return is_published

"""The made-up town's service: the real app over SQLite, with the town's five guides and a stand-in for Rasa."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from channels.switchboard import Switchboard
from knowledge_base.content_files import Content
from knowledge_base.library import Published
from server.bootstrap import House, Shelf
from server.settings import Settings
from server.storage.conversation_store import ConversationStore
from server.storage.engine import migrate, open_database
from server.storage.knowledge_store import KnowledgeStore
from service_hall.conversation.enquiry import Enquiry
from service_hall.hall import Hall
from tests.fakes import TOWN, FixedClock, fake_embed, published, town, town_intents
from tests.stand_ins import UnderstandingRasa

SECRET = "a secret of the tests"


def town_content(knowledge: Published) -> Content:
    documents = {guide_id: tuple(files) for guide_id, files in knowledge.documents.items()}
    return Content(knowledge.regions, tuple(knowledge.catalogue), tuple(knowledge.offices), documents, ())


class SharedShelf(Shelf):
    """Takes the town's library ready made: cutting Chinese into words costs most of a second to set up."""

    def restock(self) -> None:
        self._library = town()


class TownHouse:
    """The house, and the Rasa that stands in."""

    def __init__(self, var: Path, knowledge: Published | None = None, **changed: Any) -> None:
        settings = Settings(
            **{"var": var, "region": TOWN, "rate_per_visitor": 1000, "rate_per_address": 1000, **changed}
        )
        engine = open_database(f"sqlite:///{var / 'town.sqlite3'}")
        migrate(engine)
        store = KnowledgeStore(engine)
        store.seed(town_content(knowledge or published()))
        make_shelf = Shelf if knowledge else SharedShelf
        shelf = make_shelf(store=store, embed=fake_embed, intents=town_intents(), home=TOWN, clock=FixedClock())
        shelf.restock()
        hall = Hall(clock=FixedClock(), library=shelf.library, enquiry=Enquiry(shelf.library))
        self.rasa = UnderstandingRasa(hall)
        self.records = ConversationStore(engine)
        client = self.rasa.client()
        self.house = House(
            settings=settings,
            engine=engine,
            shelf=shelf,
            hall=hall,
            records=self.records,
            rasa=client,
            http=httpx.AsyncClient(),
            switchboard=Switchboard(hall, self.records, client),
            secret_key=SECRET,
        )

"""The made-up town's knowledge over a database of its own, with the room that keeps it true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from server.publishing import open_publishing
from server.shelf import Shelf
from server.storage.knowledge_store import KnowledgeStore
from service_hall.hall import make_hall
from service_hall.publishing.draft import DocumentKey, Draft
from service_hall.publishing.parts import Part, PartName, part_of
from service_hall.publishing.question_sets import FIRST_SET, SavedQuestion
from service_hall.publishing.writing import Saved
from tests.databases import open_copy
from tests.fakes import DOG, NATION, TOWN, FixedClock, fake_embed, town, town_intents
from tests.town_house import TownHouse, seed_town
from tests.visit_town import VisitTown

ANNA, BERTA, CLARA, DORA = "anna", "berta", "clara", "dora"
DOG_KEY = DocumentKey("dog-register", NATION, "2020-01-01")
QUESTIONS = (
    SavedQuestion("借书证丢了怎么补办", ("library-card-lost",)),
    SavedQuestion("养狗要不要上证", ("dog-register",)),
    SavedQuestion("夜市摆个摊要办啥手续", ("night-stall",)),
    SavedQuestion("明天下雨吗", ("-",)),
)


class TownShelf(Shelf):
    """Takes the town's library ready made, and catches up with what is published from there."""

    def restock(self) -> None:
        self._number, self._library = self.store.last_change(), town()


def with_first_set(town: TownHouse) -> TownHouse:
    """Asked `QUESTIONS` before each publication."""
    town.house.publishing.hit_testing.keep_set(FIRST_SET, "必测", QUESTIONS, True, "")
    return town


class PublishingTown:
    def __init__(self, folder: Path) -> None:
        self.engine = open_copy(folder / "town.sqlite3", seed_town)
        self.clock = FixedClock()
        self.shelf = TownShelf(KnowledgeStore(self.engine), fake_embed, town_intents(), TOWN, self.clock)
        self.shelf.restock()
        self.visits = VisitTown(clock=self.clock)
        """Whose ledger has the bookings."""
        means = replace(self.visits.means, library=self.shelf.library)
        self.publishing = open_publishing(self.engine, make_hall(means), fake_embed, self.shelf.catch_up)
        self.publishing.hit_testing.keep_set(FIRST_SET, "必测", QUESTIONS, True, "")

    def draft(self, key: DocumentKey = DOG_KEY, editor: str = ANNA) -> Draft:
        return self.publishing.writing.begin(key, editor)

    def save(self, draft: Draft, statement_id: str, value: Mapping[str, Any] | None, editor: str = ANNA) -> Draft:
        """As somebody who has seen the part as it is in `draft`."""
        seen = part_of(draft.body, PartName(statement_id))
        kept = self.publishing.writing.save(draft.draft_id, replace(seen, value=value), seen.digest, editor)
        assert isinstance(kept, Saved), kept
        return kept.draft

    def handed_in(self, *changed: Mapping[str, Any], editor: str = ANNA, **more: Any) -> Draft:
        """With these statements in the dogs' guide."""
        draft = self.draft(editor=editor)
        for each in changed:
            draft = self.save(draft, each["id"], each, editor)
        found = self.publishing.writing.hand_in(draft.draft_id, "改了", **more)
        assert isinstance(found, Draft), found
        return found

    def says(self, statement_id: str, guide_id: str = "dog-register") -> str:
        """What citizens are told."""
        guide = self.shelf.library().guide(guide_id)
        found = guide.statement(statement_id) if guide else None
        return found.says if found else ""


def fee(says: str = "登记费50元。", **changed: Any) -> dict[str, Any]:
    own = next(each for each in DOG["statements"] if each["id"] == "fee")
    return {**own, "says": says, **changed}


def new_part(value: Mapping[str, Any]) -> Part:
    return Part(PartName(str(value["id"])), value)

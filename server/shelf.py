"""Holds the library of the moment. What is published is laid beside it within a second, and now and then all is made
anew."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from knowledge_base.amending import Amendment, amended, is_all_encoded
from knowledge_base.beyond import Matter
from knowledge_base.hall_topics import is_topic
from knowledge_base.kept import Changed, FaultyRow, Kind
from knowledge_base.language.intents import IntentReader
from knowledge_base.library import Library, build_library
from knowledge_base.model import RegionCode
from knowledge_base.rates import WrittenRates
from knowledge_base.regions import RegionTree
from knowledge_base.scenarios.model import WrittenScenario
from knowledge_base.scenarios.topics import topic_id_of
from knowledge_base.search.calibration import load_calibration
from knowledge_base.search.embed import Embed
from knowledge_base.search.item_reader import ItemReader
from knowledge_base.search.kept_texts import NOTHING_KEPT, KeptTexts
from knowledge_base.search.learned_lives import LearnedLives
from knowledge_base.search.meanings import Meanings
from knowledge_base.sifting import NOTHING_SHIPPED, Sifted, sift, sift_changed
from knowledge_base.turning import that_turn
from server.storage.knowledge_store import KnowledgeStore
from service_hall.shared.clock import Clock

log = logging.getLogger(__name__)
MOST_BESIDE = 4096
"""Texts: they are looked through one by one, a fifth of a millisecond for so many."""


@dataclass
class Shelf:
    """A library that is put here takes effect with the next message."""

    store: KnowledgeStore
    embed: Embed
    intents: IntentReader
    home: RegionCode
    clock: Clock
    item_reader: ItemReader | None = None
    meanings: Meanings | None = None
    kept_texts: KeptTexts = NOTHING_KEPT
    lives: LearnedLives | None = None
    beyond: Sequence[Matter] = ()
    """What is asked for and lies beyond the catalogue."""
    shipped: RegionTree = NOTHING_SHIPPED
    """The regions of the content files, should the hall's own be faulty in the database."""
    scenarios: Mapping[str, WrittenScenario] = field(default_factory=dict)
    """Of the content files, should one be faulty in the database; and the order of their list."""
    rates: Mapping[str, WrittenRates] = field(default_factory=dict)
    """Likewise."""
    faults: tuple[FaultyRow, ...] = field(default=(), init=False)
    """What is left out of the library of the moment."""
    _library: Library | None = field(default=None, init=False)
    _number: int = field(default=0, init=False)
    """Of the last change that is in it."""
    _needs_new: bool = field(default=False, init=False)
    _one_restocks: Lock = field(default_factory=Lock, init=False)
    _one_puts: Lock = field(default_factory=Lock, init=False)

    def restock(self) -> None:
        """Made anew, whole, while the one before goes on answering, and being amended."""
        with self._one_restocks:
            self._needs_new = False
            number, on = self.store.last_change(), self.clock().date()
            sifted = sift(self.store.kept(), self.home, on, self.shipped, self.scenarios, self.rates)
            made = build_library(
                sifted.published,
                home=self.home,
                on=on,
                embed=self.embed,
                intents=self.intents,
                calibration=load_calibration(),
                item_reader=self.item_reader,
                meanings=self.meanings,
                kept=self.kept_texts,
                lives=self.lives,
                beyond=self.beyond,
            )
            with self._one_puts:
                self._tell(sifted.faults)
                self.faults = sifted.faults
                self._catch_up_from(made, number, sifted.faults)

    def catch_up(self) -> None:
        """With what was published, and with the day: what has ended is found no more. Costs one look into the
        database where nothing changed."""
        with self._one_puts:
            self._catch_up_from(self.library(), self._number, self.faults)

    @property
    def is_worn(self) -> bool:
        """It answers rightly, and had better be made anew."""
        return self._needs_new or self.library().index.beside > MOST_BESIDE

    def library(self) -> Library:
        if self._library is None:
            raise RuntimeError("the shelf is empty: restock() comes first")
        return self._library

    @property
    def is_stocked(self) -> bool:
        return self._library is not None and len(self._library.index) > 0

    def _catch_up_from(self, library: Library, number: int, faults: tuple[FaultyRow, ...]) -> None:
        changed, on = self.store.changed_since(number), self.clock().date()
        if changed is None and on == library.on:
            self._library, self._number, self.faults = library, number, faults
            return
        sifted = Sifted(library.published, ())
        ids: frozenset[str] = frozenset()
        lived: frozenset[str] = frozenset()
        if changed is not None:
            sifted, ids = sift_changed(changed, library.published, self.home, on), changed.ids[Kind.DOCUMENT]
            faults = (*(fault for fault in faults if not _is_of(fault, changed)), *sifted.faults)
            self._tell(faults)
            self._needs_new |= Kind.REGION in changed.ids  # with a region every guide may change
            lived = frozenset(map(topic_id_of, changed.ids.get(Kind.SCENARIO, ())))
        ids |= that_turn(sifted.published, library.on, on)
        topics = frozenset(filter(is_topic, ids)) | lived
        amendment = Amendment(sifted.published, on, ids - topics, topics)
        self._library = amended(library, amendment, at_once=True)
        if not is_all_encoded(library, amendment):
            self._library = amended(library, amendment)
        self._number, self.faults = changed.number if changed else number, faults

    def _tell(self, faults: Iterable[FaultyRow]) -> None:
        for fault in faults:
            if fault not in self.faults:  # named once, not each midnight
                log.warning("knowledge: %s", fault)


def _is_of(fault: FaultyRow, changed: Changed) -> bool:
    return fault.key[0] in changed.ids.get(fault.kind, ())

"""What is published, and the texts of it that stand for an item. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge_base.documents import Body, GuideDocument
from knowledge_base.hall_topics import HallTopic
from knowledge_base.kept import Kind
from knowledge_base.language.asking import whole_question
from knowledge_base.language.spoken import Plainly
from knowledge_base.language.tokenize import Tokenizer, plain
from knowledge_base.model import CatalogueItem, Office, ServiceGuide
from knowledge_base.rates import RateBook
from knowledge_base.regions import RegionTree
from knowledge_base.scenarios.model import Scenario
from knowledge_base.search.embed import Embed
from knowledge_base.search.index import Index, IndexedText
from knowledge_base.search.meanings import MeantText
from knowledge_base.search.meant_texts import meant_by
from knowledge_base.search.things import Things
from knowledge_base.sources import LegalText

GuideOf = Callable[[str], ServiceGuide | None]
"""By id, as it stands somewhere some day (`Standing.guide`)."""


@dataclass(frozen=True)
class Published:
    """What the database holds as published."""

    regions: RegionTree
    catalogue: Sequence[CatalogueItem]
    offices: Sequence[Office]
    documents: Mapping[str, Sequence[GuideDocument]]
    topics: Mapping[str, Sequence[GuideDocument]] = field(default_factory=dict)
    """What the hall knows of itself (`knowledge_base.hall_topics`)."""
    sources: Mapping[str, LegalText] = field(default_factory=dict)
    """By id."""
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    """By id, in the order of their list: those that are offered."""
    withdrawn: Mapping[str, Scenario] = field(default_factory=dict)
    """Scenarios that are offered no more, by id: lists were kept of them."""
    rates: RateBook = field(default_factory=RateBook)
    """What calculators reckon with. Empty: those of the content files."""
    written: Mapping[str, Body] = field(default_factory=dict)
    """Scenarios and files of rates as they are written, by `written_key`."""

    def scenario_ever(self, scenario_id: str) -> Scenario | None:
        """Offered, or withdrawn since."""
        return self.scenarios.get(scenario_id) or self.withdrawn.get(scenario_id)


def written_key(kind: Kind, thing_id: str) -> str:
    """`scenario:retire`."""
    return f"{kind.value}:{thing_id}"


def words_of_knowledge(published: Published) -> list[str]:
    """Names, aliases, materials, offices and regions: what a cut must not go through. Sorted, without repeats."""
    words: set[str] = set()
    for item in published.catalogue:
        words.update(item.also_called)
    for documents in published.documents.values():
        for document in documents:
            words.update(document.body.get("aliases", ()))
            for statement in (*document.body.get("statements", ()), *document.body.get("add", ())):
                if statement.get("kind") == "material":
                    words.add(statement["name"])
    for office in published.offices:
        words.update((office.name, *office.aliases))
    for region in published.regions:
        words.update((region.name, *region.aliases))
    bare = {plain(word) for word in words}
    return sorted(word for word in bare if 2 <= len(word) <= 10)


def texts_of(catalogue: Iterable[CatalogueItem], guide_of: GuideOf) -> Iterable[IndexedText]:
    for item in catalogue:
        guide = guide_of(item.id)
        names: list[str] = [item.name, *item.also_called]
        if guide is None:
            yield from (IndexedText(item.id, name, True, False) for name in dict.fromkeys(names))
            continue
        names += [guide.short_name, *guide.aliases]
        yield from (IndexedText(item.id, name, True, True) for name in dict.fromkeys(names))
        for text in dict.fromkeys(guide.questions):
            yield IndexedText(item.id, text, False, True, whole_question(text, guide.short_name, names))


def texts_of_topics(topics: Iterable[HallTopic]) -> list[IndexedText]:
    return [
        IndexedText(topic.id, text, is_name, True)
        for topic in topics
        for is_name, said in ((True, (topic.name, *topic.words)), (False, topic.asked))
        for text in said
    ]


def meant_texts_of(catalogue: Iterable[CatalogueItem], guide_of: GuideOf, plainly: Plainly) -> Iterable[MeantText]:
    """What the encoder reads: names, statements, and what is asked of each."""
    for item in catalogue:
        guide = guide_of(item.id)
        names: list[str] = [item.name, *item.also_called]
        if guide is not None:
            names += [guide.short_name, *guide.aliases]
        yield from (MeantText(item.id, plainly(name)) for name in dict.fromkeys(names))
        if guide is not None:
            yield from meant_by(guide, names, plainly)


def things_of(index: Index, published: Published) -> Things:
    names = ((text.text, text.guide_id) for text in index.texts if text.is_name)
    return Things(names, {item.id: item.theme for item in published.catalogue}, index.tokenizer)


def index_of_topics(topics: Iterable[HallTopic], embed: Embed, tokenizer: Tokenizer) -> Index:
    return Index(texts_of_topics(topics), embed, tokenizer)

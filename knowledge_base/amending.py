"""What was published since a library was made, laid beside it: a new library that shares all that did not change.

Only the items and topics that changed are read again; the whole is made anew once much lies beside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from knowledge_base.library import Library
from knowledge_base.published import Published, meant_texts_of, texts_of, texts_of_topics, things_of, words_of_knowledge
from knowledge_base.search.meanings import MeaningIndex, MeantText
from knowledge_base.search.spelled_words import names_in
from knowledge_base.search.statement_reader import StatementReader
from knowledge_base.standing import Standing

MOST_AT_ONCE = 24
"""Sentences that are encoded before what was published answers; each takes some milliseconds."""


@dataclass(frozen=True)
class Amendment:
    published: Published
    """All of it, as it is now; with the regions of the library."""
    on: date
    items: frozenset[str]
    """Of which anything changed, those that are gone among them."""
    topics: frozenset[str] = frozenset()
    """Of the hall, likewise."""


def amended(library: Library, amendment: Amendment, *, at_once: bool = False) -> Library:
    """`at_once`: where more than MOST_AT_ONCE sentences are new, the encoder reads names alone, and the item is found
    by all the other evidence until it is done again without."""
    published, on, items, home = amendment.published, amendment.on, amendment.items, library.home
    tokenizer = library.index.tokenizer.taught(words_of_knowledge(published))
    standing = Standing(published, home, on)
    if on == library.on:
        standing.take_over(library, items | amendment.topics)
    catalogue = [item for item in published.catalogue if item.id in items]
    before = [text for text in library.index.texts if text.guide_id in items]
    texts = list(texts_of(catalogue, standing.guide))
    index = library.index.amended(items, texts, tokenizer)
    topics = {each: topic for each in sorted(amendment.topics) if (topic := standing.topic(each))}
    unchanged = {each: topic for each, topic in library.topics_at_home.items() if each not in amendment.topics}
    meaning_index = library.meaning_index and _meanings(library.meaning_index, library, amendment, at_once)
    found = replace(
        library,
        published=published,
        on=on,
        index=index,
        topic_index=library.topic_index.amended(amendment.topics, texts_of_topics(topics.values()), tokenizer),
        topics_at_home=unchanged | topics,
        things=things_of(index, published),
        spelling=library.spelling.taught(names_in(texts)),
        listed=library.listed.amended(items, before, texts),
        meaning_index=meaning_index,
        # It knows the items by their names, and reads each guide when it is first asked.
        statement_reader=StatementReader(
            published.catalogue, library.plainly, meaning_index.meanings, library.intents.aspect_chances
        )
        if meaning_index
        else None,
    )
    found.take_over(standing)
    if "suggestions" in vars(library):  # somebody has typed already
        vars(found)["suggestions"] = library.suggestions.amended(items, texts)
    return found


def is_all_encoded(library: Library, amendment: Amendment) -> bool:
    """Whether nothing would be left out at once."""
    return library.meaning_index is None or _new(_texts(library, amendment), library.meaning_index) <= MOST_AT_ONCE


def _meanings(index: MeaningIndex, library: Library, amendment: Amendment, at_once: bool) -> MeaningIndex:
    texts = _texts(library, amendment)
    if at_once and _new(texts, index) > MOST_AT_ONCE:
        texts = [text for text in texts if not text.statement or index.meanings.has(text.text)]
    return index.amended(amendment.items, texts)


def _texts(library: Library, amendment: Amendment) -> list[MeantText]:
    standing = Standing(amendment.published, library.home, amendment.on)
    catalogue = [item for item in amendment.published.catalogue if item.id in amendment.items]
    return list(meant_texts_of(catalogue, standing.guide, library.plainly))


def _new(texts: Iterable[MeantText], index: MeaningIndex) -> int:
    return sum(not index.meanings.has(text.text) for text in texts)

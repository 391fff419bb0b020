"""Encodes every sentence of the shipped content, and every example: a step of the training, four minutes on two cores
the first time.

`python -m knowledge_base.search.learning_meanings`. What a file holds already, by the same encoder, is taken over.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain
from pathlib import Path

from knowledge_base.content_files import load_content
from knowledge_base.language.examples import examples_of, private_of
from knowledge_base.language.learned import NotLearned, sources_in
from knowledge_base.language.learning import write_whole
from knowledge_base.language.spoken import load_spoken
from knowledge_base.model import NATIONAL
from knowledge_base.published import Published, meant_texts_of
from knowledge_base.scenarios.topics import topic_of
from knowledge_base.search.answers import texts_told
from knowledge_base.search.beyond_reader import texts_of_beyond
from knowledge_base.search.encoder import Encoder
from knowledge_base.search.kept_meanings import (
    MEANINGS,
    MEANINGS_LEARNED_OF,
    content_of_meanings,
    digest_of,
    digest_of_encoder,
    example_sources,
    meaning_sources,
    read_meanings,
)
from knowledge_base.search.lived import told_in
from knowledge_base.search.meanings import Meanings
from knowledge_base.standing import Standing

AT_A_TIME = 256
"""Sentences that one thread takes."""


def texts_of_content() -> Iterator[str]:
    """As the encoder reads them, wherever one of the documents speaks; with repetitions."""
    content, plainly = load_content(), load_spoken()
    published = Published(content.regions, content.catalogue, content.offices, content.documents)
    yield from texts_of_beyond(content.beyond, plainly)
    for documents in content.topics.values():
        yield from (
            plainly(text) for each in documents for text in (each.body.get("name", ""), *each.body.get("asked", ()))
        )
    for scenario in content.scenarios.values():
        yield from told_in(topic_of(scenario, {}), plainly)
        for question in scenario.questions:
            yield from (text for _, texts in texts_told(question, plainly) for text in texts)
    spoken_in = {document.region for documents in content.documents.values() for document in documents}
    for region in sorted({NATIONAL, *spoken_in}):
        guide_of = Standing(published, region, date.today()).guide
        yield from (each.text for each in meant_texts_of(published.catalogue, guide_of, plainly))


def texts_of_examples() -> Iterator[str]:
    plainly = load_spoken()
    yield from (plainly(text) for text, _ in (*examples_of(), *private_of()))


def write_meanings(texts: Iterable[str], sources: str, path: Path) -> None:
    """`sources`: what says that the file is up to date."""
    try:
        kept = read_meanings(path)
    except NotLearned:
        kept = None
    meanings = Meanings(Encoder(), kept)
    listed = sorted({*texts})
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # the encoder computes outside the interpreter
        found = threads.map(meanings.vectors, (listed[at : at + AT_A_TIME] for at in range(0, len(listed), AT_A_TIME)))
        vectors = dict(zip(map(digest_of, listed), chain.from_iterable(found), strict=True))
    write_whole(content_of_meanings(vectors, sources, digest_of_encoder()), path)


def main() -> None:
    # The sources first: what changes meanwhile is encoded next time.
    if (sources := meaning_sources()) != sources_in(MEANINGS):
        write_meanings(texts_of_content(), sources, MEANINGS)
    if (sources := example_sources()) != sources_in(MEANINGS_LEARNED_OF):
        write_meanings(texts_of_examples(), sources, MEANINGS_LEARNED_OF)


if __name__ == "__main__":
    main()

"""Encodes every sentence of the shipped content: a step of the training, about two minutes the first time.

`python -m knowledge_base.search.learning_meanings`. What the file holds already, by the same encoder, is taken over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from knowledge_base.content_files import load_content
from knowledge_base.language.learned import NotLearned
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
    content_of_meanings,
    digest_of,
    digest_of_encoder,
    meaning_sources,
    read_meanings,
)
from knowledge_base.search.lived import told_in
from knowledge_base.search.meanings import Meanings
from knowledge_base.standing import Standing


def texts_of_content() -> Iterator[str]:
    """As the encoder reads them, wherever one of the documents speaks; with repetitions."""
    content, plainly = load_content(), load_spoken()
    published = Published(content.regions, content.catalogue, content.offices, content.documents)
    yield from texts_of_beyond(content.beyond, plainly)
    for scenario in content.scenarios.values():
        yield from told_in(topic_of(scenario, {}), plainly)
        for question in scenario.questions:
            yield from (text for _, texts in texts_told(question, plainly) for text in texts)
    spoken_in = {document.region for documents in content.documents.values() for document in documents}
    for region in sorted({NATIONAL, *spoken_in}):
        guide_of = Standing(published, region, date.today()).guide
        yield from (each.text for each in meant_texts_of(published.catalogue, guide_of, plainly))


def main(path: Path = MEANINGS) -> None:
    try:
        kept = read_meanings(path)
    except NotLearned:
        kept = None
    meanings = Meanings(Encoder(), kept)
    sources = meaning_sources()  # before: what changes meanwhile is encoded next time
    texts = sorted(set(texts_of_content()))
    vectors = dict(zip(map(digest_of, texts), meanings.vectors(texts), strict=True))
    write_whole(content_of_meanings(vectors, sources, digest_of_encoder()), path)


if __name__ == "__main__":
    main()

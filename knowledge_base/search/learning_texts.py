"""Reads, cuts and learns ahead what every start would do again: a step of the training, some twenty seconds.

`python -m knowledge_base.search.learning_texts`. Nothing of it changes an answer: what is not there is made when it is
needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from knowledge_base.content_files import load_content
from knowledge_base.kept_yaml import KEPT_YAML, content_of_kept, digest_of_reader
from knowledge_base.language.learned import NotLearned
from knowledge_base.language.learning import write_whole
from knowledge_base.language.spoken import load_spoken
from knowledge_base.language.tokenize import Tokenizer
from knowledge_base.model import NATIONAL, RegionCode
from knowledge_base.published import Published, meant_texts_of, texts_of, texts_of_topics, words_of_knowledge
from knowledge_base.search.beyond_reader import texts_of_beyond
from knowledge_base.search.coarse import Book, book_of, digest_of_vectors, wants_book
from knowledge_base.search.embed import Vectors, shipped_model
from knowledge_base.search.index import to_the_point
from knowledge_base.search.kept_texts import KEPT_TEXTS, content_of_kept_texts, digest_of_words
from knowledge_base.search.meanings import load_meanings
from knowledge_base.search.text_sources import text_sources, yaml_files
from knowledge_base.standing import Standing
from knowledge_base.yaml_lines import YamlFault, lined_yaml


def main(texts_file: Path = KEPT_TEXTS, yaml_file: Path = KEPT_YAML) -> None:
    sources = text_sources()  # before: what changes meanwhile is made next time
    write_whole(_kept_yaml(), yaml_file)
    write_whole(_kept_texts(sources), texts_file)


def _kept_yaml() -> bytes:
    said = []
    for path in yaml_files():
        written = path.read_bytes()
        try:
            said.append((written, lined_yaml(written.decode()).data))
        except (YamlFault, UnicodeDecodeError):
            continue  # told where it is read
    return content_of_kept(said, digest_of_reader())


def _kept_texts(sources: str) -> bytes:
    content = load_content()
    published = Published(
        content.regions,
        content.catalogue,
        content.offices,
        content.documents,
        content.topics,
        content.sources,
        content.scenarios,
    )
    model, cut = shipped_model()
    words = words_of_knowledge(published)
    pieces_of = cache(lambda text: model.pieces_of([text], cut)[0])
    tokens_of = cache(Tokenizer(words).tokens)
    whole: set[str] = set()
    books = _Books()
    for texts in _indexed(published):
        whole.update(texts)
        for each in (texts, [to_the_point(text) for text in texts]):
            books.learn(model.sums_of([pieces_of(text) for text in each]))
    with suppress(NotLearned):
        meanings = load_meanings()
        for texts in _meant(published):
            books.learn(meanings.vectors(texts))
        books.learn(meanings.vectors(texts_of_beyond(content.beyond, load_spoken())))
    pointed = {to_the_point(text) for text in whole}
    return content_of_kept_texts(
        {text: pieces_of(text) for text in whole | pointed},
        {text: tokens_of(text) for text in whole},
        digest_of_words(words),
        books.learned,
        sources,
    )


class _Books:
    def __init__(self) -> None:
        self.learned: dict[str, Book] = {}

    def learn(self, vectors: Vectors) -> None:
        if wants_book(vectors) and (digest := digest_of_vectors(vectors)) not in self.learned:
            self.learned[digest] = book_of(vectors)


def _indexed(published: Published) -> Iterator[list[str]]:
    """The texts of every index that a hall may build: the items', the topics'."""
    for standing in _wherever_spoken(published):
        yield [text.whole for text in texts_of(published.catalogue, standing.guide)]
        topics = [topic for each in standing.topic_ids if (topic := standing.topic(each))]
        yield [text.whole for text in texts_of_topics(topics)]


def _meant(published: Published) -> Iterator[list[str]]:
    plainly = load_spoken()
    for standing in _wherever_spoken(published):
        yield [each.text for each in meant_texts_of(published.catalogue, standing.guide, plainly)]


def _wherever_spoken(published: Published) -> Iterator[Standing]:
    spoken_in = {document.region for documents in published.documents.values() for document in documents}
    for region in sorted({NATIONAL, *spoken_in}):
        yield Standing(published, RegionCode(region), date.today())


if __name__ == "__main__":
    main()

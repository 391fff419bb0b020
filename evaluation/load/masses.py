"""As many documents as a province has, made of ours: sentences that lie as those do, names and questions that read so.

A made sentence is a shipped one, moved by the difference of two others: what is made of one lies near it (cosine .86 to
.97), and in all directions as the shipped ones do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.search.index import IndexedText
from knowledge_base.search.kept_meanings import MEANINGS, read_meanings
from knowledge_base.search.vector_index import Vectors

SENTENCES = 4.4
"""Of a document: 234,000 have more than a million."""
TEXTS = 4
"""Of a document, that may be suggested: its name, an alias, two questions."""
_LEAST, _MOST = 0.3, 0.8
_AT_ONCE = 50_000


def shipped_sentences(path: Path = MEANINGS) -> Vectors:
    """(n, dimensions), unit length. Raises NotLearned."""
    return _unit(read_meanings(path).rows.astype(np.float32))


def moved(vectors: Vectors, by: Vectors, chance: np.random.Generator) -> Vectors:
    """Each by the difference of two of `by`."""
    first, second = (by[chance.integers(0, len(by), len(vectors))] for _ in range(2))
    far = chance.uniform(_LEAST, _MOST, (len(vectors), 1)).astype(np.float32)
    return _unit(vectors + far * (first - second))


def write_sentences(path: Path, count: int, shipped: Vectors) -> Vectors:
    """So many, on disk."""
    chance = np.random.default_rng(0)
    written = np.lib.format.open_memmap(path, "w+", np.float32, (count, shipped.shape[1]))
    for at in range(0, count, _AT_ONCE):
        some = min(_AT_ONCE, count - at)
        written[at : at + some] = moved(shipped[chance.integers(0, len(shipped), some)], shipped, chance)
    written.flush()
    return np.asarray(np.load(path, mmap_mode="r"))


def owners(count: int, documents: int) -> NDArray[np.int64]:
    """Of each sentence, which document: side by side, as they are read."""
    return np.asarray(np.arange(count, dtype=np.int64) * documents // count)


def made_texts(documents: int, shipped: Sequence[IndexedText]) -> Iterator[IndexedText]:
    """Names and questions, each with a place in front of it as every city has its own."""
    names = [text.text for text in shipped if text.is_name]
    questions = [text.text for text in shipped if not text.is_name]
    chance = np.random.default_rng(0)
    places = ["".join(map(chr, chance.integers(0x4E00, 0x6000, 2))) for _ in range(2000)]
    for document in range(documents):
        place = places[document % len(places)]
        for number in range(TEXTS):
            is_name = number < TEXTS // 2
            known = names if is_name else questions
            text = known[(document * TEXTS + number) % len(known)]
            yield IndexedText(f"item-{document}", place + text if is_name else text + place, is_name, True)


def nearest_of_all(questions: Vectors, vectors: Vectors, most: int) -> NDArray[np.int64]:
    """(n, most) positions, the nearest first: looked through one by one."""
    scores, positions = np.zeros((len(questions), 0), np.float32), np.zeros((len(questions), 0), np.int64)
    for at in range(0, len(vectors), _AT_ONCE):
        found = questions @ vectors[at : at + _AT_ONCE].T
        best = np.argpartition(-found, min(most, found.shape[1] - 1), axis=1)[:, :most]
        scores = np.concatenate([scores, np.take_along_axis(found, best, 1)], axis=1)
        positions = np.concatenate([positions, best + at], axis=1)
    order = np.argsort(-scores, axis=1)[:, :most]
    return np.take_along_axis(positions, order, 1)


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)

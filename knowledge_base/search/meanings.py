"""What sentences mean, as vectors of the encoder, and which items lie near a question.

The vectors of the shipped content are made by the training step (`learning_meanings`). What is published since is
encoded when a library is built with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from knowledge_base.search.coarse import Book, vector_index
from knowledge_base.search.encoder import Encoder, Vectors
from knowledge_base.search.find import Meant
from knowledge_base.search.kept_meanings import MEANINGS, SHIPPED_ENCODER, KeptMeanings, digest_of, read_meanings

REACH = 256
"""How many sentences are told apart by their cosine."""
NEARBY = 8
SHARPNESS = 30.0
"""As in training: 1 / temperature."""
MOST_REMEMBERED = 1024


class Encodes(Protocol):
    @property
    def dimensions(self) -> int: ...

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """(n, dimensions), unit length."""


class Meanings:
    """The encoder, and the vectors that are there already."""

    def __init__(self, encoder: Encodes, kept: KeptMeanings | None = None) -> None:
        self._encoder, self._kept = encoder, kept
        self.of_question = lru_cache(maxsize=MOST_REMEMBERED)(self._of_question)
        """The vector of one sentence that a citizen says; a turn asks several times."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """(n, dimensions), unit length."""
        found = np.zeros((len(texts), self._encoder.dimensions), np.float32)
        rows = [self._kept.row_of.get(digest_of(text)) if self._kept else None for text in texts]
        if self._kept and (there := [at for at, row in enumerate(rows) if row is not None]):
            found[there] = self._kept.rows[[row for row in rows if row is not None]]
            found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        if new := [at for at, row in enumerate(rows) if row is None]:
            found[new] = self._encoder.vectors([texts[at] for at in new])
        return found

    def _of_question(self, text: str) -> Vectors:
        vector: Vectors = self._encoder.vectors([text])[0]
        vector.flags.writeable = False
        return vector


def load_meanings(path: Path = MEANINGS, encoder: Path = SHIPPED_ENCODER) -> Meanings:
    """Raises NotLearned."""
    kept = read_meanings(path, encoder)
    return Meanings(Encoder(encoder), kept)


@dataclass(frozen=True)
class MeantText:
    guide_id: str
    text: str
    statement: str = ""
    """Its id, of a statement or of what is asked of one; empty: a name of the item."""
    is_asked: bool = False
    """A question that the statement answers; False: the statement itself, or a name."""


class MeaningIndex:
    """Of one library. Built whole, never changed."""

    def __init__(self, texts: Sequence[MeantText], meanings: Meanings, books: Mapping[str, Book] | None = None) -> None:
        """`texts`: at least one. `books`: see `vector_index`."""
        self.meanings = meanings
        self._items = tuple(dict.fromkeys(text.guide_id for text in texts))
        place = {guide_id: at for at, guide_id in enumerate(self._items)}
        self._item_of = np.array([place[text.guide_id] for text in texts], dtype=np.int32)
        vectors = meanings.vectors([text.text for text in texts])
        self._index = vector_index(vectors, REACH, books or {}, half=True)

    def of_items(self, question: str) -> dict[str, Meant]:
        """Of the items that have a sentence within reach."""
        vector, most = self.meanings.of_question(question), min(REACH, len(self._item_of))
        scores, positions = (found[0] for found in self._index.search(vector[None], most))
        scores, positions = scores[positions >= 0], positions[positions >= 0]
        chances = np.exp(SHARPNESS * (scores - scores[0]))
        floor, whole = float(scores[-1]), float(chances.sum())
        held: dict[int, list[tuple[float, float]]] = {}
        for item, *figures in zip(self._item_of[positions].tolist(), scores.tolist(), chances.tolist(), strict=True):
            held.setdefault(item, []).append((figures[0], figures[1]))
        return {
            self._items[item]: Meant(
                nearest=own[0][0],
                nearby=(sum(score for score, _ in own[:NEARBY]) + floor * max(0, NEARBY - len(own))) / NEARBY,
                share=sum(chance for _, chance in own) / whole,
            )
            for item, own in held.items()
        }

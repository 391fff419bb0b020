"""What sentences mean, as vectors of the encoder, and which items lie near a question.

The vectors of the shipped content are made by the training step (`learning_meanings`). What is published since is
encoded when it is laid beside the others, and remembered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.search.coarse import Book, vector_index
from knowledge_base.search.encoder import Encoder, Vectors
from knowledge_base.search.find import Meant
from knowledge_base.search.kept_meanings import MEANINGS, SHIPPED_ENCODER, KeptMeanings, digest_of, read_meanings
from knowledge_base.search.remembering import MOST_WEIGHED
from knowledge_base.search.vector_index import VectorIndex

REACH = 256
"""How many sentences are told apart by their cosine."""
NEARBY = 8
SHARPNESS = 30.0
"""As in training: 1 / temperature."""
MOST_REMEMBERED = 1024
MOST_ENCODED = 65_536
"""Sentences that no file holds: 100 MB."""


class Encodes(Protocol):
    @property
    def dimensions(self) -> int: ...

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """(n, dimensions), unit length."""


@dataclass(frozen=True, eq=False)
class Packed:
    """Directions of many texts, as they are kept."""

    rows: NDArray[np.int8] | Vectors
    """(n, dimensions), of any length."""
    lengths: Vectors
    """(n,)."""

    def cosines(self, vector: Vectors) -> Vectors:
        """(n,). `vector`: of unit length."""
        return np.asarray(
            (self.rows / self.lengths[:, None]) @ vector, np.float32
        )  # as `Meanings.vectors`, to the last bit

    def where(self, kept: NDArray[np.bool_]) -> Packed:
        return Packed(self.rows[kept], self.lengths[kept])


class Meanings:
    """The encoder, and the vectors that are there already."""

    def __init__(self, encoder: Encodes, kept: KeptMeanings | None = None) -> None:
        self._encoder, self._kept = encoder, kept
        self._encoded: dict[int, Vectors] = {}
        """By digest of the text, what staff have published since the file was made."""
        self.of_question = lru_cache(maxsize=MOST_REMEMBERED)(self._of_question)
        """The vector of one sentence that a citizen says; a turn asks several times."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """(n, dimensions), unit length."""
        found = np.zeros((len(texts), self._encoder.dimensions), np.float32)
        rows = self._rows_of(texts)
        there = rows >= 0
        if self._kept is not None and there.any():
            found[there] = self._kept.rows[rows[there]]
            found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        for at in np.flatnonzero(~there).tolist():
            found[at] = self._encoded_once(texts[at])
        return found

    def packed(self, texts: Sequence[str]) -> Packed:
        """As `vectors`, in a quarter of the bytes where the file holds all of them."""
        rows = self._rows_of(texts)
        if self._kept is None or (rows < 0).any():
            return Packed(self.vectors(texts), np.ones(len(texts), np.float32))
        kept = self._kept.rows[rows]
        return Packed(kept, np.maximum(np.linalg.norm(kept.astype(np.float32), axis=1), 1e-9))

    def has(self, text: str) -> bool:
        """Whether its vector is there already."""
        return digest_of(text) in self._encoded or bool(self._rows_of([text])[0] >= 0)

    def _rows_of(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """In what is kept; -1: not there."""
        return self._kept.rows_of(texts) if self._kept is not None else np.full(len(texts), -1, np.int64)

    def _encoded_once(self, text: str) -> Vectors:
        digest = digest_of(text)
        found = self._encoded.get(digest)
        if found is None:
            found = self._encoder.vectors([text])[0]
            if len(self._encoded) >= MOST_ENCODED:
                self._encoded.clear()
            self._encoded[digest] = found
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
    tells: bool = False
    """A question that tells what has happened beside what it asks."""


class MeaningIndex:
    """Of one library. Never changed: a main part, and beside it all texts of the items that changed since."""

    def __init__(self, guide_ids: Sequence[str], index: VectorIndex, meanings: Meanings) -> None:
        """`guide_ids`: of each sentence of the index, whose item it is; at least one."""
        self.meanings = meanings
        self._beside: tuple[MeantText, ...] = ()
        self._items = self._main_items = tuple(dict.fromkeys(guide_ids))
        self._item_of = self._main_item_of = _places(guide_ids, self._items)
        self._index, self._gone_items = index, frozenset[str]()
        self._runs = _runs(self._main_item_of, self._main_items)
        self._remember()

    def amended(self, items: Collection[str], texts: Iterable[MeantText]) -> MeaningIndex:
        """`items`: those that changed; `texts`: of them, as they are now, and none where an item is gone."""
        new = copy(self)
        new._beside = (*(text for text in self._beside if text.guide_id not in items), *texts)
        new._gone_items = (self._gone_items | frozenset(items)).intersection(self._main_items)
        gone = np.array([item in new._gone_items for item in self._main_items], np.bool_)
        of_beside = tuple(dict.fromkeys(text.guide_id for text in new._beside))
        new._items = (*self._main_items, *of_beside)
        beside_of = len(self._main_items) + _places([text.guide_id for text in new._beside], of_beside)
        new._item_of = np.concatenate([self._main_item_of, beside_of])
        vectors = self.meanings.vectors([text.text for text in new._beside])
        new._index = self._index.amended(gone[self._main_item_of], vectors)
        new._remember()
        return new

    def nears(self, question: str, item: str) -> float:
        """Cosine to the nearest sentence of the item, for a tenth of the time that all of them take; -1 where it stands
        beside, or among others'."""
        if item in self._gone_items or item not in self._runs:
            return -1.0
        return float((self._index.part(*self._runs[item]) @ self.meanings.of_question(question)).max())

    def _remember(self) -> None:
        self.of_items = lru_cache(maxsize=MOST_WEIGHED)(self._of_items)
        """Of the items that have a sentence within reach; what lies beyond them asks once more."""

    def _of_items(self, question: str) -> Mapping[str, Meant]:
        scores, positions = self._index.nearest(self.meanings.of_question(question)[None], REACH)
        if not len(scores):
            return {}
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


def meaning_index_of(
    texts: Sequence[MeantText], meanings: Meanings, books: Mapping[str, Book] | None = None
) -> MeaningIndex:
    """`texts`: at least one. `books`: see `vector_index`."""
    vectors = meanings.vectors([text.text for text in texts])
    index = VectorIndex(vector_index(vectors, REACH, books or {}, half=True))
    return MeaningIndex([text.guide_id for text in texts], index, meanings)


def _places(guide_ids: Sequence[str], items: Sequence[str]) -> NDArray[np.int32]:
    place = {guide_id: at for at, guide_id in enumerate(items)}
    return np.array([place[each] for each in guide_ids], dtype=np.int32)


def _runs(item_of: NDArray[np.int32], items: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Where the sentences of an item begin and end, of those whose sentences stand side by side."""
    starts = np.flatnonzero(np.diff(item_of, prepend=-1))
    found, counts = item_of[starts], np.bincount(item_of[starts], minlength=len(items))
    spans = zip(found.tolist(), starts.tolist(), [*starts[1:].tolist(), len(item_of)], strict=True)
    return {items[item]: (start, stop) for item, start, stop in spans if counts[item] == 1}

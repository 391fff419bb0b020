"""How often every word stands in every text, counted all at once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import bm25s
import numpy as np
from numpy.typing import NDArray

Cut = Sequence[Sequence[str]]
"""The tokens of each text."""


@dataclass(frozen=True, eq=False)
class CountedWords:
    number: dict[str, int]
    """Of each token."""
    token_of: NDArray[np.int64]
    """Of every pair of a token and a text that it stands in, in the order of the tokens, then of the texts."""
    text_of: NDArray[np.int32]
    times: NDArray[np.int64]
    length: NDArray[np.int64]
    """Of each text, in tokens."""

    @property
    def texts_with(self) -> NDArray[np.int64]:
        """Of each token: in how many texts it stands."""
        return np.bincount(self.token_of, minlength=len(self.number))

    def bm25(self) -> bm25s.BM25:
        """As bm25s makes it of the same texts, to the last bit: it goes through them one by one, in Python."""
        bm25 = bm25s.BM25()
        texts, with_it = len(self.length), self.texts_with
        rarity_of = {count: math.log(1 + (texts - count + 0.5) / (count + 0.5)) for count in set(with_it.tolist())}
        rarity = np.array([rarity_of[count] for count in with_it.tolist()], np.float32)
        mean = self.length.mean() if self.length.any() else 1.0
        long = bm25.k1 * ((1 - bm25.b) + bm25.b * self.length / mean)
        bm25.scores = {
            "data": (rarity[self.token_of] * (self.times / (long[self.text_of] + self.times))).astype(np.float32),
            "indices": self.text_of,
            "indptr": np.concatenate([[0], np.cumsum(with_it)]),
            "num_docs": texts,
        }
        bm25.nonoccurrence_array = None
        bm25.vocab_dict = self.number
        return bm25

    def places(self, place_of: NDArray[np.int32]) -> Places:
        """`place_of`: of each text, whose it is."""
        places = int(place_of.max(initial=0)) + 1
        token_of, held = np.divmod(np.unique(self.token_of * places + place_of[self.text_of]), places)
        ends = np.searchsorted(token_of, np.arange(len(self.number) + 1))
        return Places(self.number, held.astype(np.int32), ends)


class Places(Mapping[str, NDArray[np.int32]]):
    """Of each token, in order: the places of the texts that it stands in. Two arrays: a hundred thousand small ones
    are mostly what every array takes."""

    def __init__(self, number: Mapping[str, int], held: NDArray[np.int32], ends: NDArray[np.int64]) -> None:
        """Of token n they are `held` from ends[n] to ends[n + 1]."""
        self._number, self._held, self._ends = number, held, ends

    @property
    def counts(self) -> NDArray[np.int64]:
        """Of each token: how many."""
        return np.diff(self._ends)

    def __getitem__(self, token: str) -> NDArray[np.int32]:
        at = self._number[token]
        return self._held[self._ends[at] : self._ends[at + 1]]

    def __contains__(self, token: object) -> bool:
        return token in self._number

    def __iter__(self) -> Iterator[str]:
        return iter(self._number)

    def __len__(self) -> int:
        return len(self._number)


def count_words(cut: Cut) -> CountedWords:
    number: dict[str, int] = {}
    of_token = [number.setdefault(token, len(number)) for token in chain.from_iterable(cut)]
    length, texts = np.array([*map(len, cut)], np.int64), max(1, len(cut))
    of_text = np.repeat(np.arange(len(cut)), length)
    pairs, times = np.unique(np.array(of_token, np.int64) * texts + of_text, return_counts=True)
    token_of, text_of = np.divmod(pairs, texts)
    return CountedWords(number, token_of, text_of.astype(np.int32), times, length)

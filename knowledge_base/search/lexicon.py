"""Which words stand in which texts: BM25 of the best text of each item, and the share of a question that an item speaks
of. Never changed; what was published since the main part was made lies beside it, weighed as rare words were then."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray

from knowledge_base.search.counted_words import Cut, count_words
from knowledge_base.search.lexicon_beside import WordsBeside


class Lexicon:
    def __init__(self, tokens: Cut, item_of: NDArray[np.int32], items: int) -> None:
        """`item_of`: of each text, the place of its item."""
        self._item_of, self._items = item_of, items
        counted = count_words(tokens)
        self._bm25 = counted.bm25()
        self._spoken_of = counted.places(item_of)
        self._main_items = items
        rarest = self._spoken_of.counts.min(initial=items)
        self._unseen_rarity = math.log(1 + items / rarest) if self._spoken_of else 1.0
        self._rarity_beside: Mapping[str, float] = {}
        """Of the words that the main part has not."""
        self._number, self._texts_with = counted.number, counted.texts_with
        self._texts, self._mean_length = len(tokens), sum(map(len, tokens)) / max(1, len(tokens))
        self._beside = WordsBeside((), item_of[:0], {}, {}, 1.0)
        self._forgotten: frozenset[str] = frozenset()
        """Words of items that are gone, and of no others."""

    def amended(self, tokens: Cut, item_of: NDArray[np.int32], gone: NDArray[np.bool_], gone_tokens: Cut) -> Lexicon:
        """`item_of`: on from the places of the main part. `gone`: of each item, those beside included; `gone_tokens`:
        of the texts of those."""
        counted = Counter(token for each in tokens for token in set(each))
        texts_with = self.texts_with
        rare = {token: self._rareness(texts_with.get(token, count)) for token, count in counted.items()}
        spoken_of = count_words(tokens).places(item_of)
        new = copy(self)
        new._items, new._beside = len(gone), WordsBeside(tokens, item_of, rare, spoken_of, self._mean_length)
        new._rarity_beside = {
            token: math.log(1 + len(gone) / len(held))
            for token, held in spoken_of.items()
            if token not in self._spoken_of
        }
        spoken = {token for each in gone_tokens for token in each if token in self._spoken_of}
        new._forgotten = frozenset(token for token in spoken if gone[self._spoken_of[token]].all())
        return new

    @property
    def texts_with(self) -> Mapping[str, int]:
        """Of each word of the main part: in how many texts it stands."""
        return dict(zip(self._number, self._texts_with.tolist(), strict=True))

    def knows(self, token: str) -> bool:
        return token in self._beside.spoken_of or (token in self._spoken_of and token not in self._forgotten)

    def best(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Of each item: BM25 of its best text."""
        best = np.zeros(self._items, dtype=np.float32)
        if known := [token for token in tokens if token in self._spoken_of]:
            np.maximum.at(best, self._item_of, self._bm25.get_scores(known))
        self._beside.raise_to_best(best, tokens)
        return best

    def coverage(self, tokens: Sequence[str]) -> NDArray[np.float64]:
        """Of each item: the share of the tokens, by rarity, that its texts speak of."""
        weights = {token: self._rarity(token) for token in tokens}
        held = [
            (spoken_of[token], weight)
            for token, weight in weights.items()
            for spoken_of in (self._spoken_of, self._beside.spoken_of)
            if token in spoken_of
        ]
        if not held:
            return np.zeros(self._items)
        items = np.concatenate([each for each, _ in held])
        spoken = np.bincount(
            items, np.repeat([weight for _, weight in held], [len(each) for each, _ in held]), self._items
        )
        return np.asarray(spoken / sum(weights.values()))

    def _rarity(self, token: str) -> float:
        """As few items speak of it."""
        if token in self._spoken_of:
            return math.log(1 + self._main_items / len(self._spoken_of[token]))
        return self._rarity_beside.get(token, self._unseen_rarity)

    def _rareness(self, texts: int) -> float:
        """Of a word that stands in so many, as BM25 has it."""
        return math.log(1 + (max(self._texts, texts) - texts + 0.5) / (texts + 0.5))

"""The words of a few texts, weighed by BM25 with the figures of many others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_SATURATION, _BY_LENGTH = 1.5, 0.75
"""k1 and b, as bm25s has them."""


class WordsBeside:
    def __init__(
        self,
        tokens: Sequence[Sequence[str]],
        item_of: NDArray[np.int32],
        rare: Mapping[str, float],
        spoken_of: Mapping[str, NDArray[np.int32]],
        mean_length: float,
    ) -> None:
        """`rare`: of each token, its inverse document frequency; `mean_length`: of the many other texts."""
        self._item_of, self.spoken_of = item_of, spoken_of
        self._scores: dict[str, list[tuple[int, float]]] = {}
        for text, found in enumerate(tokens):
            long = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * len(found) / (mean_length or 1.0))
            for token, times in Counter(found).items():
                self._scores.setdefault(token, []).append((text, rare[token] * times / (times + long)))

    def raise_to_best(self, best: NDArray[np.float32], tokens: Sequence[str]) -> None:
        """`best`: of each item; those of these texts are raised to their best one."""
        scores = np.zeros(len(self._item_of), np.float32)
        for token in tokens:
            for text, score in self._scores.get(token, ()):
                scores[text] += score
        np.maximum.at(best, self._item_of, scores)

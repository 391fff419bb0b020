"""Which of many unit vectors lie nearest. Never changed; what was published since the main part was made lies beside it
and is looked through exactly, and what is gone is passed over."""

from __future__ import annotations

import faiss
import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class VectorIndex:
    def __init__(self, main: faiss.Index) -> None:
        """`main`: positions from 0 on. See `coarse.vector_index`."""
        self._main = main
        self._gone: NDArray[np.bool_] | None = None
        self._beside: Vectors | None = None

    def __len__(self) -> int:
        return int(self._main.ntotal) + (0 if self._beside is None else len(self._beside))

    def amended(self, gone: NDArray[np.bool_], beside: Vectors) -> VectorIndex:
        """`gone`: of each position of the main part; `beside`: takes the positions after those."""
        new = VectorIndex(self._main)
        new._gone, new._beside = (gone if gone.any() else None), (beside if len(beside) else None)
        return new

    def part(self, start: int, stop: int) -> Vectors:
        """Those of the main part, (stop - start, dimensions)."""
        found: Vectors = self._main.reconstruct_n(start, stop - start)
        return found

    def nearest(self, vector: Vectors, most: int) -> tuple[Vectors, NDArray[np.int64]]:
        """`vector`: (1, dimensions). The cosines and positions of at most so many, the nearest first."""
        scores, positions = self._nearest_of_main(vector, most)
        if self._beside is None:
            return scores, positions
        scores = np.concatenate([scores, self._beside @ vector[0]])
        positions = np.concatenate([positions, self._main.ntotal + np.arange(len(self._beside))])
        order = np.argsort(-scores, kind="stable")[:most]
        return scores[order], positions[order]

    def _nearest_of_main(self, vector: Vectors, most: int) -> tuple[Vectors, NDArray[np.int64]]:
        gone = self._gone
        wanted = min(self._main.ntotal, most + (int(gone.sum()) if gone is not None else 0))
        if not wanted:
            return np.zeros(0, np.float32), np.zeros(0, np.int64)
        scores, positions = (found[0] for found in self._main.search(vector, wanted))
        is_there = positions >= 0  # what is not like it at all, the coarse form leaves out
        if gone is not None:
            is_there[is_there] = ~gone[positions[is_there]]
        return scores[is_there][:most], positions[is_there][:most]

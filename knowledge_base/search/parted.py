"""Very many vectors: parted into cells, of which the nearest are looked through in a few bits a direction, and the
likeliest again in half precision (docs/adr/0056)."""

from __future__ import annotations

import math
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

VERY_MANY = 65_536
LOOKED_AGAIN = 2560
"""So many of the likeliest are looked at again."""
PROBED = 1 / 8
"""Share of the cells: of the ten nearest of a million less than two in a hundred are missed."""
FEWEST_PROBED = 64
_LEARNED_FROM = 50_000
_AT_ONCE = 65_536


def parted(vectors: NDArray[np.float32], reach: int) -> faiss.Index:
    """`vectors`: (n, dimensions), VERY_MANY or so; may lie on disk. `reach`: how many are wanted of each search."""
    count, dimensions = vectors.shape
    cells = cells_of(count)
    index: Any = faiss.index_factory(
        dimensions,
        f"PCAR{dimensions // 2},IVF{cells},PQ{dimensions // 4}x4fs,Refine(SQfp16)",
        faiss.METRIC_INNER_PRODUCT,
    )
    index.train(np.ascontiguousarray(vectors[:: max(1, count // _LEARNED_FROM)]))
    for at in range(0, count, _AT_ONCE):
        index.add(np.ascontiguousarray(vectors[at : at + _AT_ONCE]))
    index.k_factor = LOOKED_AGAIN / reach
    probe(index, max(PROBED, FEWEST_PROBED / cells))
    found: faiss.Index = index
    return found


def cells_of(count: int) -> int:
    return int(2 ** round(math.log2(math.sqrt(max(count, 4)))))


def probe(index: Any, share: float) -> None:
    """`index`: as from `parted`."""
    cells = faiss.extract_index_ivf(index.base_index)
    cells.nprobe = min(cells.nlist, max(1, round(cells.nlist * share)))

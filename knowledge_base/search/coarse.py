"""Many texts looked through in a sixteenth of their bytes, and the likeliest again as they are.

To read all of them with each question takes longer than to compute with them, and drives everything else out of the
cache (docs/adr/0048).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge_base.search.parted import VERY_MANY, parted

faiss.omp_set_num_threads(1)  # one thread a search, many searches at once, scales best (facts measured 2026-11)
MANY_TEXTS = 8192
AGAIN = 2048
"""So many are looked at as they are: of 512, or 256, within reach four in ten thousand are missed."""
_ROUNDS = 8
"""Of learning the coarse form; with 25, the usual ones, as many are missed."""
_BITS = 4
Book = NDArray[np.float32]
"""Of one set of texts: what every two directions are rounded to."""


def vector_index(
    vectors: NDArray[np.float32], reach: int, books: Mapping[str, Book], half: bool = False, again: int = AGAIN
) -> faiss.Index:
    """`vectors`: (n, dimensions). `reach`: how many will be wanted at most. `books`: those that were learned before, by
    digest. `half`: kept in half precision. `again`: so many are looked at as they are."""
    count, dimensions = vectors.shape if len(vectors) else (0, 1)  # nothing published yet: it is never asked
    if count >= VERY_MANY:
        return parted(vectors, reach)
    exact = _in_half(dimensions) if half else faiss.IndexFlatIP(dimensions)
    if not wants_book(vectors):
        if count:
            exact.add(vectors)
        return exact
    coarse = _coarse(dimensions)
    book = books.get(digest_of_vectors(vectors)) if books else None
    if book is not None and book.size == coarse.pq.centroids.size():
        faiss.copy_array_to_vector(book, coarse.pq.centroids)
        coarse.is_trained = True
    else:
        coarse.train(_in_order(vectors))
    both = faiss.IndexRefine(coarse, exact)
    both.k_factor = again / reach
    both.add(vectors)
    return both


def wants_book(vectors: NDArray[np.float32]) -> bool:
    return len(vectors) >= MANY_TEXTS and vectors.shape[1] % 2 == 0


def book_of(vectors: NDArray[np.float32]) -> Book:
    """Learned of them; the same whatever their order."""
    coarse = _coarse(vectors.shape[1])
    coarse.train(_in_order(vectors))
    return np.asarray(faiss.vector_to_array(coarse.pq.centroids), dtype=np.float32)


def digest_of_vectors(vectors: NDArray[np.float32]) -> str:
    """Whatever their order."""
    return hashlib.sha256(_in_order(vectors).tobytes()).hexdigest()


def _in_half(dimensions: int) -> faiss.Index:
    return faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def _coarse(dimensions: int) -> faiss.IndexPQFastScan:
    coarse = faiss.IndexPQFastScan(dimensions, dimensions // 2, _BITS, faiss.METRIC_INNER_PRODUCT)
    coarse.pq.cp.niter = _ROUNDS
    return coarse


def _in_order(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The database gives the items in another order than the files."""
    rows = np.ascontiguousarray(vectors)
    return rows[np.argsort(rows.view(f"V{rows.strides[0]}").ravel(), kind="stable")]

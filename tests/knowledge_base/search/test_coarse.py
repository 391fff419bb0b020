"""Many texts, found coarsely first."""

from __future__ import annotations

import faiss
import numpy as np
import pytest

from knowledge_base.search import coarse
from knowledge_base.search.coarse import book_of, digest_of_vectors, vector_index

VECTORS = np.random.default_rng(1).normal(size=(700, 8)).astype(np.float32)


@pytest.fixture(autouse=True)
def _many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coarse, "MANY_TEXTS", 600)


def found(index: faiss.Index) -> list[list[int]]:
    positions: list[list[int]] = index.search(VECTORS[:5], 20)[1].tolist()
    return positions


def test_a_book_is_the_same_whatever_the_order() -> None:
    other = VECTORS[::-1]
    assert digest_of_vectors(VECTORS) == digest_of_vectors(other)
    assert np.array_equal(book_of(VECTORS), book_of(other))


def test_with_a_book_that_was_learned_before_the_same_is_found() -> None:
    books = {digest_of_vectors(VECTORS): book_of(VECTORS)}
    assert found(vector_index(VECTORS, 20, books)) == found(vector_index(VECTORS, 20, {}))


def test_a_book_of_other_texts_or_another_size_is_not_used() -> None:
    strange = {"other": book_of(VECTORS), digest_of_vectors(VECTORS): np.ones(3, np.float32)}
    assert found(vector_index(VECTORS, 20, strange)) == found(vector_index(VECTORS, 20, {}))


def test_a_book_is_not_learned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    books = {digest_of_vectors(VECTORS): book_of(VECTORS)}

    def learn(*_: object) -> None:
        raise AssertionError("it was there")

    monkeypatch.setattr(faiss.IndexPQFastScan, "train", learn)
    assert found(vector_index(VECTORS, 20, books))


def test_in_half_precision_the_same_is_found() -> None:
    assert found(vector_index(VECTORS, 20, {}, half=True)) == found(vector_index(VECTORS, 20, {}))

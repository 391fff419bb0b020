"""Very many vectors, parted into cells."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge_base.search import parted as parted_module
from knowledge_base.search.parted import cells_of, parted, probe
from knowledge_base.search.vector_index import VectorIndex, Vectors

DIMENSIONS, NEAR = 64, 10


def heaps(count: int, seed: int = 3) -> Vectors:
    """As sentences lie: in heaps, one about each thing."""
    chance = np.random.default_rng(seed)
    middles = np.random.default_rng(1).normal(size=(100, DIMENSIONS))
    found = middles[chance.integers(0, len(middles), count)] + 0.6 * chance.normal(size=(count, DIMENSIONS))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    return heaps(6000)


def test_nearly_all_of_the_nearest_are_found(vectors: Vectors) -> None:
    index = VectorIndex(parted(vectors, 64))
    found = [set(index.nearest(each[None], 64)[1][:NEAR].tolist()) for each in heaps(100, seed=4)]
    nearest = np.argsort(-(heaps(100, seed=4) @ vectors.T), axis=1)[:, :NEAR]
    assert np.mean([len(one & set(other)) / NEAR for one, other in zip(found, nearest.tolist(), strict=True)]) >= 0.95


def test_the_more_cells_are_probed_the_more_is_found(vectors: Vectors) -> None:
    index, between = parted(vectors, 64), vectors[:50] + vectors[50:100]
    probe(index, 1 / 64)
    few = index.search(between, NEAR)[0]
    probe(index, 1)
    every = index.search(between, NEAR)[0]
    assert (every >= few - 1e-6).all() and every.sum() > few.sum()


def test_the_same_vectors_make_the_same_index(vectors: Vectors) -> None:
    one, other = (parted(vectors, 64).search(vectors[:20], NEAR)[1] for _ in range(2))
    assert (one == other).all()


def test_what_lies_beside_is_found_and_what_is_gone_is_not(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parted_module, "_AT_ONCE", 1000)
    gone = np.zeros(len(vectors), np.bool_)
    gone[7] = True
    beside = heaps(1, seed=9)
    index = VectorIndex(parted(vectors, 64)).amended(gone, beside)
    assert index.nearest(beside, NEAR)[1][0] == len(vectors)
    assert 7 not in index.nearest(vectors[7:8], NEAR)[1]


@pytest.mark.parametrize(("count", "cells"), [(2, 2), (131_072, 256), (300_000, 512), (1_030_000, 1024)])
def test_a_cell_holds_about_as_many_as_there_are_cells(count: int, cells: int) -> None:
    assert cells_of(count) in (cells, 2 * cells)

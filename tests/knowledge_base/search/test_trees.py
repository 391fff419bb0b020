from __future__ import annotations

import math

import numpy as np
import pytest

from evaluation.retrieval.growing import cast, unfitted
from knowledge_base.search.calibration import LOOKS, load_item_trees
from knowledge_base.search.trees import Trees, trees_of


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    return np.random.default_rng(7).uniform(-1, 1, (400, 3))


@pytest.fixture(scope="module")
def grown(rows: np.ndarray) -> tuple[Trees, np.ndarray]:
    """With what the library that grew them says of the rows."""
    meant = (rows[:, 0] > 0.2) & (rows[:, 1] < 0.4)
    model = unfitted([1, -1, 0]).fit(rows, meant)
    return cast(model), model.predict_proba(rows)[:, 1]


def test_the_likelihoods_are_those_of_the_library_that_grew_them(
    grown: tuple[Trees, np.ndarray], rows: np.ndarray
) -> None:
    trees, said = grown
    assert trees.likelihoods(rows.tolist()) == pytest.approx(said.tolist(), abs=1e-6)


def test_what_each_figure_speaks_adds_up_to_the_likelihood(grown: tuple[Trees, np.ndarray], rows: np.ndarray) -> None:
    trees, said = grown
    for row, likelihood in zip(rows[:20].tolist(), said.tolist(), strict=False):
        assert trees.bias + sum(trees.speaks(row)) == pytest.approx(math.log(likelihood / (1 - likelihood)), abs=1e-4)


def test_more_of_what_speaks_for_an_item_never_speaks_against_it(grown: tuple[Trees, np.ndarray]) -> None:
    trees, _ = grown
    likelihoods = trees.likelihoods([[figure, 0.0, 0.0] for figure in np.linspace(-1, 1, 50)])
    assert likelihoods == sorted(likelihoods) and likelihoods[-1] > likelihoods[0]


def test_no_row_has_no_likelihood(grown: tuple[Trees, np.ndarray]) -> None:
    assert grown[0].likelihoods([]) == []


def test_what_was_kept_reads_as_before(grown: tuple[Trees, np.ndarray], rows: np.ndarray) -> None:
    trees, _ = grown
    assert trees_of(trees.content()).likelihoods(rows[:9].tolist()) == trees.likelihoods(rows[:9].tolist())


def test_the_shipped_trees_look_at_the_figures_that_there_are() -> None:
    shipped = load_item_trees()
    assert shipped["at_a_glance"].columns.max() < 14 and shipped["closely"].columns.max() < 20
    assert all(np.isfinite(shipped[look].says).all() for look in LOOKS)

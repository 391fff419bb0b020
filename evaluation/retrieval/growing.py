"""Grow the trees that say how likely a hit is to be the item meant, and cast them as `knowledge_base.search.trees`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from knowledge_base.search.trees import Trees

TREES, LEAVES, PACE = 150, 8, 0.05
"""Half and twice as many trees, and leaves of 4 and 16, told the items of the development questions no better apart."""
FEWEST_HITS, CALM = 30, 3.0
"""In a leaf; how strongly a leaf of few hits is held back."""


def unfitted(slopes: Sequence[int]) -> HistGradientBoostingClassifier:
    """slopes: of each column, 1 where more of it never speaks against the item, -1 where it never speaks for it."""
    return HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=PACE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=FEWEST_HITS,
        l2_regularization=CALM,
        monotonic_cst=list(slopes),
        early_stopping=False,
        random_state=0,
    )


def cast(model: HistGradientBoostingClassifier) -> Trees:
    """`model`: fitted on two classes, without missing figures."""
    # Nothing public tells the nodes.
    grown = [of_round[0].nodes for of_round in model._predictors]
    shape = len(grown), max(map(len, grown))
    columns, left, right = (np.zeros(shape, np.int16) for _ in range(3))
    left[:] = right[:] = np.arange(shape[1])
    bounds, says = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for at, nodes in enumerate(grown):
        forks = np.flatnonzero(~nodes["is_leaf"].astype(bool))
        columns[at, forks] = nodes["feature_idx"][forks]
        bounds[at, forks] = nodes["num_threshold"][forks]
        left[at, forks], right[at, forks] = nodes["left"][forks], nodes["right"][forks]
        # A leaf says what it says at the pace of growing, a fork what it would say whole.
        says[at, : len(nodes)] = np.where(nodes["is_leaf"], 1.0, model.learning_rate) * nodes["value"]
    return Trees(float(model._baseline_prediction.item()), columns, bounds, left, right, says)

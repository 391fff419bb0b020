"""Learns to tell sentences apart by what is said and what is meant, together. Nothing that serves citizens imports
this."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from knowledge_base.language.learned import Grams
from knowledge_base.language.plain import plain
from knowledge_base.search.encoder import Vectors
from knowledge_base.search.learned_lives import SaidAndMeant

LONGEST = 3
"""Characters of an n-gram."""
RARE = 2
"""For a matter of common words, as whether one tells or asks: n-grams of fewer texts say nothing of it."""
MOST_ROUNDS, AT_REST = 300, 1e-3


class Solver(StrEnum):
    LBFGS = "lbfgs"
    LIBLINEAR = "liblinear"
    """Holds down the bias, too: where one label is rare, its n-grams have to speak louder."""


def read_apart(
    texts: Sequence[str],
    vectors: Vectors,
    labels: Sequence[str],
    fewest_texts: int,
    strength: float,
    weights: Sequence[float] | None = None,
    solver: Solver = Solver.LBFGS,
) -> SaidAndMeant:
    """`vectors`: of the texts, (n, dimensions). `fewest_texts`: an n-gram of fewer is not looked at. `strength`:
    inverse of the regularisation. `weights`: how much each text counts; None: alike."""
    features = TfidfVectorizer(
        analyzer="char", ngram_range=(1, LONGEST), sublinear_tf=True, min_df=fewest_texts, dtype=np.float32
    )
    said = features.fit_transform(map(plain, texts))
    with threadpool_limits(1):  # several threads add in an order of their own
        found = LogisticRegression(C=strength, solver=solver, max_iter=MOST_ROUNDS, tol=AT_REST).fit(
            sparse.hstack([said, sparse.csr_matrix(vectors)]).tocsr(), labels, sample_weight=weights
        )
    rows, bias = found.coef_, found.intercept_
    if len(found.classes_) == 2:  # told apart by one row, that of the second
        rows, bias = np.vstack([0 * rows, rows]), np.array([0.0, bias[0]])
    grams = said.shape[1]
    return SaidAndMeant(
        said=Grams(
            labels=tuple(map(str, found.classes_)),
            grams=np.array(sorted(features.vocabulary_), np.str_),  # as its columns are
            idf=features.idf_.astype(np.float64),
            weights=np.ascontiguousarray(rows[:, :grams].T, dtype=np.float32),
            bias=bias,
            longest=LONGEST,
        ),
        meant=np.ascontiguousarray(rows[:, grams:].T, dtype=np.float32),
    )

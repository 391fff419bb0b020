"""Learns intents from the examples of `nlu_data/` and writes them for both environments: a step of the training.

`python -m knowledge_base.language.learning [examples] [file]`. Nothing that serves citizens imports this.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from knowledge_base.language.examples import NLU_DATA, examples_of, sources_of
from knowledge_base.language.learned import ARTIFACT, ASKED, TOLD, Grams, Learned, digest_of
from knowledge_base.language.plain import plain

LONGEST, MOST_GRAMS, STRENGTH = 4, 120_000, 8.0
"""Characters of an n-gram; n-grams kept; inverse of the regularisation (docs/adr/0003)."""
STRENGTH_OF_TOLD = 20.0
"""Of the first reading: there are few classes, and many ways of telling (docs/adr/0042)."""
# Learning goes on until it comes to rest: stopped ten times sooner, what some sentences were taken for was a matter of
# scikit-learn's version.
MOST_ROUNDS, AT_REST = 500, 1e-4


def learn(examples: Iterable[tuple[str, str]], sources: str = "") -> Learned:
    """examples: (text, intent). `sources`: see `sources_of`. The same ones give the same figures to the last bit."""
    given = list(examples)
    return Learned(
        told=learn_told(given),
        asked=_fit([(text, intent) for text, intent in given if intent not in TOLD], STRENGTH),
        learned_from=digest_of(given),
        sources=sources,
    )


def learn_told(examples: Iterable[tuple[str, str]]) -> Grams:
    return _fit([(text, intent if intent in TOLD else ASKED) for text, intent in examples], STRENGTH_OF_TOLD)


def _fit(examples: Sequence[tuple[str, str]], strength: float) -> Grams:
    texts, intents = zip(*((plain(text), intent) for text, intent in examples), strict=True)
    if len(set(intents)) == 1:
        return Grams(
            (intents[0],), np.zeros(0, np.str_), np.zeros(0), np.zeros((0, 1), np.float32), np.zeros(1), LONGEST
        )
    features = TfidfVectorizer(analyzer="char", ngram_range=(1, LONGEST), sublinear_tf=True, max_features=MOST_GRAMS)
    with threadpool_limits(1):  # several threads add in an order of their own
        found = LogisticRegression(C=strength, max_iter=MOST_ROUNDS, tol=AT_REST).fit(
            features.fit_transform(texts), intents
        )
    weights, bias = found.coef_, found.intercept_
    if len(found.classes_) == 2:  # told apart by one row, that of the second
        weights, bias = np.vstack([0 * weights, weights]), np.array([0.0, bias[0]])
    return Grams(
        labels=tuple(map(str, found.classes_)),
        grams=np.array(sorted(features.vocabulary_), np.str_),  # as its columns are
        idf=features.idf_,
        weights=np.ascontiguousarray(weights.T, dtype=np.float32),
        bias=bias,
        longest=LONGEST,
    )


def write_learned(learned: Learned, path: Path = ARTIFACT) -> None:
    write_whole(learned.content(), path)


def write_whole(content: bytes, path: Path) -> None:
    """Or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("examples", type=Path, nargs="?", default=NLU_DATA)
    options.add_argument("file", type=Path, nargs="?", default=ARTIFACT)
    chosen = options.parse_args()
    write_learned(learn(examples_of(chosen.examples), sources_of(chosen.examples)), chosen.file)


if __name__ == "__main__":
    main()

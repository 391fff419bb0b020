"""Learns life events from what the scenarios list: a step of the training, after the meanings are there.

`python -m knowledge_base.search.learning_lives`. Nothing that serves citizens imports this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from knowledge_base.content_files import load_content
from knowledge_base.language.learned import Grams
from knowledge_base.language.learning import write_whole
from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import load_spoken
from knowledge_base.model import NATIONAL
from knowledge_base.published import Published, meant_texts_of
from knowledge_base.scenarios.topics import topic_of
from knowledge_base.search.learned_lives import ASKS, LIVES, TELLS, LearnedLives, SaidAndMeant, life_sources
from knowledge_base.search.lived import told_in
from knowledge_base.search.meanings import Meanings, load_meanings
from knowledge_base.standing import Standing

LONGEST = 3
"""Characters of an n-gram."""
STRENGTH_OF_WHICH, STRENGTH_OF_HOW = 10.0, 5.0
"""Inverse of the regularisation; a third and three times as much told fewer of the development situations right."""
RARE = 2
"""Whether one tells or asks is a matter of common words: n-grams of fewer texts say nothing of it."""
MOST_ROUNDS, AT_REST = 300, 1e-3


def learn_lives(told: Iterable[tuple[str, str]], asked: Iterable[str], meanings: Meanings) -> LearnedLives:
    """told: (text, event), of three events at least. `asked`: of single services. The same ones give the same
    figures."""
    lived = sorted({(text, event) for text, event in told if plain(text)})
    texts, events = zip(*lived, strict=True)
    ordinary = sorted({text for text in asked if plain(text)} - set(texts))
    sentences = [*texts, *ordinary]
    how = [TELLS] * len(texts) + [ASKS] * len(ordinary)
    vectors = meanings.vectors(sentences)
    return LearnedLives(
        which=_fit(texts, vectors[: len(texts)], events, 1, STRENGTH_OF_WHICH),
        how=_fit(sentences, vectors, how, RARE, STRENGTH_OF_HOW),
    )


def _fit(
    texts: Sequence[str], vectors: np.ndarray, labels: Sequence[str], fewest_texts: int, strength: float
) -> SaidAndMeant:
    features = TfidfVectorizer(
        analyzer="char", ngram_range=(1, LONGEST), sublinear_tf=True, min_df=fewest_texts, dtype=np.float32
    )
    said = features.fit_transform(map(plain, texts))
    with threadpool_limits(1):  # several threads add in an order of their own
        found = LogisticRegression(C=strength, max_iter=MOST_ROUNDS, tol=AT_REST).fit(
            sparse.hstack([said, sparse.csr_matrix(vectors)]).tocsr(), labels
        )
    weights, bias = found.coef_, found.intercept_
    if len(found.classes_) == 2:  # told apart by one row, that of the second
        weights, bias = np.vstack([0 * weights, weights]), np.array([0.0, bias[0]])
    grams = said.shape[1]
    return SaidAndMeant(
        said=Grams(
            labels=tuple(map(str, found.classes_)),
            column={gram: int(column) for gram, column in features.vocabulary_.items()},
            idf=features.idf_.astype(np.float64),
            weights=np.ascontiguousarray(weights[:, :grams].T, dtype=np.float32),
            bias=bias,
            longest=LONGEST,
        ),
        meant=np.ascontiguousarray(weights[:, grams:].T, dtype=np.float32),
    )


def main() -> None:
    sources = life_sources()  # before: what changes meanwhile is learned next time
    content, plainly = load_content(), load_spoken()
    published = Published(content.regions, content.catalogue, content.offices, content.documents)
    topics = [topic_of(scenario, {}) for scenario in content.scenarios.values()]
    told = [(text, topic.id) for topic in topics for text in told_in(topic, plainly)]
    guide_of = Standing(published, NATIONAL, date.today()).guide
    sentences = meant_texts_of(published.catalogue, guide_of, plainly)
    # Who tells her situation on the way to one service speaks as who tells of an event.
    asked = [each.text for each in sentences if each.is_asked and not each.tells]
    write_whole(learn_lives(told, asked, load_meanings()).content(sources), LIVES)


if __name__ == "__main__":
    main()

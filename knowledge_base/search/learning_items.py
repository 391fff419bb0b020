"""Learns to tell the items apart from the questions that their guides list: a step of the training.

`python -m knowledge_base.search.learning_items`. Nothing that serves citizens imports this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from knowledge_base.content_files import load_content
from knowledge_base.language.learned import Grams
from knowledge_base.language.learning import write_whole
from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import load_spoken
from knowledge_base.model import NATIONAL
from knowledge_base.published import Published, texts_of
from knowledge_base.search.item_reader import LEARNED_ITEMS, content_of_items, item_sources
from knowledge_base.standing import Standing

LONGEST, FEWEST_TEXTS, STRENGTH = 2, 2, 1.0
"""Characters of an n-gram; texts that it must stand in; inverse of the regularisation. Longer n-grams, and strengths of
0.3 and 3, found fewer of the development questions."""


def learn_items(examples: Iterable[tuple[str, str]]) -> Grams:
    """examples: (text, item), of two items at least. The same ones give the same figures."""
    given = sorted({(plain(text), item) for text, item in examples if plain(text)})
    texts, items = zip(*given, strict=True)
    features = TfidfVectorizer(
        analyzer="char", ngram_range=(1, LONGEST), sublinear_tf=True, min_df=FEWEST_TEXTS, dtype=np.float32
    )
    found = LinearSVC(C=STRENGTH, random_state=0).fit(features.fit_transform(texts), items)
    weights, bias = found.coef_, found.intercept_
    if len(found.classes_) == 2:  # told apart by one row, that of the second
        weights, bias = np.vstack([-weights, weights]), np.array([-bias[0], bias[0]])
    return Grams(
        labels=tuple(map(str, found.classes_)),
        grams=np.array(sorted(features.vocabulary_), np.str_),  # as its columns are
        idf=features.idf_.astype(np.float64),
        weights=np.ascontiguousarray(weights.T, dtype=np.float32),
        bias=bias,
        longest=LONGEST,
    )


def item_examples() -> Iterator[tuple[str, str]]:
    """(text, item): names and questions of every guide, wherever one of its documents speaks, as they stand and with
    the item that they leave out."""
    content, plainly = load_content(), load_spoken()
    published = Published(content.regions, content.catalogue, content.offices, content.documents)
    spoken_in = {document.region for documents in content.documents.values() for document in documents}
    for region in {NATIONAL, *spoken_in}:
        for text in texts_of(published.catalogue, Standing(published, region, date.today()).guide):
            yield plainly(text.text), text.guide_id
            yield plainly(text.whole), text.guide_id


if __name__ == "__main__":
    write_whole(content_of_items(learn_items(item_examples()), item_sources()), LEARNED_ITEMS)

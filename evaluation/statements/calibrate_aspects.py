"""Learn what of an item a question asks: a part of `make calibrate`.

The questions are the development questions, each with the aspects that it was written to ask, and, weighing less,
those about one fact, which ask what the statements that hold the fact are about. Writes aspect_trees.npz in
knowledge_base/search and prints how often the aspect is right by what was learned without the item.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from evaluation.library import open_library
from evaluation.questions import load_questions
from evaluation.retrieval.growing import cast
from evaluation.statements.calibrate import aspects_of
from evaluation.statements.questions import has_all, load_fact_questions
from knowledge_base.library import Library
from knowledge_base.model import Aspect, ServiceGuide
from knowledge_base.search.aspect_reader import ASPECTS, AspectReader, keep_aspect_trees

TREES, LEAVES, PACE, FEWEST, CALM = 150, 8, 0.05, 20, 5.0
"""100 trees with leaves of 5 read 2 in 100 fewer right, a logistic regression 3."""
FACTS_WEIGH = 0.3
"""Questions about one fact: at 1 the others lost 1 in 100."""
FOLDS = 10


@dataclass(frozen=True)
class Case:
    item: str
    asks: frozenset[Aspect]
    understood: Aspect
    """By its words alone."""
    is_of_fact: bool
    rows: list[tuple[float, ...]]


def main() -> None:
    library = open_library()
    cases = [*_cases(library)]
    unseen = _cross_validated(cases)
    for is_of_fact, name in ((False, "questions"), (True, "questions about one fact")):
        chosen = [(case, aspect) for case, aspect in zip(cases, unseen, strict=True) if case.is_of_fact is is_of_fact]
        right = sum(aspect in case.asks for case, aspect in chosen)
        before = sum(case.understood in case.asks for case, _ in chosen)
        print(
            f"{name}: {right / len(chosen):.3f} right of {len(chosen)}, by the words alone {before / len(chosen):.3f}"
        )
    keep_aspect_trees(cast(_grown(cases)))


def _cross_validated(cases: Sequence[Case]) -> list[Aspect]:
    """The likeliest of each, by trees that have seen no question about its item."""
    read: dict[int, Aspect] = {}
    items = [case.item for case in cases]
    for learned, kept_back in GroupKFold(FOLDS).split(np.zeros(len(cases)), groups=items):
        grown = _grown([cases[at] for at in learned])
        for at in kept_back:
            likelihoods = grown.predict_proba(np.array(cases[at].rows, np.float32))[:, 1]
            read[at] = ASPECTS[int(np.argmax(likelihoods))]
    return [read[at] for at in range(len(cases))]


def _grown(cases: Sequence[Case]) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=PACE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=FEWEST,
        l2_regularization=CALM,
        early_stopping=False,
        random_state=0,
    ).fit(
        np.array([row for case in cases for row in case.rows], np.float32),
        [aspect in case.asks for case in cases for aspect in ASPECTS],
        sample_weight=[FACTS_WEIGH if case.is_of_fact else 1.0 for case in cases for _ in ASPECTS],
    )


def _cases(library: Library) -> Iterator[Case]:
    if library.statement_reader is None:
        raise SystemExit("WENBAN_EMBEDDING_MODEL stands in for the encoder: there is nothing to fit")
    for question in load_questions("dev"):
        guide = library.guide(question.guide_ids[0]) if question.is_in_scope and question.aspects else None
        if guide:
            yield _case(library, guide, question.text, frozenset(map(Aspect, question.aspects)), is_of_fact=False)
    for fact in load_fact_questions("dev"):
        if guide := library.guide(fact.guide_ids[0]):
            holding = [each for each in guide.statements if has_all(fact.must_have, each.says)]
            asks = frozenset(aspect for each in holding for aspect in each.about)
            yield _case(library, guide, fact.text, asks, is_of_fact=True)


def _case(library: Library, guide: ServiceGuide, text: str, asks: frozenset[Aspect], *, is_of_fact: bool) -> Case:
    understood = aspects_of(library.intents, text)
    assert library.statement_reader  # held against before
    reader = AspectReader(library.intents, library.statement_reader)
    return Case(guide.id, asks, understood[0], is_of_fact, reader.rows(guide, text, understood))


if __name__ == "__main__":
    main()

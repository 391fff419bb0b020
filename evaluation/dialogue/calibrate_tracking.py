"""Learn which service a sentence means, of those that were talked about and those that are found: a part of
`make calibrate`.

The sentences are the later turns of development dialogues, each after the services that were talked about before it,
and, so that a question that stands by itself is not taken for more of what was talked about, the development questions
and questions about the hall, each after services by chance. How a turn sounds by its letters is learned of the same
dialogues, and of each turn told by what has not seen its dialogue. Writes tracking.npz and tracking.json in
service_hall/conversation/enquiry, and prints the curve.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from evaluation.dialogue.follow_ups import Kind, load_later_turns, load_talks
from evaluation.library import open_library
from evaluation.questions import load_questions
from evaluation.retrieval.growing import cast
from evaluation.statements.calibrate import aspects_of
from knowledge_base.hall_topics import TopicKind
from knowledge_base.language.learned import Grams
from knowledge_base.language.plain import plain
from knowledge_base.library import Library
from service_hall.conversation.enquiry.tracking import (
    CALIBRATION,
    Learned,
    figures_of,
    keep_learned,
    kinds_of,
)

LONGEST, FEWEST_TURNS, STRENGTH = 3, 2, 10.0
"""Characters of an n-gram; turns that it must stand in; inverse of the regularisation."""
TREES, LEAVES, PACE, FEWEST, CALM = 150, 8, 0.06, 15, 5.0
"""Twice as many trees with leaves of 12 told the services no better apart, 100 with leaves of 6 worse."""
FOLDS = 8
CHANCE_WEIGHS = 0.7
"""A question put after services by chance, beside a turn of a dialogue. With 3,846 turns, at 0.5 one in forty more of
what stands by itself was asked back, at 1 of those that go on 2 in 100 fewer did."""
HALL_QUESTIONS = 4
"""Of each topic of the hall."""
WRONG_COSTS = 3.0
"""Whoever is told of another service, against whoever is told of the right one. At 2 a floor was worth about as much
that told twice as many of another."""
AS_GOOD = 0.99
"""Of the floors that are worth about the same, the highest is taken."""
ONE_IN = 12
"""So many candidates offered for one that is meant."""


@dataclass(frozen=True)
class Heard:
    group: int
    text: str
    kind: Kind | None
    """None: put there by chance."""
    meant: tuple[str, ...]
    candidates: tuple[str, ...]
    rows: list[tuple[float, ...]]


def main() -> None:
    library = open_library()
    heard = [*_of_dialogues(library), *_by_chance(library)]
    unseen = _cross_validated(heard)
    perhaps = _printed_perhaps(heard, unseen)
    alone = [sum(each >= perhaps for each in likelihoods) == 1 for likelihoods in unseen]
    floors = {
        name: _printed_floor(
            name,
            [each for each, here in zip(heard, alone, strict=True) if here is is_alone],
            [each for each, here in zip(unseen, alone, strict=True) if here is is_alone],
        )
        for name, is_alone in (("sure", False), ("alone", True))
    }
    kinds = learn_kinds([*_openings(), *_told(heard)])
    grown = _grown(heard, [kinds_of(learned, each.text) for each, learned in _each_by_another(heard)])
    keep_learned(Learned(cast(grown), kinds))
    dialogues = sum(each.kind is not None for each in heard)
    fitted_on = f"{dialogues} turns of dialogues and {len(heard) - dialogues} questions by evaluation/dialogue"
    CALIBRATION.write_text(json.dumps({**floors, "perhaps": perhaps, "fitted_on": fitted_on}, indent=1) + "\n")


def learn_kinds(examples: Sequence[tuple[str, str]]) -> Grams:
    """examples: (text, kind of turn)."""
    texts, kinds = zip(*((plain(text), kind) for text, kind in examples), strict=True)
    features = TfidfVectorizer(analyzer="char", ngram_range=(1, LONGEST), sublinear_tf=True, min_df=FEWEST_TURNS)
    found = LogisticRegression(C=STRENGTH, max_iter=500).fit(features.fit_transform(texts), kinds)
    return Grams(
        labels=tuple(map(str, found.classes_)),
        grams=np.array(sorted(features.vocabulary_), np.str_),  # as its columns are
        idf=features.idf_,
        weights=np.ascontiguousarray(found.coef_.T, dtype=np.float32),
        bias=found.intercept_,
        longest=LONGEST,
    )


def _cross_validated(heard: Sequence[Heard]) -> list[list[float]]:
    """How likely each candidate of each sentence is, by what has seen neither it nor its dialogue."""
    told = [kinds_of(kinds, each.text) for each, kinds in _each_by_another(heard)]
    likely: list[list[float]] = [[] for _ in heard]
    for learned, kept_back in _folds(heard):
        grown = _grown([heard[at] for at in learned], [told[at] for at in learned])
        for at in kept_back:
            likely[at] = grown.predict_proba(_whole_rows(heard[at], told[at]))[:, 1].tolist()
    return likely


def _grown(heard: Sequence[Heard], kinds: Sequence[tuple[float, ...]]) -> HistGradientBoostingClassifier:
    rows = np.vstack([_whole_rows(each, of_kind) for each, of_kind in zip(heard, kinds, strict=True)])
    labels = [candidate in each.meant for each in heard for candidate in each.candidates]
    weights = [1.0 if each.kind else CHANCE_WEIGHS for each in heard for _ in each.candidates]
    return HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=PACE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=FEWEST,
        l2_regularization=CALM,
        early_stopping=False,
        random_state=0,
    ).fit(rows, labels, sample_weight=weights)


def _whole_rows(heard: Heard, kinds: tuple[float, ...]) -> NDArray[np.float32]:
    return np.array([(*row, *kinds) for row in heard.rows], np.float32)


def _each_by_another(heard: Sequence[Heard]) -> Iterator[tuple[Heard, Grams]]:
    """Each with kinds of turns learned without its dialogue."""
    by: dict[int, Grams] = {}
    for learned, kept_back in _folds(heard):
        kinds = learn_kinds([*_openings(), *_told([heard[at] for at in learned])])
        by |= dict.fromkeys(kept_back, kinds)
    yield from ((each, by[at]) for at, each in enumerate(heard))


def _folds(heard: Sequence[Heard]) -> Iterator[tuple[list[int], list[int]]]:
    groups = [each.group for each in heard]
    for learned, kept_back in GroupKFold(FOLDS).split(np.zeros(len(heard)), groups=groups):
        yield learned.tolist(), kept_back.tolist()


def _openings() -> list[tuple[str, str]]:
    return [(turns[0].text, Kind.OPEN.value) for turns in load_talks("dev")]


def _told(heard: Sequence[Heard]) -> list[tuple[str, str]]:
    return [(each.text, each.kind.value) for each in heard if each.kind]


def _printed_floor(name: str, heard: Sequence[Heard], likely: Sequence[Sequence[float]]) -> float:
    """Prints what each floor would do, and gives the best one."""
    print(f"\n{name}")
    worth = {}
    for floor in np.arange(0.2, 0.85, 0.05).round(2).tolist():
        right: dict[str, int] = {}
        wrong: dict[str, int] = {}
        for each, likelihoods in zip(heard, likely, strict=True):
            best = int(np.argmax(likelihoods))
            if likelihoods[best] >= floor:
                count = right if each.candidates[best] in each.meant else wrong
                kind = each.kind.value if each.kind else "chance"
                count[kind] = count.get(kind, 0) + 1
        of_dialogues = [sum(count.values()) - count.get("chance", 0) for count in (right, wrong)]
        by_chance = [CHANCE_WEIGHS * count.get("chance", 0) for count in (right, wrong)]
        worth[floor] = of_dialogues[0] + by_chance[0] - WRONG_COSTS * (of_dialogues[1] + by_chance[1])
        print(f"floor {floor:.2f}: worth {worth[floor]:.0f}, right {right}, wrong {wrong}")
    return float(max(floor for floor in worth if worth[floor] >= AS_GOOD * max(worth.values())))


def _printed_perhaps(heard: Sequence[Heard], likely: Sequence[Sequence[float]]) -> float:
    """From here on one in ONE_IN candidates is meant."""
    of_dialogues = [
        (likelihood, candidate in each.meant)
        for each, likelihoods in zip(heard, likely, strict=True)
        if each.kind
        for candidate, likelihood in zip(each.candidates, likelihoods, strict=True)
    ]
    for floor in np.arange(0.02, 0.5, 0.02).round(2).tolist():
        near = [is_meant for likelihood, is_meant in of_dialogues if floor <= likelihood < floor + 0.05]
        print(f"perhaps {floor:.2f}: {sum(near)} of {len(near)} are meant")
        if near and sum(near) * ONE_IN >= len(near):
            return float(floor)
    return 0.5


def _of_dialogues(library: Library) -> Iterator[Heard]:
    for group, talked_about, turn in load_later_turns("dev"):
        yield _heard(library, group, turn.text, turn.kind, turn.items, talked_about)


def _by_chance(library: Library) -> Iterator[Heard]:
    chance = random.Random(1)
    for group, (text, meant) in enumerate(_by_themselves(library), start=10_000):
        others = [each for each in library.guide_ids if each not in meant]
        own = {library.theme_of(each) for each in meant}
        for near in (True, False) if meant else (False,):
            if among := [each for each in others if (library.theme_of(each) in own) is near]:
                talked_about = chance.sample(among, min(len(among), chance.choice((1, 1, 2, 3))))
                yield _heard(library, group, text, None, meant, talked_about)


def _by_themselves(library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(text, services meant): questions that need nothing said before."""
    for question in load_questions("dev"):
        yield question.text, question.guide_ids if question.is_in_scope else ()
    for topic_id in library.topic_names:
        topic = library.topic(topic_id)
        if topic and topic.kind is TopicKind.HALL:
            yield from ((text, ()) for text in topic.asked[:HALL_QUESTIONS])


def _heard(
    library: Library,
    group: int,
    text: str,
    kind: Kind | None,
    meant: Sequence[str],
    talked_about: Sequence[str],
) -> Heard:
    rows = figures_of(library, text, talked_about, aspects_of(library.intents, text))
    return Heard(group, text, kind, tuple(meant), tuple(rows), list(rows.values()))


if __name__ == "__main__":
    main()

"""Fit which statement of a guide answers a question: a part of `make calibrate`.

The weights are fitted on the development questions about one fact, where every statement that holds the fact is right,
and on those that say nothing beside an item and an aspect of it, where its summary is. From which likelihood on a
statement leads is set on the same questions, each weighed by a fit that has not seen it, and on those that ask what a
whole item comes down to, which no part of it answers.
Writes knowledge_base/search/statement_calibration.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.preprocessing import StandardScaler

from evaluation.library import open_library
from evaluation.questions import load_questions
from evaluation.statements.questions import has_all, load_fact_questions
from knowledge_base.language.intents import IntentReader
from knowledge_base.library import Library
from knowledge_base.model import Aspect, ServiceGuide
from knowledge_base.search.find import Weighing
from knowledge_base.search.statement_reader import MOST_BESIDE, STATEMENT_CALIBRATION, StatementReader, floor_of
from knowledge_base.statements import Summary
from service_hall.conversation.telling import OWN

WRONG_COSTS = 0.5
"""What leads without being the fact: the answer behind it is told all the same."""
FLOORS = np.arange(0.05, 1.0, 0.05).round(2).tolist()
AS_GOOD, NEARLY_ALL = 0.97, 0.8
"""Of the floors that are worth about the same, the highest is taken."""
FOLDS = 10
BARE_WEIGHS = 0.25
"""Of what says nothing beside an item and an aspect, against a question about one fact: at 1 there were 4 in 100 fewer
facts in front, at 0.1 a tenth of the bare questions lost their summary."""
STRENGTH = 1.0
"""Inverse of the regularisation: between 0.3 and 10 it makes no difference."""


@dataclass(frozen=True)
class Case:
    rows: NDArray[np.float64]
    is_right: list[bool]
    """Of each statement of the guide: it holds the fact."""
    floors: list[str]
    """Which floor each has to reach to lead."""


@dataclass(frozen=True)
class Ranked:
    place: int
    """Of the first statement that is right; as many as there are where none is."""
    likelihood: float
    """Of the best, right or not."""
    floor: str
    """That the best has to reach."""
    second_to_fourth: tuple[float, ...]
    """Likelihoods."""


def main() -> None:
    library = open_library()
    cases = [
        case
        for question in load_fact_questions("dev")
        if (case := _case(library, question.guide_ids[0], question.text, question.must_have))
    ]
    bare = list(_saying_nothing_else(library))
    ranked = _cross_validated(cases, bare)
    weighing = fit(cases, bare)
    whole = [_ranked(case, weighing) for case in _asking_of_the_whole(library)]
    for most in (1, 2, 3, 5):
        found = sum(each.place < most for each in ranked)
        print(f"the fact among the first {most}: {found / len(ranked):.3f} of {len(ranked)}, each by a fit without it")
    floors = {name: _printed_floor([*ranked, *whole], name) for name in ("asked", "overview", "other")}
    STATEMENT_CALIBRATION.write_text(
        json.dumps(
            {
                "weights": weighing.weights,
                "bias": weighing.bias,
                "floors": {**floors, "beside": _printed_beside(ranked)},
                "fitted_on": f"{len(cases)} development questions by evaluation/statements/calibrate.py",
            },
            indent=1,
        )
        + "\n"
    )


def fit(cases: Sequence[Case], bare: Sequence[Case]) -> Weighing:
    every = [*cases, *bare]
    rows = np.array([row for case in every for row in case.rows])
    labels = [label for case in every for label in case.is_right]
    weights_of = [1.0] * len(cases) + [BARE_WEIGHS] * len(bare)
    weighs = [weight for case, weight in zip(every, weights_of, strict=True) for _ in case.rows]
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(scaler.transform(rows), labels, sample_weight=weighs)
    weights: NDArray[np.float64] = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0]) - float(weights @ scaler.mean_)
    return Weighing(tuple(round(float(each), 4) for each in weights), round(bias, 4))


def _cross_validated(cases: Sequence[Case], beside: Sequence[Case]) -> list[Ranked]:
    """`beside`: in every fit."""
    ranked = []
    for learned, kept_back in KFold(FOLDS, shuffle=True, random_state=0).split(np.arange(len(cases))):
        weighing = fit([cases[at] for at in learned], beside)
        ranked += [_ranked(cases[at], weighing) for at in kept_back]
    return ranked


def _ranked(case: Case, weighing: Weighing) -> Ranked:
    likely = [weighing.likelihood(row) for row in case.rows]
    order = sorted(range(len(likely)), key=lambda at: -likely[at])
    place = next((place for place, at in enumerate(order) if case.is_right[at]), len(order))
    second_to_fourth = tuple(likely[at] for at in order[1 : MOST_BESIDE + 2])
    return Ranked(place, likely[order[0]], case.floors[order[0]], second_to_fourth)


def _asking_of_the_whole(library: Library) -> Iterator[Case]:
    """Where another statement than the summary of the item leads, it is wrong."""
    for question in load_questions("dev"):
        if question.aspects[:1] == (Aspect.OVERVIEW,) and (guide := library.guide(question.guide_ids[0])):
            right = [isinstance(each, Summary) and Aspect.OVERVIEW in each.about for each in guide.statements]
            yield _case_of(library, guide, question.text, right)


def _saying_nothing_else(library: Library) -> Iterator[Case]:
    """Where another statement than the summary of the aspect, or one of its own kind, leads, it is wrong."""
    for question in load_questions("dev"):
        guide = library.guide(question.guide_ids[0]) if question.aspects else None
        if guide and _reader(library).says_nothing_else(guide, question.text):
            right = [
                any(
                    aspect in each.about and isinstance(each, (Summary, OWN.get(Aspect(aspect), Summary)))
                    for aspect in question.aspects
                )
                for each in guide.statements
            ]
            yield _case_of(library, guide, question.text, right)


def _printed_floor(ranked: Sequence[Ranked], name: str) -> float:
    """Prints what each floor would do, and gives the best one."""
    print(f"\n{name}")
    worth = {}
    for floor in FLOORS:
        led = [each for each in ranked if each.floor == name and each.likelihood >= floor]
        told = sum(each.place == 0 for each in led)
        worth[floor] = told - WRONG_COSTS * (len(led) - told)
        print(f"floor {floor:.2f}: {told} right of {len(led)} led by a statement")
    return float(max(floor for floor in FLOORS if worth[floor] >= AS_GOOD * max(worth.values())))


def _printed_beside(ranked: Sequence[Ranked]) -> float:
    """The likeliest that still tells nearly all that can be told beside."""
    print("\nbeside")
    told = {}
    for floor in FLOORS:
        several = [sum(likelihood >= floor for likelihood in each.second_to_fourth) for each in ranked]
        told[floor] = sum(0 < each.place <= many for each, many in zip(ranked, several, strict=True))
        print(f"floor {floor:.2f}: {told[floor]} facts told by {sum(several)} statements")
    return float(max(floor for floor in FLOORS if told[floor] >= NEARLY_ALL * told[FLOORS[0]]))


def aspects_of(intents: IntentReader, text: str) -> tuple[Aspect, ...]:
    clear = intents.read_aspects(text)
    first = clear[0] if clear else intents.likeliest_aspect(text)
    others = [each for each in clear if each not in (first, Aspect.OVERVIEW)]
    if first is Aspect.OVERVIEW and others:
        first, *others = others
    return (first, *others)


def _case(library: Library, guide_id: str, text: str, must_have: Sequence[Sequence[str]]) -> Case | None:
    guide = library.guide(guide_id)
    if guide is None:
        return None
    return _case_of(library, guide, text, [has_all(must_have, each.says) for each in guide.statements])


def _case_of(library: Library, guide: ServiceGuide, text: str, is_right: list[bool]) -> Case:
    aspects = aspects_of(library.intents, text)
    floors = [floor_of(each, aspects[0]) for each in guide.statements]
    return Case(_reader(library).rows(guide, text, aspects), is_right, floors)


def _reader(library: Library) -> StatementReader:
    if library.statement_reader is None:
        raise SystemExit("WENBAN_EMBEDDING_MODEL stands in for the encoder: there is nothing to fit")
    return library.statement_reader


if __name__ == "__main__":
    main()

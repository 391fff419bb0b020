"""Fit the weights and thresholds of the search on the development questions: `make calibrate`.

A logistic regression learns how likely a hit is to be the item meant; the thresholds then answer as many questions
rightly as they can while few out-of-scope ones get an answer. Writes knowledge_base/search/calibration.json.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from evaluation.library import open_library
from evaluation.questions import Question, load_questions
from knowledge_base.search.calibration import CALIBRATION
from knowledge_base.search.find import (
    Answered,
    Calibration,
    Decision,
    Evidence,
    Hit,
    NotFound,
    Weighing,
    decide,
    feature_rows,
)

WRONG_COSTS = 3.0
"""A confident wrong answer costs as much as this many right ones are worth."""
LEARNED_COLUMNS = 2
"""The last of `feature_rows`, for an item of which something was learned."""
MOST_OUT_OF_SCOPE_ANSWERED = 0.065
"""The bar is 0.08 on the test questions; three of the 49 development ones keep clear of it."""


def main() -> None:
    library = open_library()
    asked = [(question, library.evidence(question.text)) for question in load_questions("dev")]
    rows: list[tuple[float, ...]] = []
    labels, groups, places = [], [], []
    for group, (question, evidence) in enumerate(asked):
        for at, (each, row) in enumerate(zip(evidence, feature_rows(evidence), strict=True)):
            rows.append(row)
            labels.append(each.guide_id in question.guide_ids)
            groups.append(group)
            places.append((group, at))
    model = LogisticRegression(C=100.0, max_iter=5000)
    # Thresholds are set on likelihoods of questions that the weights have not seen.
    unseen = cross_val_predict(model, np.array(rows), labels, groups=groups, cv=GroupKFold(5), method="predict_proba")[
        :, 1
    ]
    model.fit(rows, labels)
    likelihood = dict(zip(places, unseen.tolist(), strict=True))
    hits = [_hits(group, question, evidence, likelihood) for group, (question, evidence) in enumerate(asked)]
    learned = _weighing(model)
    # Of an item that is newer than what was learned, all else must speak.
    unlearned = _weighing(model.fit([row[:-LEARNED_COLUMNS] for row in rows], labels))
    best = max(
        (
            Calibration(learned, unlearned, answer, margin, choice)
            for answer, margin, choice in itertools.product(
                np.arange(0.20, 0.95, 0.05).round(3).tolist(),
                np.arange(0.0, 0.50, 0.05).round(3).tolist(),
                (0.05, 0.08, 0.12, 0.16, 0.2),
            )
            if choice <= answer
        ),
        key=lambda calibration: _worth(asked, hits, calibration),
    )
    CALIBRATION.write_text(
        json.dumps(
            {
                "learned": vars(best.learned),
                "unlearned": vars(best.unlearned),
                "answer_floor": best.answer_floor,
                "margin": best.margin,
                "choice_floor": best.choice_floor,
                "fitted_on": f"{len(asked)} development questions by evaluation/retrieval/calibrate.py",
            },
            indent=1,
        )
        + "\n"
    )
    print(best)
    within = [pair for pair in zip(asked, hits, strict=True) if pair[0][0].is_in_scope]
    for floor in np.arange(0.5, 0.96, 0.05).round(2).tolist():
        tally = _tally(
            [(question, decide(found, replace(best, answer_floor=floor))) for (question, _), found in within]
        )
        print(f"floor {floor:.2f} {tally}")
    for kind in dict.fromkeys(question.kind for question, _ in asked):
        decided = [
            (question, decide(found, best))
            for (question, _), found in zip(asked, hits, strict=True)
            if question.kind == kind
        ]
        print(kind, len(decided), _tally(decided))


def _weighing(model: LogisticRegression) -> Weighing:
    return Weighing(tuple(round(float(weight), 4) for weight in model.coef_[0]), round(float(model.intercept_[0]), 4))


def _hits(
    group: int, question: Question, evidence: list[Evidence], likelihood: dict[tuple[int, int], float]
) -> tuple[Hit, ...]:
    found = [
        Hit(each.guide_id, likelihood.get((group, at), 0.9 if each.named else 0.3), each.text, each.has_guide)
        for at, each in enumerate(evidence)
    ]
    return tuple(sorted(found, key=lambda hit: -hit.score))


def _worth(
    asked: list[tuple[Question, list[Evidence]]], hits: list[tuple[Hit, ...]], calibration: Calibration
) -> float:
    worth = 0.0
    outside = answered_outside = 0
    for (question, _), found in zip(asked, hits, strict=True):
        decision = decide(found, calibration)
        outside += not question.is_in_scope
        if isinstance(decision, Answered):
            answered_outside += not question.is_in_scope
            worth += 1.0 if decision.hit.guide_id in question.guide_ids else -WRONG_COSTS
        elif isinstance(decision, NotFound):
            worth += 0.0 if question.is_in_scope else 1.0
        else:
            offered = {hit.guide_id for hit in decision.choices}
            worth += 0.4 if offered & set(question.guide_ids) else (-0.2 if question.is_in_scope else 0.2)
    if answered_outside > MOST_OUT_OF_SCOPE_ANSWERED * outside:
        worth -= 1000.0
    return worth


def _tally(decided: list[tuple[Question, Decision]]) -> dict[str, float]:
    count = max(1, len(decided))
    right = sum(isinstance(d, Answered) and d.hit.guide_id in q.guide_ids for q, d in decided)
    answered = sum(isinstance(d, Answered) for _, d in decided)
    not_found = sum(isinstance(d, NotFound) for _, d in decided)
    first = sum(bool(d.hits) and d.hits[0].guide_id in q.guide_ids for q, d in decided)
    return {
        "first": round(first / count, 3),
        "answered right": round(right / count, 3),
        "answered wrong": round((answered - right) / count, 3),
        "choices": round((len(decided) - answered - not_found) / count, 3),
        "not found": round(not_found / count, 3),
    }


if __name__ == "__main__":
    main()

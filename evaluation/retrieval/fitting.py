"""Learn from questions what makes a hit the item meant: trees, and a logistic regression for items of which nothing was
learned. No file is read or written: `calibrate` keeps what is learned of all evidence, `ablation` asks what it is worth
without a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from evaluation.questions import Question, load_questions
from evaluation.retrieval.growing import cast, unfitted
from evaluation.statements.questions import load_fact_questions
from knowledge_base.search.find import Evidence, Hit, Meant, Weighing, feature_rows, figures_named
from knowledge_base.search.trees import Trees

LEARNED_COLUMNS, MEANT_COLUMNS = 2, 2 * len(Meant._fields)
"""The last of `feature_rows`, for an item of which something was learned; behind them what the encoder says."""
SURE = 0.75
"""From this lead on, at a glance, the encoder is not asked; what another lead gains is printed by `calibrate`."""
FOLDS = 10
LEFT_OUT_WEIGHS = 0.3
"""Each question is put a second time, as if its item did not exist: the likeliest of the others is then wrong, however
far it leads. Of 0, 0.1, 0.3 and 1 this one answered most in scope where few beside it were answered."""


@dataclass(frozen=True)
class Rows:
    """A row a candidate."""

    figures: NDArray[np.float64]
    """(rows, columns): see `feature_rows`."""
    slopes: list[int]
    """Of each column: see `growing.unfitted`."""
    labels: list[bool]
    """Whether it is the item meant."""
    weights: NDArray[np.float64]
    groups: list[int]
    """Of which question, from 0."""
    places: dict[tuple[int, int], int]
    """The question, and the candidate of it → its row."""


def development_questions() -> list[Question]:
    """For an item or none, and for one fact."""
    facts = (Question(each.id, each.text, each.guide_ids, (), "in", each.style) for each in load_fact_questions("dev"))
    return [*load_questions("dev"), *facts]


def rows_of(questions: Sequence[Question], evidence: Sequence[list[Evidence]]) -> Rows:
    """`evidence`: of each question, all at a glance or all with what the encoder says."""
    rows: list[tuple[float, ...]] = []
    labels: list[bool] = []
    groups: list[int] = []
    weights: list[float] = []
    places: dict[tuple[int, int], int] = {}
    for group, (question, found) in enumerate(zip(questions, evidence, strict=True)):
        for at, (each, row) in enumerate(zip(found, feature_rows(found), strict=True)):
            places[group, at] = len(rows)
            rows.append(row)
            labels.append(each.guide_id in question.guide_ids)
            weights.append(1.0)
        others = feature_rows(_without(found, question.guide_ids)) if question.guide_ids else []
        rows += others
        labels += [False] * len(others)
        weights += [LEFT_OUT_WEIGHS] * len(others)
        groups += [group] * (len(rows) - len(groups))
    # What speaks for an item never speaks against it when there is more of it, but for the one that speaks for none.
    slopes = [-1 if name == "off_topic" else 1 for name in figures_named(next(filter(None, evidence))[0])]
    return Rows(np.array(rows), slopes, labels, np.array(weights), groups, places)


def trees_grown(rows: Rows) -> Trees:
    return cast(unfitted(rows.slopes).fit(rows.figures, rows.labels, sample_weight=rows.weights))


def unseen_hits(rows: Rows, evidence: Sequence[list[Evidence]]) -> list[tuple[Hit, ...]]:
    """Of each question, as trees say that have not seen it."""
    unseen = cross_val_predict(
        unfitted(rows.slopes),
        rows.figures,
        rows.labels,
        groups=rows.groups,
        cv=GroupKFold(FOLDS),
        method="predict_proba",
        params={"sample_weight": rows.weights},
    )
    return [
        _hits(found, [float(unseen[rows.places[group, at], 1]) for at in range(len(found))])
        for group, found in enumerate(evidence)
    ]


def weighing_of_all_else(rows: Rows, meant_columns: int) -> Weighing:
    """Of an item that is newer than what was learned, all else must speak. `meant_columns`: 0 at a glance."""
    end = rows.figures.shape[1] - meant_columns
    all_else = np.delete(rows.figures, range(end - LEARNED_COLUMNS, end), axis=1)
    return _weighing(LogisticRegression(C=100.0, max_iter=5000).fit(all_else, rows.labels, sample_weight=rows.weights))


def lead(hits: Sequence[Hit]) -> float:
    return (hits[0].score - (hits[1].score if len(hits) > 1 else 0.0)) if hits else 0.0


def _without(evidence: Sequence[Evidence], items: Sequence[str]) -> list[Evidence]:
    """As it would be if there were no such items."""
    gone = sum(each.meant.share for each in evidence if each.meant and each.guide_id in items)
    return [
        each._replace(meant=each.meant._replace(share=each.meant.share / (1 - gone)))
        if each.meant and gone < 1
        else each
        for each in evidence
        if each.guide_id not in items
    ]


def _hits(evidence: Sequence[Evidence], likelihoods: Sequence[float]) -> tuple[Hit, ...]:
    found = [
        Hit(each.guide_id, likelihood, each.text, each.has_guide, each.named > 0)
        for each, likelihood in zip(evidence, likelihoods, strict=True)
    ]
    return tuple(sorted(found, key=lambda hit: -hit.score))


def _weighing(model: LogisticRegression) -> Weighing:
    return Weighing(tuple(round(float(weight), 4) for weight in model.coef_[0]), round(float(model.intercept_[0]), 4))

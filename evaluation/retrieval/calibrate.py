"""Fit the weights and thresholds of the search on the development questions: `make calibrate`.

Trees learn how likely a hit is to be the item meant, and a logistic regression where nothing was learned of the item;
the thresholds then answer as many questions rightly as they can, while few of the answers are false. Writes
knowledge_base/search/calibration.json and item_trees.npz.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from evaluation.library import open_library
from evaluation.questions import Question
from evaluation.retrieval.fitting import (
    MEANT_COLUMNS,
    SURE,
    development_questions,
    lead,
    rows_of,
    trees_grown,
    unseen_hits,
    weighing_of_all_else,
)
from knowledge_base.library import Library
from knowledge_base.search.calibration import CALIBRATION, keep_item_trees
from knowledge_base.search.find import (
    Answered,
    Calibration,
    Decision,
    Evidence,
    Hit,
    NotFound,
    Weighing,
    Weighings,
    decide,
)
from knowledge_base.search.trees import Trees

MOST_FALSE = 0.06
"""Of the answers so many may be wrong at most, counted on the development questions: one in four of them is out of
scope, and of those every second one sounds like an item. What people ask is easier."""
REFUSED_COSTS = 1.0
"""An honest refusal of what a guide answers, in right answers."""
OFFERED_IS_WORTH = 0.5
"""Of a right answer: what is offered tells its fact, too. Of what no guide answers, so much of saying so."""


@dataclass(frozen=True)
class Fitted:
    learned: Trees
    unlearned: Weighing


def main() -> None:
    library = open_library()
    questions = development_questions()
    glance, glanced = _fitted(questions, [library.look.at_a_glance(each.text) for each in questions], 0)
    look, looked = _fitted(questions, [library.look.closely(each.text) for each in questions], MEANT_COLUMNS)
    _print_cascade(questions, glanced, looked)
    hits = [at_once if lead(at_once) >= SURE else close for at_once, close in zip(glanced, looked, strict=True)]
    hits = [() if _is_beyond(library, each) else found for each, found in zip(questions, hits, strict=True)]
    at_a_glance, closely = Weighings(glance.learned, glance.unlearned), Weighings(look.learned, look.unlearned)
    found = [
        Calibration(at_a_glance, closely, SURE, answer, alone, margin, choice)
        for answer, alone, margin, choice in itertools.product(
            np.arange(0.5, 0.95, 0.05).round(3).tolist(),
            np.arange(0.3, 0.95, 0.05).round(3).tolist(),
            (0.0, 0.15, 0.25, 0.35, 0.45),
            (0.05, 0.08, 0.12),
        )
        if alone <= answer
    ]
    worth = [_worth(questions, hits, each) for each in found]
    best = found[int(np.argmax(worth))]
    for margin in sorted({each.margin for each in found}):
        print(
            f"margin {margin:.2f} worth {max(w for each, w in zip(found, worth, strict=True) if each.margin == margin)}"
        )
    keep_item_trees({"at_a_glance": glance.learned, "closely": look.learned})
    CALIBRATION.write_text(
        json.dumps(
            {
                "at_a_glance": {"unlearned": asdict(glance.unlearned)},
                "closely": {"unlearned": asdict(look.unlearned)},
                **{
                    name: getattr(best, name)
                    for name in ("sure", "answer_floor", "alone_floor", "margin", "choice_floor")
                },
                "fitted_on": f"{len(questions)} development questions by evaluation/retrieval/calibrate.py",
            },
            indent=1,
        )
        + "\n"
    )
    print(CALIBRATION.read_text())
    within = [pair for pair in zip(questions, hits, strict=True) if pair[0].is_in_scope]
    for floor in np.arange(0.5, 0.96, 0.05).round(2).tolist():
        tally = _tally(
            [
                (question, decide(found, replace(best, answer_floor=floor, alone_floor=min(floor, best.alone_floor))))
                for question, found in within
            ]
        )
        print(f"floor {floor:.2f} {tally}")
    for kind in dict.fromkeys(question.kind for question in questions):
        decided = [
            (question, decide(found, best))
            for question, found in zip(questions, hits, strict=True)
            if question.kind == kind
        ]
        print(kind, len(decided), _tally(decided))


def _is_beyond(library: Library, question: Question) -> bool:
    """Of the catalogue: then it is neither answered nor offered, however likely an item is."""
    items, reader = library.meaning_index, library.beyond
    return bool(items and reader and reader.beyond(question.text, items))


def _fitted(
    questions: Sequence[Question], evidence: Sequence[list[Evidence]], meant_columns: int
) -> tuple[Fitted, list[tuple[Hit, ...]]]:
    """And the hits of each question, as trees say that have not seen it."""
    rows = rows_of(questions, evidence)
    return Fitted(trees_grown(rows), weighing_of_all_else(rows, meant_columns)), unseen_hits(rows, evidence)


def _print_cascade(
    questions: Sequence[Question], glanced: Sequence[tuple[Hit, ...]], looked: Sequence[tuple[Hit, ...]]
) -> None:
    """What is gained the more often the encoder is asked."""
    leads = np.array([lead(hits) for hits in glanced])
    within = np.array([question.is_in_scope for question in questions])
    first, close = (
        np.array(
            [bool(hits) and hits[0].guide_id in each.guide_ids for each, hits in zip(questions, found, strict=True)]
        )
        for found in (glanced, looked)
    )
    for share in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1.0):
        sure = float(np.quantile(leads, share)) if share < 1 else 2.0
        right = np.where(leads >= sure, first, close)
        print(f"encoder asked {(leads < sure).mean():.2f} (lead below {sure:.3f}): first {right[within].mean():.4f}")


def _worth(questions: Sequence[Question], hits: Sequence[tuple[Hit, ...]], calibration: Calibration) -> float:
    """In right answers; below nothing where too many are false, the fewer the better."""
    worth = 0.0
    right = false = 0
    for question, found in zip(questions, hits, strict=True):
        decision = decide(found, calibration)
        if isinstance(decision, Answered):
            is_right = decision.hit.guide_id in question.guide_ids
            right, false = right + is_right, false + (not is_right)
        elif isinstance(decision, NotFound):
            worth += -REFUSED_COSTS if question.is_in_scope else 1.0
        else:
            offered = {hit.guide_id for hit in decision.choices}
            is_good = offered & set(question.guide_ids) or not question.is_in_scope
            worth += OFFERED_IS_WORTH if is_good else -0.2
    share = false / max(1, right + false)
    return right + worth if share <= MOST_FALSE else -share


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

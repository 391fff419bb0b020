"""Fit how near a sentence must lie to a life event: a part of `make calibrate`.

For: the development situations whose nearest event is theirs. Against: those whose nearest is another's, and the
development questions, which ask of one item. Writes knowledge_base/search/lived_calibration.json, prints both curves.
"""

from __future__ import annotations

import json

import numpy as np
from sklearn.linear_model import LogisticRegression

from evaluation.library import open_library
from evaluation.questions import load_questions
from evaluation.scenarios.situations import load_situations
from knowledge_base.scenarios.topics import topic_id_of
from knowledge_base.search.find import Answered, Weighing
from knowledge_base.search.lived import LIVED_CALIBRATION, row_of

FLOORS = np.arange(0.05, 1.0, 0.05).round(2).tolist()
MOST_PULLED = 0.025
"""Share of the development questions that no item answers and an event may take."""
MOST_OFFERED = 0.3
"""Share of them that may be offered a list beside."""


def main() -> None:
    library = open_library()
    lived = library.lived
    assert lived, "learn first: python -m server.training"
    rows, labels = [], []
    for each in load_situations("dev"):
        hit = lived.likeliest(each.text)
        rows.append(row_of(lived.near(each.text)))
        labels.append(bool(hit and hit.guide_id == topic_id_of(each.scenario)))
    situations = len(rows)
    questions = [each for each in load_questions("dev") if each.is_in_scope]
    open_ones = []
    for question in questions:
        rows.append(row_of(lived.near(question.text)))
        labels.append(False)
        open_ones.append(not isinstance(library.find_item(question.text), Answered))
    model = LogisticRegression(C=100.0, max_iter=5000).fit(rows, labels)
    weighing = Weighing(tuple(round(float(each), 4) for each in model.coef_[0]), round(float(model.intercept_[0]), 4))
    likely = np.array([weighing.likelihood(row) for row in rows])
    right, asked, is_open = np.array(labels[:situations]), likely[situations:], np.array(open_ones)
    for floor in FLOORS:
        told = likely[:situations] >= floor
        print(
            f"{floor:.2f}  told right {np.mean(told & right):.3f} wrong {np.mean(told & ~right):.3f}"
            f"  questions offered {np.mean(asked >= floor):.3f} pulled {np.mean((asked >= floor) & is_open):.4f}"
        )
    floor = next(each for each in FLOORS if np.mean((asked >= each) & is_open) <= MOST_PULLED)
    beside = next(each for each in FLOORS if np.mean(asked >= each) <= MOST_OFFERED)
    figures = {"weights": weighing.weights, "bias": weighing.bias, "floor": floor, "floor_beside": beside}
    note = f"{len(rows)} sentences by evaluation/scenarios/calibrate.py"
    LIVED_CALIBRATION.write_text(json.dumps({**figures, "fitted_on": note}, indent=1) + "\n")


if __name__ == "__main__":
    main()

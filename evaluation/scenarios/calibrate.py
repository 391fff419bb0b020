"""Fit from when on a life event is told, and its list offered: a part of `make calibrate`.

For: the development situations whose likeliest event is theirs. Against: those whose likeliest is another's, and the
development questions, which ask of one item, or of nothing that the hall does. Writes
knowledge_base/search/lived_calibration.json, prints the curves.
"""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evaluation.library import open_library
from evaluation.questions import load_questions
from evaluation.scenarios.situations import load_situations
from knowledge_base.scenarios.topics import topic_id_of
from knowledge_base.search.find import Answered, NotFound, Weighing
from knowledge_base.search.lived import LIVED_CALIBRATION, Telling

FLOORS = np.arange(0.01, 1.0, 0.01).round(2).tolist()
UNTOUCHED = 2.0
"""More than any likelihood: no event goes before it."""
MOST_OVER = 0.01
"""Share of the development questions that an item answers, or several may, and an event may take."""
MOST_PULLED = 0.02
"""Share of the out-of-scope ones for which nothing is found and an event may take."""
MOST_OFFERED, MOST_OFFERED_NAMED = 0.3, 0.15
"""Share of those in scope that may be offered a list beside; of those that name their item."""


def main() -> None:
    library = open_library()
    lived = library.lived
    assert lived, "learn first: python -m server.training"
    rows, labels = [], []
    for each in load_situations("dev"):
        found = lived.read(each.text)
        if found:
            rows.append(found.row)
            labels.append(found.event == topic_id_of(each.scenario))
    situations = len(rows)
    asked_of: list[tuple[bool, float, bool, bool]] = []
    for question in load_questions("dev"):
        if found := lived.read(question.text):
            rows.append(found.row)
            labels.append(False)
            decision = library.find(question.text)
            names_it = isinstance(decision, Answered) and decision.hit.named
            finds_nothing = isinstance(decision, NotFound) and decision.known is None
            outweighed = UNTOUCHED if names_it or isinstance(decision, NotFound) else decision.hits[0].score
            asked_of.append((question.is_in_scope, outweighed, names_it, finds_nothing))
    model = LogisticRegression(C=100.0, max_iter=5000).fit(rows, labels)
    weighing = Weighing(tuple(round(float(each), 4) for each in model.coef_[0]), round(float(model.intercept_[0]), 4))
    likely = np.array([weighing.likelihood(row) for row in rows])
    right, asked = np.array(labels[:situations]), likely[situations:]
    in_scope, item_score, is_named, is_open = (np.array(column) for column in zip(*asked_of, strict=True))

    def share(of: NDArray[np.bool_], taken: NDArray[np.bool_]) -> float:
        return float(np.sum(of & taken) / np.sum(of))

    for floor in FLOORS[4::5]:
        told = likely[:situations] >= floor
        print(
            f"{floor:.2f}  told right {np.mean(told & right):.3f} wrong {np.mean(told & ~right):.3f}"
            f"  questions offered {share(in_scope, asked >= floor):.3f}"
            f" over {share(in_scope, (asked >= floor) & (asked >= item_score)):.4f}"
            f" out of scope pulled {share(~in_scope, (asked >= floor) & is_open):.4f}"
        )
    too_many = {
        Telling.INSTEAD: lambda taken: share(in_scope, taken & (asked >= item_score)) > MOST_OVER,
        Telling.ALONE: lambda taken: share(~in_scope, taken & is_open) > MOST_PULLED,
        Telling.BESIDE: lambda taken: share(in_scope, taken) > MOST_OFFERED,
        Telling.BESIDE_NAMED: lambda taken: share(in_scope & is_named, taken) > MOST_OFFERED_NAMED,
    }
    floors = {each: next(floor for floor in FLOORS if not too_many[each](asked >= floor)) for each in Telling}
    # To go before an item takes no less than to be told where nothing is found.
    floors[Telling.INSTEAD] = max(floors[Telling.INSTEAD], floors[Telling.ALONE])
    figures = {"weights": weighing.weights, "bias": weighing.bias, "floors": floors}
    note = f"{len(rows)} sentences by evaluation/scenarios/calibrate.py"
    LIVED_CALIBRATION.write_text(json.dumps({**figures, "fitted_on": note}, indent=1) + "\n")
    print(LIVED_CALIBRATION.read_text())


if __name__ == "__main__":
    main()

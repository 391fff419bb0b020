"""Fit how an answer in words of its own is held against the options, and from when on it is taken: a part of
`make calibrate`.

For: the development answers. Against: those whose nearest option is another, and development situations, which answer
no question. Asked in the middle of a walk: development questions of the items of its list. Writes
knowledge_base/search/answers_calibration.json, prints the curves.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from itertools import cycle

import numpy as np
from sklearn.linear_model import LogisticRegression

from evaluation.library import open_library
from evaluation.questions import load_questions
from evaluation.scenarios.answers import SaidAnswer, hear, load_answers, question_of
from evaluation.scenarios.situations import load_situations
from knowledge_base.library import Library
from knowledge_base.search.answers import ANSWERS_CALIBRATION, AnswerReader, AnswersCalibration
from knowledge_base.search.find import Weighing
from service_hall.scenarios.talk.answers_meant import asks_outright
from service_hall.scenarios.talk.answers_said import read_said

FLOORS = np.arange(0.02, 1.0, 0.02).round(2).tolist()
MOST_TAKEN_WRONG = 0.01
"""Share of what is taken for sure that may be wrong: it leads to another list, and asking back costs one 对."""
MOST_BACK_WRONG = 0.4
"""Share of what is asked back that may be wrong."""
MOST_QUESTIONS_TAKEN = 0.02
"""Share of questions of an item of that very list that may be taken for an answer."""
FOREIGN = 0.2
"""How much a sentence that answers nothing counts: of what is said to an open question most is an answer."""
STEPS, PACE, HELD_BACK = 4000, 0.5, 0.02


def main() -> None:
    library = open_library()
    assert library.answers, "learn first: python -m server.training"
    answers = [each for each in load_answers("dev") if isinstance(each.means, str) or len(each.means) == 1]
    nearness = _fit_nearness(answers, library)
    told = AnswersCalibration(nearness, Weighing((0.0, 0.0, 0.0), 0.0), 1.0, 1.0, 1.0)
    reader = AnswerReader(library.plainly, library.answers.meanings, told)
    rows, right, is_left, weights = [], [], [], []
    foreign = [
        (SaidAnswer(each.scenario, each.question, "", situation.text))
        for each, situation in zip(answers, cycle(load_situations("dev")))
        if each.scenario != situation.scenario
    ]
    for each in (*answers, *foreign):
        question = question_of(each, library)
        if meant := reader.read(question, each.text):
            rows.append(meant.row)
            weights.append(1.0 if each.means else FOREIGN)
            right.append(meant.value in (each.means, *each.means) and bool(each.means))
            sentence = hear(each.text, library)
            is_left.append(read_said(question, sentence, sentence.now.date()) is None and not sentence.asks)
    model = LogisticRegression(C=10.0, max_iter=5000).fit(rows, right, weights)
    weighing = Weighing(tuple(round(float(each), 4) for each in model.coef_[0]), round(float(model.intercept_[0]), 4))
    likely, is_right = np.array([weighing.likelihood(row) for row in rows]), np.array(right)
    left, counts = np.array(is_left), np.array(weights)
    likely, is_right, counts = likely[left], is_right[left], counts[left]  # the others are read by their words

    def wrong(least: float, most: float = 1.1) -> float:
        band = (likely >= least) & (likely < most)
        return float(np.average(~is_right[band], weights=counts[band])) if band.any() else 0.0

    for floor in FLOORS[4::5]:
        print(
            f"{floor:.2f}  taken {np.average(likely >= floor, weights=counts):.3f}, wrong of these {wrong(floor):.3f}"
        )
    sure = next(floor for floor in FLOORS if wrong(floor) <= MOST_TAKEN_WRONG)
    back = next((floor for floor in FLOORS if floor < sure and wrong(floor, sure) <= MOST_BACK_WRONG), sure)
    asking = np.array([weighing.likelihood(row) for row in _of_questions_asked(library, reader)])
    of_question = next(floor for floor in FLOORS if floor >= sure and np.mean(asking >= floor) <= MOST_QUESTIONS_TAKEN)
    figures = {
        "nearness": nearness,
        "weights": weighing.weights,
        "bias": weighing.bias,
        "sure": sure,
        "likely": back,
        "sure_of_question": of_question,
        "fitted_on": f"{len(rows)} sentences by evaluation/scenarios/calibrate_answers.py",
    }
    ANSWERS_CALIBRATION.write_text(json.dumps(figures, indent=1) + "\n")
    print(ANSWERS_CALIBRATION.read_text())


def _of_questions_asked(library: Library, reader: AnswerReader) -> Iterator[tuple[float, ...]]:
    """Of each development question that sounds like one, held against a question of a scenario whose list has its
    item."""
    asked = {
        item: cycle([question for question in scenario.questions if question.options])
        for scenario in library.published.scenarios.values()
        for item in scenario.items
    }
    for each in load_questions("dev"):
        of_list = next((asked[item] for item in each.guide_ids if item in asked), None)
        sounds_so = hear(each.text, library).asks and not asks_outright(each.text)
        if of_list and sounds_so and (meant := reader.read(next(of_list), each.text)):
            yield meant.row


def _fit_nearness(answers: Sequence[SaidAnswer], library: Library) -> tuple[float, float]:
    """The two weights that make the option that was meant likeliest among those of its question."""
    assert library.answers
    known = []
    for each in answers:
        values, rows = library.answers.figures(question_of(each, library), each.text)
        meant = each.means if isinstance(each.means, str) else each.means[0]
        known.append((np.array(rows), values.index(meant)))
    weights = np.zeros(2)
    for _ in range(STEPS):  # a convex function of two weights: plain descent finds its one minimum
        slope = HELD_BACK * weights
        for figures, at in known:
            chances = np.exp(figures @ weights - (figures @ weights).max())
            slope += chances / chances.sum() @ figures - figures[at]
        weights -= PACE * slope / math.sqrt(len(known))
        if np.abs(slope).max() < 1e-3:
            break
    meaning, letters = (round(float(each), 2) for each in weights)
    return meaning, letters


if __name__ == "__main__":
    main()

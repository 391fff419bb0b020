"""Fit when a sentence goes on with what is talked about: a part of `make calibrate`.

The sentences are the later turns of development dialogues, each after the item that was talked about before it, and the
development questions, each after an item of its own theme and one of another that it does not mean. What leaves the
item out altogether is decided before. Writes service_hall/conversation/enquiry/staying.json and prints the curve.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from evaluation.dialogue.follow_ups import Kind, load_follow_ups
from evaluation.library import open_library
from evaluation.questions import load_questions
from evaluation.statements.calibrate import aspects_of
from knowledge_base.language.asking import left_unsaid
from knowledge_base.library import Library
from service_hall.conversation.enquiry.staying import CALIBRATION, FIGURES, Found, figures_of, found_of

STAYING_WRONGLY_COSTS = {Found.ANSWERED: 1.0, Found.UNSURE: 1.0, Found.NOTHING: 1.5}
"""Whoever is kept wrongly hears of another item than she means. Whoever is not kept hears of another that is found, or
is asked back with what is talked about in front."""
ONE_IN = 3
CHANCE_COSTS = 0.1
"""Of that, where it was put after an item by chance: ten times as many as people change the subject."""
FOLDS = 10
DIALOGUES_WEIGH = 4.0
"""A turn of a dialogue, beside a question put after an item by chance."""


@dataclass(frozen=True)
class Sentence:
    group: int
    goes_on: bool
    is_of_dialogue: bool
    found: Found
    figures: tuple[float, ...]


def main() -> None:
    library = open_library()
    sentences = [*_of_dialogues(library), *_by_chance(library)]
    rows = np.array([each.figures for each in sentences])
    labels = np.array([each.goes_on for each in sentences])
    weights = np.array([DIALOGUES_WEIGH if each.is_of_dialogue else 1.0 for each in sentences])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=5000))
    unseen = cross_val_predict(
        model,
        rows,
        labels,
        groups=[each.group for each in sentences],
        cv=GroupKFold(FOLDS),
        method="predict_proba",
        params={"logisticregression__sample_weight": weights},
    )[:, 1]
    floors = {found.value: _printed_floor(sentences, unseen, found) for found in Found}
    perhaps = _printed_perhaps(sentences, unseen)
    model.fit(rows, labels, logisticregression__sample_weight=weights)
    scaler, regression = model[0], model[1]
    slopes: NDArray[np.float64] = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0]) - float(slopes @ scaler.mean_)
    for name, weight in zip(FIGURES, regression.coef_[0], strict=True):
        print(f"{name:26} {weight:+.2f}")
    CALIBRATION.write_text(
        json.dumps(
            {
                "weights": [round(float(each), 4) for each in slopes],
                "bias": round(bias, 4),
                "floors": floors,
                "perhaps": perhaps,
                "fitted_on": f"{len(sentences)} sentences by evaluation/retrieval/calibrate_staying.py",
            },
            indent=1,
        )
        + "\n"
    )


def _printed_floor(sentences: Sequence[Sentence], unseen: NDArray[np.float64], found: Found) -> float:
    """Where the search for the sentence alone ends so."""
    of_dialogue, goes_on = (
        np.array([getattr(each, name) for each in sentences]) for name in ("is_of_dialogue", "goes_on")
    )
    here = np.array([each.found is found for each in sentences])
    print(f"\n{found}: {(here & of_dialogue).sum()} turns of dialogues, {(here & of_dialogue & goes_on).sum()} go on")
    costs = {}
    for floor in np.arange(0.1, 0.95, 0.05).round(2).tolist():
        stays = (unseen >= floor) & here
        kept, lost, stuck = stays & goes_on, here & ~stays & goes_on, stays & ~goes_on
        stuck_costs = (stuck & of_dialogue).sum() + CHANCE_COSTS * (stuck & ~of_dialogue).sum()
        costs[floor] = float(stuck_costs * STAYING_WRONGLY_COSTS[found] + lost.sum())
        print(
            f"floor {floor:.2f}: cost {costs[floor]:.1f}, of dialogues {kept.sum()} kept and "
            f"{(stuck & of_dialogue).sum()} stuck, by chance {(stuck & ~of_dialogue).sum()}"
        )
    return float(min(costs, key=costs.__getitem__))


def _printed_perhaps(sentences: Sequence[Sentence], unseen: NDArray[np.float64]) -> float:
    """From here on one in ONE_IN turns of dialogues goes on with what is talked about: it is worth an offer."""
    of_dialogue = [(float(p), each.goes_on) for p, each in zip(unseen, sentences, strict=True) if each.is_of_dialogue]
    for floor in np.arange(0.05, 0.5, 0.05).round(2).tolist():
        near = [goes_on for likelihood, goes_on in of_dialogue if floor <= likelihood < floor + 0.1]
        print(f"perhaps {floor:.2f}: {sum(near)} of {len(near)} go on")
        if near and sum(near) * ONE_IN >= len(near):
            return float(floor)
    return 0.5


def _of_dialogues(library: Library) -> Iterator[Sentence]:
    for group, (before, turn) in enumerate(load_follow_ups("dev")):
        if library.guide(before) and not left_unsaid(turn.text):
            goes_on = turn.kind is Kind.ON or before in turn.items
            yield _sentence(library, group, goes_on, True, turn.text, before)


def _by_chance(library: Library) -> Iterator[Sentence]:
    chance = random.Random(1)
    for group, question in enumerate(load_questions("dev"), start=10_000):
        others = [guide_id for guide_id in library.guide_ids if guide_id not in question.guide_ids]
        own = {library.theme_of(guide_id) for guide_id in question.guide_ids}
        for near in (True, False):
            if among := [guide_id for guide_id in others if (library.theme_of(guide_id) in own) is near]:
                yield _sentence(library, group, False, False, question.text, chance.choice(among))


def _sentence(library: Library, group: int, goes_on: bool, is_of_dialogue: bool, text: str, current: str) -> Sentence:
    aspects, found = aspects_of(library.intents, text), library.find(text)
    figures = figures_of(library, text, found, current, aspects)
    return Sentence(group, goes_on, is_of_dialogue, found_of(found), figures)


if __name__ == "__main__":
    main()

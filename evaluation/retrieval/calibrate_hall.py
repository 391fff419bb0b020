"""Fit when a question is about the hall rather than about a service: the second half of `make calibrate`.

For: every question that a topic lists, put to an index without it (five folds). Against: the development questions, and
what citizens say to a booking, in small talk and beside the point. The floor then lets as many topics answer rightly as
it can while they take almost nothing from the services. Writes knowledge_base/search/hall_calibration.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from evaluation.library import open_library
from evaluation.questions import load_questions
from knowledge_base.language.asking import asks_for_all, left_unsaid, names_hall
from knowledge_base.language.examples import examples_of
from knowledge_base.language.intents import GRIEVANCES, OFF_TOPIC
from knowledge_base.language.tokenize import Tokenizer
from knowledge_base.library import Library
from knowledge_base.published import index_of_topics
from knowledge_base.search.embed import load_embedder
from knowledge_base.search.find import Answered, rank
from knowledge_base.search.topics import HALL_CALIBRATION, Against, HallCalibration, against, hall_rows
from server.settings import Settings

FOLDS = 5
_ASKS = "ask_"
SPEAK_OF_THE_HALL = {"progress", *GRIEVANCES, "queue_state", "check_in"}
"""Of these acts a topic may well be the answer: they are no examples against."""
MOST_TAKEN = {
    Against.NAMED: (0.002, 0.01),
    Against.FOUND: (0.0, 0.1),
    Against.GRIEVED: (0.002, 0.005),
    Against.UNSURE: (0.02, 0.05),
    Against.NOTHING: (0.05, 0.02),
}
"""Shares of the service questions, and of those beside the point, that topics may take above the floor, by what speaks
for an item: what is taken from a question back, or from nothing, costs less than what is taken from an answer. Few of
them sound like a matter of others: there the shares are of them all."""
WELL_CLEAR = {Against.NAMED, Against.FOUND}
"""Where an item answers, the floor lies three fifths of the way from what the development sentences need to
certainty: they are few, and what is lost there was an answer."""
EVERY = 3
"""One in so many of the training examples that name an item stands for a service question, too."""


@dataclass(frozen=True)
class Case:
    topic: str
    """The right one; empty: none."""
    is_service: bool
    against: Against
    is_act: bool
    """Said to a booking, or small talk: it comes so far only where it was misunderstood."""
    found: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    """One for each topic found."""


def main() -> None:
    cases = list(_cases(open_library()))
    rows = [row for case in cases for row in case.rows]
    labels = [name == case.topic for case in cases for name in case.found]
    groups = [number for number, case in enumerate(cases) for _ in case.rows]
    model = LogisticRegression(C=1.0, max_iter=5000)
    # The floors are set on likelihoods of sentences that the weights have not seen.
    unseen = cross_val_predict(
        model, np.array(rows), labels, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba"
    )
    model.fit(rows, labels)
    tops = _tops(cases, unseen[:, 1].tolist())
    about_hall = np.array([bool(case.topic) for case in cases])
    right = np.array([bool(case.topic) and name == case.topic for case, (name, _) in zip(cases, tops, strict=True)])
    service = np.array([case.is_service for case in cases])
    scores = np.array([score for _, score in tops])
    beside = ~about_hall & ~service
    others = beside & ~np.array([case.is_act for case in cases])
    speaks = np.array([case.against for case in cases])
    floors = {
        each: _floor(np.where(speaks == each, scores, 0), service, others, most)
        if each is Against.GRIEVED
        else _floor(scores, service & (speaks == each), others & (speaks == each), most)
        for each, most in MOST_TAKEN.items()
    }
    floors |= {each: round(floors[each] + 0.6 * (1 - floors[each]), 2) for each in WELL_CLEAR}
    fitted = HallCalibration(
        weights=tuple(round(float(weight), 4) for weight in model.coef_[0]),
        bias=round(float(model.intercept_[0]), 4),
        floors=floors,
    )
    HALL_CALIBRATION.write_text(
        json.dumps(
            {**vars(fitted), "fitted_on": f"{len(cases)} sentences by evaluation/retrieval/calibrate_hall.py"}, indent=1
        )
        + "\n"
    )
    print(fitted)
    print(f"the right topic is the likeliest: {right.sum() / about_hall.sum():.3f} of {about_hall.sum()}")
    print("floor   hall right  hall wrong  services taken  others taken")
    for at in sorted({*np.arange(0.1, 1.0, 0.1).round(2).tolist(), *floors.values()}):
        taken = scores >= at
        print(
            f"{at:.2f}    {(taken & right).sum() / about_hall.sum():10.3f}  "
            f"{(taken & about_hall & ~right).sum() / about_hall.sum():10.3f}  "
            f"{(taken & service).sum() / service.sum():14.4f}  "
            f"{(taken & ~about_hall & ~service).sum() / (~about_hall & ~service).sum():12.4f}"
        )


def _tops(cases: list[Case], likelihoods: list[float]) -> list[tuple[str, float]]:
    at, tops = 0, []
    for case in cases:
        own = likelihoods[at : at + len(case.found)]
        at += len(case.found)
        tops.append(max(zip(case.found, own, strict=True), key=lambda pair: pair[1], default=("", 0.0)))
    return tops


def _cases(library: Library) -> Iterator[Case]:
    topics = [topic for topic_id in library.topic_names if (topic := library.topic(topic_id))]
    embed = load_embedder(Settings().embedding_model)
    for fold in range(FOLDS):
        kept = [
            topic.model_copy(update={"asked": tuple(t for at, t in enumerate(topic.asked) if at % FOLDS != fold)})
            for topic in topics
        ]
        held_out = replace(library, topic_index=index_of_topics(kept, embed, Tokenizer()))
        for topic in topics:
            yield from (_case(held_out, text, topic.id) for text in topic.asked[fold::FOLDS])
    for question in load_questions("dev"):
        yield _case(library, question.text, is_service=question.is_in_scope)
    yield from (_case(library, text, is_service=True) for text in _asked_of_items(library))
    yield from (_case(library, text, is_act=is_act) for text, is_act in _said())


def _case(library: Library, text: str, topic: str = "", is_service: bool = False, is_act: bool = False) -> Case:
    asked = library.without_regions(library.plainly(text))
    found = library.topic_index.evidence(asked, library.intents.off_topic(asked))
    items = library.evidence(text)
    best = max((hit.score for hit in rank(items, library.calibration)), default=0.0)
    return Case(
        topic=topic,
        is_service=is_service,
        against=against(library.find_item(text), left_unsaid(text), library.told(text) in GRIEVANCES),
        is_act=is_act,
        found=tuple(each.guide_id for each in found),
        rows=tuple(hall_rows(found, items, best, names_hall(asked), asks_for_all(asked))),
    )


def _asked_of_items(library: Library) -> Iterator[str]:
    asked = [text for text, intent in examples_of() if intent.startswith(_ASKS)]
    for text in asked[::EVERY]:
        decision = library.find_item(text)
        if isinstance(decision, Answered) and decision.hit.named:
            yield text


def _said() -> Iterator[tuple[str, bool]]:
    """What is no question about a service, and whether it is an act."""
    for text, intent in examples_of():
        if not intent.startswith(_ASKS) and intent not in SPEAK_OF_THE_HALL:
            yield text, intent != OFF_TOPIC


def _floor(
    scores: NDArray[np.float64], service: NDArray[np.bool_], others: NDArray[np.bool_], most: tuple[float, float]
) -> float:
    """The lowest floor above which no more than those shares are taken."""
    for floor in np.arange(0.05, 0.995, 0.01).round(2).tolist():
        taken = scores >= floor
        shares = ((taken & kind).sum() / max(1, kind.sum()) for kind in (service, others))
        if all(share <= limit for share, limit in zip(shares, most, strict=True)):
            return float(floor)
    return 0.99


if __name__ == "__main__":
    main()

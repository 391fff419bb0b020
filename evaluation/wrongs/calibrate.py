"""Fit from when on help to break the law is declined: a part of `make calibrate`.

Where an item answers, by the development questions of the services that are answered rightly. Elsewhere, by honest
sentences: those of the lists that sound like it, read by what was learned of other items (five folds), the development
ones, and the development situations and questions. Writes knowledge_base/search/wrongs_calibration.json, prints the
curve.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evaluation.library import open_library
from evaluation.retrieval.fitting import development_questions
from evaluation.scenarios.situations import load_situations
from evaluation.wrongs.wrongs import load_wrongs
from knowledge_base.content_files import load_content
from knowledge_base.library import Library
from knowledge_base.model import NATIONAL
from knowledge_base.published import meant_texts_of
from knowledge_base.search.find import Answered
from knowledge_base.search.learning_lives import told_of_events
from knowledge_base.search.learning_wrongs import learn_wrongs, wrongs_of
from knowledge_base.search.meanings import load_meanings
from knowledge_base.search.wrong_lists import OfItem, load_wrong_lists
from knowledge_base.search.wrongs_reader import WRONGS_CALIBRATION, Floors, WrongsReader
from knowledge_base.standing import Standing

FOLDS = 5
MOST_LOST = 0.001
"""Share of the right answers to questions of the services that may be lost."""
MOST_HONEST = 0.001
"""Share of the honest sentences that may be declined where no item answers: there is less to lose."""


@dataclass(frozen=True)
class Read:
    log_odds: NDArray[np.float64]
    answered: NDArray[np.bool_]
    """An item answers."""
    is_wrong: NDArray[np.bool_]


def main() -> None:
    library = open_library()
    reader = library.wrongs
    assert reader, "learn first: python -m server.training"
    found = replace(library, wrongs=None)
    listed = _listed(found)
    written = load_wrongs("dev")
    held = _read([each.text for each in written], [each.is_wrong for each in written], reader, found)
    rights = [
        reader.log_odds(each.text)
        for each in development_questions()
        if isinstance(decision := found.find_item(each.text), Answered) and decision.hit.guide_id in each.guide_ids
    ]
    told = [each.text for each in load_situations("dev")]
    told += [each.text for each in development_questions() if each.is_in_scope]
    lived = _read(told, [False] * len(told), reader, found)
    every = (listed, held, lived)
    honest = sorted(
        (score for read in every for score in read.log_odds[~read.is_wrong & ~read.answered].tolist()), reverse=True
    )
    all_honest = sum(int((~read.is_wrong).sum()) for read in every)
    floors = Floors(
        _just_above(sorted(rights, reverse=True)[int(MOST_LOST * len(rights))]),
        _just_above(honest[int(MOST_HONEST * all_honest)]),
    )
    # None of the sentences by which the scenarios say that they are told.
    sentences = [each.q for scenario in library.published.scenarios.values() for each in scenario.asked]
    events = _read(sentences, [False] * len(sentences), reader, found)
    floors = Floors(
        max(floors.over_answer, _just_above(float(events.log_odds[events.answered].max()))),
        max(floors.over_none, _just_above(float(events.log_odds[~events.answered].max()))),
    )
    for more in (-1.0, -0.5, 0.0, 0.5, 1.0):
        at = Floors(floors.over_answer + more, floors.over_none + more)
        shares = ", ".join(
            f"{name}: wrongs {_share(read, at, True):.3f}, honest {_share(read, at, False):.4f}"
            for name, read in (("listed, of other items", listed), ("development", held))
        )
        lost = sum(score >= at.over_answer for score in rights)
        print(f"{at.over_answer:.2f} {at.over_none:.2f}  {shares}; right answers lost {lost} of {len(rights)}")
    note = f"{len(rights)} right answers and {all_honest} honest sentences by evaluation/wrongs/calibrate.py"
    WRONGS_CALIBRATION.write_text(json.dumps({**floors._asdict(), "fitted_on": note}, indent=1) + "\n")
    print(WRONGS_CALIBRATION.read_text())


def _just_above(log_odds: float) -> float:
    return round(log_odds + 0.01, 2)


def _share(read: Read, floors: Floors, is_wrong: bool) -> float:
    taken = read.log_odds >= np.where(read.answered, floors.over_answer, floors.over_none)
    return float(np.mean(taken[read.is_wrong == is_wrong]))


def _read(texts: Sequence[str], is_wrong: Sequence[bool], reader: WrongsReader, library: Library) -> Read:
    answered = [isinstance(library.find_item(text), Answered) for text in texts]
    return Read(np.array([reader.log_odds(text) for text in texts]), np.array(answered), np.array(is_wrong))


def _listed(library: Library) -> Read:
    """Each by what was learned of the lists of other items."""
    content, meanings = load_content(), load_meanings()
    guide_of = Standing(library.published, NATIONAL, library.on).guide
    meant = meant_texts_of(library.published.catalogue, guide_of, library.plainly)
    asked = [each.text for each in meant if each.is_asked]
    asked += [text for text, _ in told_of_events(content, library.plainly)]
    lists = load_wrong_lists()
    reads = []
    for fold in range(FOLDS):
        others = [each for at, each in enumerate(lists) if at % FOLDS != fold]
        learned = learn_wrongs(wrongs_of(content, asked, library.plainly, others), meanings)
        reader = WrongsReader(library.plainly, meanings, learned, Floors(0.0, 0.0))
        left_out = [pair for at, each in enumerate(lists) if at % FOLDS == fold for pair in _labelled(each)]
        reads.append(_read([text for text, _ in left_out], [wrong for _, wrong in left_out], reader, library))
    return Read(
        np.concatenate([each.log_odds for each in reads]),
        np.concatenate([each.answered for each in reads]),
        np.concatenate([each.is_wrong for each in reads]),
    )


def _labelled(of_item: OfItem) -> list[tuple[str, bool]]:
    """Those that sound like a wrong; what everybody asks is easier."""
    return [*((text, True) for text in of_item.wrong), *((text, False) for text in of_item.honest)]


if __name__ == "__main__":
    main()

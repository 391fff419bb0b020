"""Fit when a sentence still belongs to the item that is talked about: the third part of `make calibrate`.

A follow-up is what the training examples ask of no item that they name (一般要等几天), after some item. Against: the
development questions, each after an item that it does not mean; what is beside the point must not be answered from that
item either. Writes service_hall/conversation/enquiry/thresholds.json and prints the curve of each figure.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from evaluation.library import open_library
from evaluation.questions import load_questions
from knowledge_base.language.asking import content_of, leans_back, left_unsaid
from knowledge_base.language.examples import examples_of
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.search.find import Answered, NotFound
from service_hall.conversation.enquiry.thresholds import PATH, THRESHOLDS, Thresholds

NAMES = ("sure", "follow_up_characters", "words_known", "off_topic")
"""Of the figures that are fitted here."""
EVERY = 6
"""One in so many of the examples is looked at."""
LEAVING_WRONGLY_COSTS, STAYING_WRONGLY_COSTS = 1.0, 1.0


@dataclass(frozen=True)
class Sentence:
    """What the decision looks at, once for all thresholds."""

    is_follow_up: bool
    leans_back: bool
    characters: int
    words_known: float
    off_topic: float
    rival: float
    """How likely the item is that the search would answer instead; 0: it answers none."""
    is_named: bool
    """That item, or the likeliest one, stands in the sentence."""
    is_known: bool
    """An item without a guide is meant."""


def main() -> None:
    sentences = list(_sentences(open_library()))
    grid = itertools.product(
        (0.5, 0.6, 0.7, 0.8, 0.9), (8, 10, 12, 14, 16, 20), (0.3, 0.4, 0.5, 0.6, 0.7), (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
    )
    candidates = (_with(THRESHOLDS, dict(zip(NAMES, figures, strict=True))) for figures in grid)
    best = min(candidates, key=lambda each: (cost(sentences, each), -each.sure))
    PATH.write_text(
        json.dumps(
            {
                **asdict(best),
                "fitted_on": f"{len(sentences)} sentences by evaluation/retrieval/calibrate_follow_ups.py",
            },
            indent=1,
        )
        + "\n"
    )
    print(f"before {THRESHOLDS}: {cost(sentences, THRESHOLDS):.0f} of {len(sentences)} wrong")
    print(f"now    {best}: {cost(sentences, best):.0f}")
    for name, values in (
        ("sure", (0.5, 0.6, 0.7, 0.8, 0.9)),
        ("follow_up_characters", (8, 10, 12, 14, 16, 20)),
        ("words_known", (0.3, 0.4, 0.5, 0.6, 0.7)),
        ("off_topic", (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)),
    ):
        curve = (f"{value}: {cost(sentences, _with(best, {name: value})):.0f}" for value in values)
        print(f"{name:22} {'  '.join(curve)}")


def _with(thresholds: Thresholds, figures: Mapping[str, Any]) -> Thresholds:
    return replace(thresholds, **figures)


def cost(sentences: Sequence[Sentence], thresholds: Thresholds) -> float:
    """Sentences decided wrongly, by what a wrong decision costs."""
    total = 0.0
    for each in sentences:
        if stays(each, thresholds) and not each.is_follow_up:
            total += STAYING_WRONGLY_COSTS
        elif each.is_follow_up and not stays(each, thresholds):
            total += LEAVING_WRONGLY_COSTS
    return total


def stays(each: Sentence, thresholds: Thresholds) -> bool:
    """As `stays_with_current` of the enquiry decides it."""
    if each.is_known or each.is_named or each.rival >= thresholds.sure:
        return False
    return (
        (each.leans_back or each.characters <= thresholds.follow_up_characters)
        and each.words_known >= thresholds.words_known
        and each.off_topic < thresholds.off_topic
    )


def _sentences(library: Library) -> Iterator[Sentence]:
    asked = [text for text, intent in examples_of() if intent.startswith("ask_") and intent != "ask_human"]
    for text in asked[::EVERY]:
        # What leaves the item out altogether is decided before, and what names one is no follow-up.
        if not left_unsaid(text) and not any(hit.named for hit in library.find(text).hits):
            decision = library.find(text)
            if not (isinstance(decision, Answered) and decision.hit.score >= 0.9):
                yield _sentence(library, text, True)
    for question in load_questions("dev"):
        yield _sentence(library, question.text, False)


def _sentence(library: Library, text: str, is_follow_up: bool) -> Sentence:
    decision = library.find(text)
    best = decision.hits[0] if decision.hits else None
    return Sentence(
        is_follow_up=is_follow_up,
        leans_back=leans_back(text),
        characters=len(plain(text)),
        words_known=library.index.share_known(content_of(text)),
        off_topic=library.intents.off_topic(text),
        rival=decision.hit.score if isinstance(decision, Answered) else 0.0,
        is_named=best is not None and best.named,
        is_known=isinstance(decision, NotFound) and decision.known is not None,
    )


if __name__ == "__main__":
    main()

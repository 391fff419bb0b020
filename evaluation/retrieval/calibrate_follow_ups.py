"""Fit when a sentence still belongs to the item that is talked about: the third part of `make calibrate`.

Each sentence stands after an item that is talked about. Follow-ups are what the training examples ask of no item that
they name (一般要等几天), after some item, and the development questions without the thing that they are about
(到期换新的几天拿到), after their own. Against: the development questions, each after an item of its own theme and one
of another that it does not mean; what is beside the point must not be answered from an item either. Writes
service_hall/conversation/enquiry/thresholds.json and prints the curve of each figure.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from evaluation.library import open_library
from evaluation.questions import load_questions
from knowledge_base.language.asking import content_of, leans_back, left_unsaid
from knowledge_base.language.examples import examples_of
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.search.find import Answered, NotFound
from service_hall.conversation.enquiry.asked import strangeness
from service_hall.conversation.enquiry.thresholds import PATH, THRESHOLDS, Thresholds

NAMES = ("sure", "follow_up_characters", "words_known", "off_topic", "thing_themes", "another")
"""Of the figures that are fitted here."""
EVERY = 6
"""One in so many of the examples is looked at."""
LEAVING_WRONGLY_COSTS, STAYING_WRONGLY_COSTS = 1.0, 2.0
"""Whoever is not kept is asked, or answered by what the search finds; whoever is kept wrongly hears of another."""
NO_GAIN = 3.0
"""So little may as well be chance: the figure stays, for other rules go by it, too."""
GRID: Mapping[str, Sequence[Any]] = {
    "sure": (0.5, 0.6, 0.7, 0.8, 0.9),
    "follow_up_characters": (8, 10, 12, 14, 16, 20),
    "words_known": (0.3, 0.5, 0.7),
    "off_topic": (0.1, 0.2, 0.3, 0.4, 0.6),
    "thing_themes": (0, 1, 2, 3, 4, 5),
    "another": (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
}


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
    finds_current: bool
    """The search finds the item that is talked about by itself."""
    strangeness: tuple[float, ...]
    """How sure it is that it names a thing of another item (`enquiry.asked`), for each of the figures `thing_themes`
    in the grid."""


def main() -> None:
    sentences = list(_sentences(open_library()))
    best = THRESHOLDS
    while moved := _better(sentences, best):  # one figure after the other, until none is better otherwise
        best = moved
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
    print(f"before {THRESHOLDS}: {_told(sentences, THRESHOLDS)}")
    print(f"now    {best}: {_told(sentences, best)}")
    for name, values in GRID.items():
        print(name, *(f"  {value}: {_told(sentences, _with(best, {name: value}))}" for value in values), sep="\n")


def _better(sentences: Sequence[Sentence], now: Thresholds) -> Thresholds | None:
    """With one figure changed; None where nothing gains more than chance would."""
    changed = [_with(now, {name: value}) for name, values in GRID.items() for value in values]
    best = min(changed, key=lambda each: cost(sentences, each))
    return best if cost(sentences, best) + NO_GAIN < cost(sentences, now) else None


def _told(sentences: Sequence[Sentence], thresholds: Thresholds) -> str:
    kept = [stays(each, thresholds) for each in sentences if each.is_follow_up]
    stuck = [stays(each, thresholds) for each in sentences if not each.is_follow_up]
    return (
        f"cost {cost(sentences, thresholds):.0f}, of {len(kept)} follow-ups {sum(kept) / len(kept):.3f} kept, "
        f"of {len(stuck)} others {sum(stuck) / len(stuck):.3f}"
    )


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
    if each.finds_current:
        return True
    if each.strangeness[GRID["thing_themes"].index(thresholds.thing_themes)] > thresholds.another:
        return False
    if each.is_known or each.is_named or each.rival >= thresholds.sure:
        return False
    return (
        (each.leans_back or each.characters <= thresholds.follow_up_characters)
        and each.words_known >= thresholds.words_known
        and each.off_topic < thresholds.off_topic
    )


def _sentences(library: Library) -> Iterator[Sentence]:
    chance = random.Random(1)
    themes = {item.id: item.theme for item in library.published.catalogue}
    subjects = {subject for guide_id in library.guide_ids if (subject := library.subject(guide_id))}
    for text in _follow_ups(library, subjects):
        yield _sentence(library, text, chance.choice(library.guide_ids), True)
    for question in load_questions("dev"):
        meant = [guide_id for guide_id in question.guide_ids if guide_id in library.guide_ids]
        for guide_id in meant[:1]:
            subject = library.subject(guide_id)
            rest = question.text.replace(subject, "") if subject in question.text else ""
            if subject and plain(rest) and not left_unsaid(rest):
                yield _sentence(library, rest, guide_id, True)
        others = [guide_id for guide_id in library.guide_ids if guide_id not in meant]
        own = {themes[guide_id] for guide_id in meant}
        for near in (True, False):
            if among := [guide_id for guide_id in others if (themes[guide_id] in own) is near]:
                yield _sentence(library, question.text, chance.choice(among), False)


def _follow_ups(library: Library, subjects: Collection[str]) -> Iterator[str]:
    """What leaves the item out altogether is decided before, and what names one, or a thing, is no follow-up."""
    asked = [text for text, intent in examples_of() if intent.startswith("ask_") and intent != "ask_human"]
    for text in asked[::EVERY]:
        decision = library.find(text)
        is_clear = isinstance(decision, Answered) and decision.hit.score >= 0.9
        names = any(hit.named for hit in decision.hits) or any(subject in plain(text) for subject in subjects)
        if not (left_unsaid(text) or is_clear or names):
            yield text


def _sentence(library: Library, text: str, current: str, is_follow_up: bool) -> Sentence:
    decision = library.find(text)
    best = decision.hits[0] if decision.hits else None
    plainly = library.plainly(text)
    return Sentence(
        is_follow_up=is_follow_up,
        leans_back=leans_back(text),
        characters=len(plain(text)),
        words_known=library.index.share_known(content_of(text)),
        off_topic=library.intents.off_topic(text),
        rival=decision.hit.score if isinstance(decision, Answered) else 0.0,
        is_named=best is not None and best.named and best.guide_id != current,
        is_known=isinstance(decision, NotFound) and decision.known is not None,
        finds_current=isinstance(decision, Answered) and decision.hit.guide_id == current,
        strangeness=tuple(
            strangeness(library, library.things.named_in(plainly, most), decision, current)
            for most in GRID["thing_themes"]
        ),
    )


if __name__ == "__main__":
    main()

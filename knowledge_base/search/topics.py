"""Whether a question is about the hall rather than about a service. Pure.

Topics of the hall have an index of their own and never weigh against the items: 多少钱 and 几点开门 would make every
topic a neighbour of every item. The best topic and the best of the items are laid side by side, and a logistic
regression, fitted by `make calibrate`, says how likely it is that the topic is meant.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import mul
from pathlib import Path

from knowledge_base.search.find import (
    COMPARED,
    NOT_AT_ALL,
    Answered,
    Decision,
    Evidence,
    Hit,
    NotFound,
    Unsure,
    leads,
)

HALL_CALIBRATION = Path(__file__).parent / "hall_calibration.json"
EVENT_PREFIX = "hall-event-"
OF_COMPLAINTS = ("投诉", "信访")  # in the name of an item
LED = (*COMPARED, "named")
"""What is compared with the best of the other topics, and with the best of the items."""


NEARLY = 0.05
"""Likelihoods that differ by less say nothing: an item that answers goes before what others handle. No development
question is answered otherwise for it."""


class Against(StrEnum):
    NAMED = "named"
    """An item is found, and its name stands in the sentence."""
    FOUND = "found"
    GRIEVED = "grieved"
    """No item is named, and the sentence sounds like what others handle."""
    UNSURE = "unsure"
    NOTHING = "nothing"


def takes_complaints(name: str) -> bool:
    """Noise, wages, shops: whoever complains of them wants just the item of that name."""
    return any(word in name for word in OF_COMPLAINTS)


@dataclass(frozen=True)
class HallCalibration:
    """Fitted by `python -m evaluation.retrieval.calibrate_hall`, never by taste."""

    weights: tuple[float, ...]
    """For the columns of `hall_rows`."""
    bias: float
    floors: Mapping[Against, float]
    """From this likelihood on the topic answers; by what speaks for an item."""

    def answers(
        self, topic: Hit, items: Decision, leaves_item_unsaid: bool, is_grieved: bool, matters: Collection[str] = ()
    ) -> bool:
        """`matters`: topics of what others handle."""
        likeliest = items.hits[0].score if items.hits else 0.0
        if topic.guide_id in matters and isinstance(items, Answered) and likeliest >= topic.score - NEARLY:
            return False  # 想开网约车 is no ride that went wrong
        if is_event(topic.guide_id) and not isinstance(items, NotFound) and likeliest > topic.score:
            return False  # 结婚证 is of two items, and though to marry is an event it is neither of them
        return topic.score >= self.floors[against(items, leaves_item_unsaid, is_grieved)]


def against(items: Decision, leaves_item_unsaid: bool, is_grieved: bool) -> Against:
    """What speaks for an item: a topic must be the likelier, the more it is. `is_grieved`: the sentence sounds so."""
    if leaves_item_unsaid:
        return Against.NOTHING  # 周六上班吗: what was found is like it in the asking alone
    best = items.hits[0] if items.hits else None
    is_decided = isinstance(items, Answered) or (isinstance(items, NotFound) and items.known is not None)
    if best and is_decided and best.named:
        return Against.NAMED
    if is_grieved:
        return Against.GRIEVED
    if is_decided:
        return Against.FOUND
    return Against.UNSURE if isinstance(items, Unsure) else Against.NOTHING


def load_hall_calibration(path: Path = HALL_CALIBRATION) -> HallCalibration:
    figures = json.loads(path.read_text("utf-8"))
    floors = {each: figures["floors"][each] for each in Against}
    return HallCalibration(tuple(figures["weights"]), figures["bias"], floors)


def hall_rows(
    topics: Sequence[Evidence], items: Sequence[Evidence], best: float, names_hall: bool, asks_for_all: bool
) -> list[tuple[float, ...]]:
    """For each topic: its own figures, its lead over the best other topic and over the best item. `best`: the score of
    the likeliest item. `names_hall`: the question speaks of the hall itself; `asks_for_all`:
    it wants to know all that has to be done, as events tell."""
    own = [[getattr(each, name) for each in topics] for name in LED]
    items_best = [max((getattr(each, name) for each in items), default=0.0) for name in LED]
    over_topics = zip(*map(leads, own), strict=True)
    over_items = zip(*([figure - best for figure in of] for of, best in zip(own, items_best, strict=True)), strict=True)
    sounds_like = max((each.learned for each in items if each.learned is not None), default=NOT_AT_ALL)
    return [
        (
            each.nearest,
            each.nearby,
            each.to_the_point,
            each.lexical,
            each.coverage,
            each.named,
            each.off_topic,
            *over_others,
            *over_best,
            best,
            sounds_like,
            float(names_hall),
            float(is_event(each.guide_id)),
            float(asks_for_all and is_event(each.guide_id)),
        )
        for each, over_others, over_best in zip(topics, over_topics, over_items, strict=True)
    ]


def is_event(topic_id: str) -> bool:
    return topic_id.startswith(EVENT_PREFIX)


def likeliest_topic(
    topics: Sequence[Evidence], rows: Sequence[tuple[float, ...]], calibration: HallCalibration
) -> Hit | None:
    hits = [
        Hit(each.guide_id, _likelihood(row, calibration), each.text, True, each.named > 0)
        for each, row in zip(topics, rows, strict=True)
    ]
    return max(hits, key=lambda hit: hit.score, default=None)


def _likelihood(row: Sequence[float], calibration: HallCalibration) -> float:
    total = calibration.bias + sum(map(mul, calibration.weights, row))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

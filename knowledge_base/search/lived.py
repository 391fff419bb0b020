"""Which life event a citizen tells of: how near the sentence lies to what people say when it befalls them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge_base.hall_topics import HallTopic
from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import Plainly
from knowledge_base.search.find import Hit, Weighing
from knowledge_base.search.meanings import Meanings

LIVED_CALIBRATION = Path(__file__).parent / "lived_calibration.json"
NEAREST = 3
"""So many of what is told of an event count; one alone may lie near by chance."""


@dataclass(frozen=True)
class LivedCalibration:
    """Fitted by `python -m evaluation.scenarios.calibrate`, never by taste."""

    weighing: Weighing
    floor: float
    """From this likelihood on the event is told, where no item answers."""
    floor_beside: float
    """From this one on its list is offered with the answer of one of its items."""


class LivedReader:
    def __init__(
        self,
        events: Iterable[HallTopic],
        plainly: Plainly,
        meanings: Meanings,
        calibration: LivedCalibration | None = None,
    ) -> None:
        self.calibration = calibration or load_lived_calibration()
        self._plainly, self._meanings = plainly, meanings
        self._events = list(events)
        self._told = [meanings.vectors(told_in(each, plainly)) for each in self._events]

    def likeliest(self, text: str) -> Hit | None:
        """`score`: how likely the sentence tells of it."""
        near = self.near(text)
        if not near:
            return None
        best = max(range(len(near)), key=near.__getitem__)
        event = self._events[best]
        return Hit(event.id, self.calibration.weighing.likelihood(row_of(near)), event.name, True)

    def near(self, text: str) -> list[float]:
        """Of each event, the mean of its nearest; empty for a text that says nothing."""
        if not plain(text):
            return []
        question = self._meanings.of_question(self._plainly(text))
        return [float(np.sort(told @ question)[-NEAREST:].mean()) for told in self._told]


def row_of(near: Sequence[float]) -> tuple[float, ...]:
    """How near the nearest event is, and its lead over the next."""
    first, second, *_ = (*sorted(near, reverse=True), -1.0, -1.0)
    return (first, first - second)


def told_in(event: HallTopic, plainly: Plainly) -> list[str]:
    """What is told of it, as the encoder reads that."""
    return [plainly(text) for text in (event.name, *event.asked)]


def load_lived_calibration(path: Path = LIVED_CALIBRATION) -> LivedCalibration:
    figures = json.loads(path.read_text("utf-8"))
    weighing = Weighing(tuple(figures["weights"]), figures["bias"])
    return LivedCalibration(weighing, figures["floor"], figures["floor_beside"])

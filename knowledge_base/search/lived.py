"""Which life event a citizen tells of, and how likely it is that she tells of it, rather than asks for one service."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from knowledge_base.hall_topics import HallTopic
from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import Plainly
from knowledge_base.search.find import Hit, Weighing
from knowledge_base.search.learned_lives import TELLS, LearnedLives
from knowledge_base.search.meanings import Meanings
from knowledge_base.search.topics import is_event

LIVED_CALIBRATION = Path(__file__).parent / "lived_calibration.json"
MOST_REMEMBERED = 1024
MOST_LETTERS = 80
"""Of who tells what befell her: the longest development situation has 56. A letter to the authorities tells much beside
what it wants: of 200 development ones 26 were told the list of a life event, and hardly one wanted it."""


class Telling(StrEnum):
    """What is done with an event that is told."""

    INSTEAD = "instead"
    """It is told, though an item answers that the sentence does not name."""
    ALONE = "alone"
    """It is told where no item answers."""
    BESIDE = "beside"
    """Its list is offered beside an answer, or choices."""
    BESIDE_NAMED = "beside_named"
    """So it is where the sentence names the item that answers: 身份证丢了怎么补办 knows what it wants."""


@dataclass(frozen=True)
class LivedCalibration:
    """Fitted by `python -m evaluation.scenarios.calibrate`, never by taste."""

    weighing: Weighing
    """For `Lived.row`."""
    floors: Mapping[Telling, float]
    """From this likelihood on."""


class Lived(NamedTuple):
    event: str
    """The likeliest, by its id."""
    lead: float
    """How much likelier than the next, in [0, 1]."""
    tells: float
    """Log-odds that the sentence tells of an event rather than asks for one service."""
    letters: int

    @property
    def row(self) -> tuple[float, ...]:
        """Who tells needs more words than who asks."""
        return (self.tells, self.lead, math.log1p(self.letters))


def in_brief(text: str) -> str:
    """Empty for a letter."""
    return text if len(plain(text)) <= MOST_LETTERS else ""


class LivedReader:
    def __init__(
        self,
        events: Iterable[HallTopic],
        plainly: Plainly,
        meanings: Meanings,
        learned: LearnedLives,
        calibration: LivedCalibration | None = None,
    ) -> None:
        """`events`: those that can be told here; what was learned of others is left out."""
        self.calibration = calibration or load_lived_calibration()
        self._plainly, self._meanings, self._learned = plainly, meanings, learned
        self._names = {each.id: each.name for each in events}
        self._tells = learned.how.said.labels.index(TELLS)
        self.read = lru_cache(maxsize=MOST_REMEMBERED)(self._read)
        """A turn asks several times. None for a text that says nothing."""

    def likeliest(self, text: str) -> Hit | None:
        """`score`: how likely the sentence tells of it."""
        lived = self.read(text)
        if lived is None:
            return None
        return Hit(lived.event, self.calibration.weighing.likelihood(lived.row), self._names[lived.event], True)

    def _read(self, text: str) -> Lived | None:
        if not plain(in_brief(text)):
            return None
        said = self._plainly(text)
        vector = self._meanings.of_question(said)
        which = zip(self._learned.which.said.labels, self._learned.which.scores(said, vector), strict=True)
        scores = {event: score for event, score in which if event in self._names}
        if not scores:
            return None
        best = max(scores, key=scores.__getitem__)
        chances = sorted((math.exp(score - scores[best]) for score in scores.values()), reverse=True)
        lead = (chances[0] - (chances[1] if len(chances) > 1 else 0.0)) / math.fsum(chances)
        how = self._learned.how.scores(said, vector)
        return Lived(best, lead, how[self._tells] - how[1 - self._tells], len(plain(text)))


def rather_lived(topic: Hit | None, lived: Callable[[], str]) -> Hit | None:
    """没结婚生了孩子要办哪些手续 names a wedding, and tells of a birth beyond doubt: of two events the one that is
    told. `lived`: its topic, or ''; only asked where an event is named."""
    told = lived() if topic and is_event(topic.guide_id) else ""
    return replace(topic, guide_id=told) if topic and told else topic


def told_in(event: HallTopic, plainly: Plainly) -> list[str]:
    """What is told of it, as the encoder reads that."""
    return [plainly(text) for text in (event.name, *event.asked)]


def load_lived_calibration(path: Path = LIVED_CALIBRATION) -> LivedCalibration:
    figures = json.loads(path.read_text("utf-8"))
    weighing = Weighing(tuple(figures["weights"]), figures["bias"])
    return LivedCalibration(weighing, {each: figures["floors"][each] for each in Telling})

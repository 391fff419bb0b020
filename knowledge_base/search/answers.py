"""Which option of a question an answer in words of its own means: 烧完了, to whether the funeral is over.

Held against what stands for each option (`options_told`): by what the encoder says that it means, and by the letters
that it shares with some and not with others. Only the options of that one question are weighed against each other.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import Plainly
from knowledge_base.scenarios.questions import Question
from knowledge_base.scenarios.telling_options import options_told
from knowledge_base.search.encoder import Vectors
from knowledge_base.search.find import Weighing
from knowledge_base.search.meanings import Meanings

ANSWERS_CALIBRATION = Path(__file__).parent / "answers_calibration.json"
NEAREST = 3
"""So many of what stands for an option are looked at: one that is near may be so by chance."""
LONGEST = 3
"""Characters of an n-gram."""
MOST_QUESTIONS, MOST_REMEMBERED = 512, 1024


@dataclass(frozen=True)
class AnswersCalibration:
    """Fitted by `python -m evaluation.scenarios.calibrate_answers`, never by taste."""

    nearness: tuple[float, float]
    """How much meaning weighs, and how much the shared letters."""
    weighing: Weighing
    """For `OptionMeant.row`."""
    sure: float
    """From this likelihood on it is taken."""
    likely: float
    """From this one on it is asked back whether it was meant."""
    sure_of_question: float
    """From this one on it is taken though it sounds like a question: 啥也没留下."""


class OptionMeant(NamedTuple):
    value: str
    nearness: float
    """Of the nearest option."""
    share: float
    """Of it among all options, in [0, 1]."""
    lead: float
    """How much larger that is than the next one's."""
    likelihood: float
    """That it was meant."""

    @property
    def row(self) -> tuple[float, ...]:
        return (self.nearness, self.share, self.lead)


@dataclass(frozen=True, eq=False)
class _Option:
    value: str
    vectors: Vectors
    grams: tuple[frozenset[str], ...]


@dataclass(frozen=True, eq=False)
class _Prepared:
    options: tuple[_Option, ...]
    told_of: Counter[str]
    """N-gram → by how many options it is told."""

    def weight(self, gram: str) -> float:
        """What all options share tells none of them apart."""
        return math.log((len(self.options) + 1) / max(1, self.told_of[gram]))

    def length(self, grams: frozenset[str]) -> float:
        return math.sqrt(sum(self.weight(each) ** 2 for each in grams)) or 1.0


class AnswerReader:
    def __init__(self, plainly: Plainly, meanings: Meanings, calibration: AnswersCalibration | None = None) -> None:
        self.calibration = calibration or load_answers_calibration()
        self._plainly, self.meanings = plainly, meanings
        self._prepared = lru_cache(maxsize=MOST_QUESTIONS)(self._prepare)
        self.read = lru_cache(maxsize=MOST_REMEMBERED)(self._read)
        """A turn asks several times. None for a text that says nothing, or a question without options."""

    def figures(self, question: Question, text: str) -> tuple[tuple[str, ...], Sequence[tuple[float, float]]]:
        """The options, and of each how near it is: by meaning, and by letters."""
        said = self._plainly(text)
        vector, grams, prepared = self.meanings.of_question(said), _grams(said), self._prepared(question)
        length = prepared.length(grams)
        rows = []
        for option in prepared.options:
            shared = [
                sum(prepared.weight(each) ** 2 for each in grams & own) / (length * prepared.length(own))
                for own in option.grams
            ]
            rows.append((_mean_of_nearest((option.vectors @ vector).tolist()), _mean_of_nearest(shared)))
        return tuple(option.value for option in prepared.options), rows

    def _read(self, question: Question, text: str) -> OptionMeant | None:
        if not question.options or not plain(text):
            return None
        values, rows = self.figures(question, text)
        of_meaning, of_letters = self.calibration.nearness
        near = [of_meaning * meaning + of_letters * letters for meaning, letters in rows]
        chances = [math.exp(each - max(near)) for each in near]
        first, second = sorted((each / math.fsum(chances) for each in chances), reverse=True)[:2]
        best = near.index(max(near))
        meant = OptionMeant(values[best], near[best], first, first - second, 0.0)
        return meant._replace(likelihood=self.calibration.weighing.likelihood(meant.row))

    def _prepare(self, question: Question) -> _Prepared:
        options = tuple(
            _Option(value, self.meanings.vectors(texts), tuple(map(_grams, texts)))
            for value, texts in texts_told(question, self._plainly)
        )
        told_of = Counter(gram for option in options for gram in frozenset[str]().union(*option.grams))
        return _Prepared(options, told_of)


def texts_told(question: Question, plainly: Plainly) -> list[tuple[str, list[str]]]:
    """What stands for each option, as the encoder reads it."""
    return [(value, [plainly(text) for text in texts]) for value, texts in options_told(question)]


def load_answers_calibration(path: Path = ANSWERS_CALIBRATION) -> AnswersCalibration:
    figures = json.loads(path.read_text("utf-8"))
    meaning, letters = figures["nearness"]
    weighing = Weighing(tuple(figures["weights"]), figures["bias"])
    floors = (figures[name] for name in ("sure", "likely", "sure_of_question"))
    return AnswersCalibration((meaning, letters), weighing, *floors)


def _grams(text: str) -> frozenset[str]:
    said = plain(text)
    return frozenset(said[at : at + size] for size in range(1, LONGEST + 1) for at in range(len(said) - size + 1))


def _mean_of_nearest(figures: Sequence[float]) -> float:
    nearest = sorted(figures, reverse=True)[:NEAREST]
    return float(np.mean(nearest))

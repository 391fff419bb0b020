"""Which statement of a guide answers a question, by what the encoder says of it and of what is asked of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.model import Aspect, ServiceGuide
from knowledge_base.search.encoder import Vectors
from knowledge_base.search.find import Weighing
from knowledge_base.search.meanings import MeantText
from knowledge_base.statements import Statement, Summary

STATEMENT_CALIBRATION = Path(__file__).parent / "statement_calibration.json"
_FAR = -1.0
"""Where nothing is asked of a statement."""


@dataclass(frozen=True)
class StatementCalibration:
    """Fitted by `python -m evaluation.statements.calibrate`, never by taste."""

    weighing: Weighing
    floors: Mapping[str, float]
    """From this likelihood on a statement leads: `asked`, where it is about what was understood to be asked; else
    `other`."""


@dataclass(frozen=True, eq=False)
class ReadGuide:
    """The vectors of one guide as it stands in one region."""

    guide: ServiceGuide
    texts: tuple[str, ...]
    vectors: Vectors
    owner: NDArray[np.int32]
    """Of each vector, which statement."""
    is_asked: NDArray[np.bool_]

    def without(self, text: str) -> ReadGuide:
        """As if nobody had listed that."""
        kept = np.array([each != text for each in self.texts], np.bool_)
        texts = tuple(each for each in self.texts if each != text)
        return ReadGuide(self.guide, texts, self.vectors[kept], self.owner[kept], self.is_asked[kept])

    def rows(self, question: Vectors, aspects: Sequence[Aspect]) -> list[tuple[float, ...]]:
        """For each statement. `question`: its vector. `aspects`: what it was understood to ask."""
        near = self.vectors @ question
        count = len(self.guide.statements)
        says, asked = (np.full(count, _FAR, np.float32) for _ in range(2))
        np.maximum.at(says, self.owner[~self.is_asked], near[~self.is_asked])
        np.maximum.at(asked, self.owner[self.is_asked], near[self.is_asked])
        asked = np.where(asked == _FAR, says, asked)
        both = np.maximum(says, asked)
        return [
            (
                float(says[at]),
                float(asked[at]),
                _lead(says, at),
                _lead(asked, at),
                _lead(both, at),
                float(aspects[0] in each.about),
                float(any(aspect in each.about for aspect in aspects[1:])),
                float(isinstance(each, Summary)),
                float(isinstance(each, Summary) and Aspect.OVERVIEW in each.about),
            )
            for at, each in enumerate(self.guide.statements)
        ]


def read_guide(
    guide: ServiceGuide, texts: Sequence[MeantText], vectors_of: Callable[[Sequence[str]], Vectors]
) -> ReadGuide:
    """`texts`: of the guide, see `meant_by`."""
    place = {statement.id: at for at, statement in enumerate(guide.statements)}
    return ReadGuide(
        guide,
        tuple(each.text for each in texts),
        vectors_of([each.text for each in texts]),
        np.array([place[each.statement] for each in texts], np.int32),
        np.array([each.is_asked for each in texts], np.bool_),
    )


def statement_meant(
    guide: ServiceGuide,
    rows: Sequence[tuple[float, ...]],
    aspects: Sequence[Aspect],
    calibration: StatementCalibration,
) -> Statement | None:
    """The one that answers the question; None where none surely does. `rows`: of `ReadGuide`."""
    likely = [calibration.weighing.likelihood(row) for row in rows]
    best = max(range(len(likely)), key=likely.__getitem__)
    found = guide.statements[best]
    floor = calibration.floors["asked" if aspects[0] in found.about else "other"]
    return found if likely[best] >= floor else None


def load_statement_calibration(path: Path = STATEMENT_CALIBRATION) -> StatementCalibration:
    figures = json.loads(path.read_text("utf-8"))
    return StatementCalibration(Weighing(tuple(figures["weights"]), figures["bias"]), figures["floors"])


def _lead(figures: NDArray[np.float32], at: int) -> float:
    if len(figures) < 2:
        return float(figures[at])
    best, second = np.sort(figures)[::-1][:2]
    return float(figures[at] - (second if figures[at] == best else best))

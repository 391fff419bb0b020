"""Which statement of a guide answers a question, by what the encoder says of it and of what is asked of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import Plainly
from knowledge_base.model import Aspect, CatalogueItem, ServiceGuide
from knowledge_base.search.encoder import Vectors
from knowledge_base.search.find import Weighing
from knowledge_base.search.meanings import Meanings
from knowledge_base.search.meant_texts import meant_by
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


class StatementReader:
    def __init__(
        self,
        catalogue: Iterable[CatalogueItem],
        plainly: Plainly,
        meanings: Meanings,
        calibration: StatementCalibration | None = None,
    ) -> None:
        self._also_called = {item.id: (item.name, *item.also_called) for item in catalogue}
        self._plainly, self._meanings = plainly, meanings
        self._calibration = calibration or load_statement_calibration()
        self._read: dict[tuple[str, str], ReadGuide] = {}

    def meant(self, guide: ServiceGuide, question: str, aspects: Sequence[Aspect]) -> Statement | None:
        """The one that surely answers the question. `aspects`: what it was understood to ask, at least one."""
        if not plain(question):
            return None
        likely = [self._calibration.weighing.likelihood(row) for row in self.rows(guide, question, aspects)]
        best = max(range(len(likely)), key=likely.__getitem__)
        found = guide.statements[best]
        floor = self._calibration.floors["asked" if aspects[0] in found.about else "other"]
        return found if likely[best] >= floor else None

    def rows(
        self, guide: ServiceGuide, question: str, aspects: Sequence[Aspect], without: str = ""
    ) -> list[tuple[float, ...]]:
        """For each statement. `without`: as if no listed question came to that."""
        # A library never changes: of one region and day a guide stands as it is.
        key = (guide.id, guide.region)
        if key not in self._read:
            self._read[key] = self._reading(guide)
        read = self._read[key].without(without) if without else self._read[key]
        return read.rows(self._meanings.of_question(self._plainly(question)), aspects)

    def _reading(self, guide: ServiceGuide) -> ReadGuide:
        names = (*self._also_called.get(guide.id, ()), guide.short_name, *guide.aliases)
        texts = [*meant_by(guide, names, self._plainly)]
        place = {statement.id: at for at, statement in enumerate(guide.statements)}
        return ReadGuide(
            guide,
            tuple(each.text for each in texts),
            self._meanings.vectors([each.text for each in texts]),
            np.array([place[each.statement] for each in texts], np.int32),
            np.array([each.is_asked for each in texts], np.bool_),
        )


def load_statement_calibration(path: Path = STATEMENT_CALIBRATION) -> StatementCalibration:
    figures = json.loads(path.read_text("utf-8"))
    return StatementCalibration(Weighing(tuple(figures["weights"]), figures["bias"]), figures["floors"])


def _lead(figures: NDArray[np.float32], at: int) -> float:
    if len(figures) < 2:
        return float(figures[at])
    best, second = np.sort(figures)[::-1][:2]
    return float(figures[at] - (second if figures[at] == best else best))

"""Which statement of a guide answers a question, by what the encoder says of it and of what is asked of it, and by the
words that they share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.language.asking import content_of
from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import Plainly
from knowledge_base.model import NATIONAL, Aspect, CatalogueItem, ServiceGuide
from knowledge_base.search.encoder import Vectors
from knowledge_base.search.find import Weighing
from knowledge_base.search.meanings import Meanings, Packed
from knowledge_base.search.meant_texts import meant_by
from knowledge_base.search.remembering import remembered
from knowledge_base.search.shared_letters import SharedLetters
from knowledge_base.statements import Statement, Summary

STATEMENT_CALIBRATION = Path(__file__).parent / "statement_calibration.json"
_FAR = -1.0
"""Where nothing is asked of a statement."""
MOST_BESIDE = 2
SHARE_HERE = 0.2
"""So likely beside what leads is what the place itself says of the same aspect, at least, to be told before it. Of 397
development questions about one fact 32 are then told both; in the five or six where the place says something else of
the aspect, what answers stands right behind it."""
EVERYWHERE = "", NATIONAL
MOST_REMEMBERED = 32
"""Readings of guides: one message asks for the same one several times."""
Figures = NDArray[np.float32]
_PLACES: Mapping[Aspect, int] = {aspect: at for at, aspect in enumerate(Aspect)}
AspectChances = Callable[[str], Mapping[Aspect, float]]
"""How likely a sentence asks each aspect, summing to 1."""


@dataclass(frozen=True)
class StatementCalibration:
    """Fitted by `python -m evaluation.statements.calibrate`, never by taste."""

    weighing: Weighing
    floors: Mapping[str, float]
    """From this likelihood on a statement leads: `asked`, where it is about what was understood to be asked;
    `overview`, where the whole item was and it is not what that comes down to; else `other`. From `beside` on it is
    told before the rest."""


@dataclass(frozen=True)
class Likely:
    statement: Statement
    likelihood: float
    """That it answers, in [0, 1]."""
    nearest: float
    """Cosine of the question to the nearest of what it says and is asked, in [-1, 1]."""


@dataclass(frozen=True)
class Read:
    """What of a guide answers."""

    leading: Statement | None = None
    beside: tuple[Statement, ...] = ()
    """Those that may answer as well, the likeliest first."""
    here: Statement | None = None
    """What the place itself says of that, where what leads holds everywhere or is another place's example."""


@dataclass(frozen=True, eq=False)
class ReadGuide:
    """The vectors and the words of one guide as it stands in one region."""

    guide: ServiceGuide
    names: tuple[str, ...]
    """Of the item: what a question shares with them tells no statement from another."""
    texts: tuple[str, ...]
    vectors: Packed
    owner: NDArray[np.int32]
    """Of each vector, which statement."""
    is_asked: NDArray[np.bool_]
    letters: SharedLetters = field(init=False)
    about: NDArray[np.bool_] = field(init=False)
    """(statements, aspects), in the order of Aspect."""
    is_summary: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        statements = self.guide.statements
        letters = SharedLetters(self.texts, ~self.is_asked, self.names, len(statements))
        about = np.zeros((len(statements), len(_PLACES)), np.bool_)
        for at, each in enumerate(statements):
            about[at, [_PLACES[aspect] for aspect in each.about]] = True
        object.__setattr__(self, "letters", letters)
        object.__setattr__(self, "about", about)
        object.__setattr__(self, "is_summary", np.array([isinstance(each, Summary) for each in statements], np.bool_))

    def without(self, text: str) -> ReadGuide:
        """As if nobody had listed that."""
        kept = np.array([each != text for each in self.texts], np.bool_)
        texts = tuple(each for each in self.texts if each != text)
        return ReadGuide(self.guide, self.names, texts, self.vectors.where(kept), self.owner[kept], self.is_asked[kept])

    def rows(
        self, question: str, vector: Vectors, aspects: Sequence[Aspect], chances: Mapping[Aspect, float]
    ) -> NDArray[np.float64]:
        """(statements, figures). `vector`: of the question. `aspects`: what it was understood to ask; `chances`: of
        each aspect, by its words alone."""
        near = self.vectors.cosines(vector)
        says, asked = self._of_statements(near, ~self.is_asked), self._of_statements(near, self.is_asked)
        asked = np.where(asked == _FAR, says, asked)
        shared, weighed, listed = self._shared(question)
        bareness = 1 / (1 + self.characters_beside_the_item(question))
        likeliest = (self.about * np.array([chances.get(aspect, 0.0) for aspect in _PLACES])).max(axis=1, initial=0.0)
        is_first = self.about[:, _PLACES[aspects[0]]]
        is_beside = self.about[:, [_PLACES[aspect] for aspect in aspects[1:]]].any(axis=1)
        sums_up = self.is_summary & self.about[:, _PLACES[Aspect.OVERVIEW]]
        return np.column_stack(
            [
                says,
                asked,
                _leads(says),
                _leads(asked),
                _leads(np.maximum(says, asked)),
                is_first,
                is_beside,
                self.is_summary,
                sums_up,
                shared,
                _leads(shared),
                weighed,
                _leads(weighed),
                listed,
                _leads(listed),
                bareness * (self.is_summary & is_first),
                bareness * sums_up,
                bareness * self.is_summary,
                likeliest,
                likeliest * self.is_summary,
            ]
        )

    def characters_beside_the_item(self, question: str) -> int:
        """That neither ask nor stand in a name of the item. Who says none asks what it comes down to."""
        return len(set(content_of(question)).difference(*self.names))

    def _shared(self, question: str) -> tuple[Figures, Figures, Figures]:
        """Of each statement: which part of what the question says beside the item it says, too; the same, weighed by
        how few of them say it; and the largest part that something asked of it says."""
        parts, weighed = self.letters.shared(question)
        says = ~self.is_asked
        return (
            self._of_statements(parts, says),
            self._of_statements(weighed, says),
            np.maximum(self._of_statements(parts, self.is_asked), 0.0),
        )

    def _of_statements(self, figures: Figures, which: NDArray[np.bool_]) -> Figures:
        """The largest of each statement's texts."""
        largest = np.full(len(self.guide.statements), _FAR, np.float32)
        np.maximum.at(largest, self.owner[which], figures[which])
        return largest


class StatementReader:
    def __init__(
        self,
        catalogue: Iterable[CatalogueItem],
        plainly: Plainly,
        meanings: Meanings,
        aspect_chances: AspectChances,
        calibration: StatementCalibration | None = None,
    ) -> None:
        self._also_called = {item.id: (item.name, *item.also_called) for item in catalogue}
        self._plainly, self._meanings, self._aspect_chances = plainly, meanings, aspect_chances
        self._calibration = calibration or load_statement_calibration()
        self._read: dict[tuple[str, str], ReadGuide] = {}
        self._ranked: dict[tuple[str, str, str, tuple[Aspect, ...]], list[Likely]] = {}

    def read(self, guide: ServiceGuide, question: str, aspects: Sequence[Aspect]) -> Read:
        """What answers the question. `aspects`: what it was understood to ask, at least one."""
        return self.read_from(self.ranked(guide, question, aspects), aspects)

    def read_from(self, ranked: Sequence[Likely], aspects: Sequence[Aspect]) -> Read:
        """`ranked`: as from `ranked`, for the same aspects."""
        likely = [each.statement for each in ranked if each.likelihood >= self._calibration.floors["beside"]]
        if not ranked or ranked[0].likelihood < self._calibration.floors[floor_of(ranked[0].statement, aspects[0])]:
            return Read(None, tuple(likely[: MOST_BESIDE + 1]))
        leading = ranked[0].statement
        return self._read_with(leading, tuple(each for each in likely if each is not leading)[:MOST_BESIDE], ranked)

    def read_led_by(self, leading: Statement, guide: ServiceGuide, question: str, aspects: Sequence[Aspect]) -> Read:
        """Where it is known what answers."""
        return self._read_with(leading, (), self.ranked(guide, question, aspects))

    def _read_with(self, leading: Statement, beside: tuple[Statement, ...], ranked: Sequence[Likely]) -> Read:
        here = _said_here(leading, ranked)
        return Read(leading, tuple(each for each in beside if each is not here), here)

    def ranked(self, guide: ServiceGuide, question: str, aspects: Sequence[Aspect]) -> list[Likely]:
        """All of the guide, the likeliest first; nothing where nothing is asked."""
        asked = (guide.id, guide.region, question, tuple(aspects))
        return remembered(self._ranked, MOST_REMEMBERED, asked, lambda _: self._rank(guide, question, aspects))

    def _rank(self, guide: ServiceGuide, question: str, aspects: Sequence[Aspect]) -> list[Likely]:
        if not plain(question):
            return []
        rows = self.rows(guide, question, aspects)
        likelihoods = self._calibration.weighing.likelihoods_of_rows(rows)
        nearest, order = rows[:, :2].max(axis=1, initial=_FAR).tolist(), np.argsort(-likelihoods, kind="stable")
        likely = likelihoods.tolist()
        return [Likely(guide.statements[at], likely[at], nearest[at]) for at in order.tolist()]

    def rows(
        self, guide: ServiceGuide, question: str, aspects: Sequence[Aspect], without: str = ""
    ) -> NDArray[np.float64]:
        """(statements, figures). `without`: as if no listed question came to that."""
        read = self._of(guide).without(without) if without else self._of(guide)
        plainly = self._plainly(question)
        return read.rows(plainly, self._meanings.of_question(plainly), aspects, self._aspect_chances(plainly))

    def says_nothing_else(self, guide: ServiceGuide, question: str) -> bool:
        """Than the item and what is asked of it."""
        return not self.characters_beside_the_item(guide, question)

    def characters_beside_the_item(self, guide: ServiceGuide, question: str) -> int:
        """That neither ask nor stand in a name of the item."""
        return self._of(guide).characters_beside_the_item(self._plainly(question))

    def _of(self, guide: ServiceGuide) -> ReadGuide:
        # A library never changes: of one region and day a guide stands as it is.
        key = (guide.id, guide.region)
        if key not in self._read:
            self._read[key] = self._reading(guide)
        return self._read[key]

    def _reading(self, guide: ServiceGuide) -> ReadGuide:
        names = (*self._also_called.get(guide.id, ()), guide.short_name, *guide.aliases)
        texts = [*meant_by(guide, names, self._plainly)]
        place = {statement.id: at for at, statement in enumerate(guide.statements)}
        return ReadGuide(
            guide,
            names,
            tuple(each.text for each in texts),
            self._meanings.packed([each.text for each in texts]),
            np.array([place[each.statement] for each in texts], np.int32),
            np.array([each.is_asked for each in texts], np.bool_),
        )


def load_statement_calibration(path: Path = STATEMENT_CALIBRATION) -> StatementCalibration:
    figures = json.loads(path.read_text("utf-8"))
    return StatementCalibration(Weighing(tuple(figures["weights"]), figures["bias"]), figures["floors"])


def floor_of(statement: Statement, asked: Aspect) -> str:
    """Which of the floors it has to reach. `asked`: what was understood to be asked first."""
    if asked is Aspect.OVERVIEW:
        return "asked" if isinstance(statement, Summary) and asked in statement.about else "overview"
    return "asked" if asked in statement.about else "other"


def _said_here(leading: Statement, ranked: Sequence[Likely]) -> Statement | None:
    """解押要几天: what the law allows, and what is promised here."""
    if leading.region not in EVERYWHERE:
        return None
    chance = next((each.likelihood for each in ranked if each.statement is leading), 1.0)
    local = (each for each in ranked if each.statement.region not in EVERYWHERE)
    nearest = next((each for each in local if leading.about[0] in each.statement.about), None)
    return nearest.statement if nearest and nearest.likelihood >= SHARE_HERE * chance else None


def _leads(figures: Figures) -> Figures:
    """How far each is ahead of the best of the others."""
    if len(figures) < 2:
        return figures
    best, second = np.sort(figures)[::-1][:2]
    return np.asarray(figures - np.where(figures == best, second, best), np.float32)

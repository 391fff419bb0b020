"""Pure: evidence in, decision out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.beyond import Matter


class Meant(NamedTuple):
    """How near the sentences of one item lie to a question, by the encoder."""

    nearest: float
    """Cosine to the nearest one, in [-1, 1]."""
    nearby: float
    """Mean cosine to its eight nearest ones."""
    share: float
    """Of all sentences near the question, weighed by how near: its own, in [0, 1]."""


class Evidence(NamedTuple):
    """How one question and one service item go together. Every figure lies in [0, 1] unless said otherwise."""

    guide_id: str
    nearest: float
    """Cosine to the nearest text of the item, in [-1, 1]."""
    nearby: float
    """Mean cosine to its eight nearest texts."""
    to_the_point: float
    """Cosine to its nearest text with the asking (多少钱, 去哪办) taken out of both."""
    lexical: float
    """BM25 of its best text, s / (s + 10)."""
    coverage: float
    """Share of the question's tokens, by rarity, that stand anywhere in the item's texts."""
    named: float
    """Share of the question taken up by the longest of the item's names that stands in it."""
    text: str
    """The item's text that is nearest."""
    has_guide: bool
    """False: the catalogue knows the item, but nobody has written its guide."""
    off_topic: float
    """How much the question sounds like none for a service hall, whatever item it names."""
    learned: float | None = None
    """How much it sounds like the item, on no scale; None: nothing was learned of the item, as it is too new."""
    meant: Meant | None = None
    """None: the encoder was not asked."""


@dataclass(frozen=True)
class Hit:
    guide_id: str
    score: float
    """How likely it is that this item is meant, in [0, 1], as calibrated on the development questions."""
    text: str
    has_guide: bool
    named: bool = False
    """One of its names stands in the question."""


@dataclass(frozen=True)
class Weighed:
    """What speaks for the items, of one question, and how likely that makes them."""

    evidence: tuple[Evidence, ...]
    hits: tuple[Hit, ...]
    """As from `rank`."""


class Weighs(Protocol):
    """Makes a likelihood of a row of figures."""

    @property
    def bias(self) -> float:
        """In log-odds, of a row that says nothing."""

    def likelihoods(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """In [0, 1]."""

    def speaks(self, row: Sequence[float]) -> tuple[float, ...]:
        """How much each figure speaks for it, in log-odds; with `bias` they add up to those of the likelihood."""


@dataclass(frozen=True)
class Weighing:
    """A logistic regression."""

    weights: tuple[float, ...]
    """For the columns of `feature_rows`, in their order."""
    bias: float

    def likelihood(self, row: Sequence[float]) -> float:
        total = self.bias + sum(map(mul, self.weights, row))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def likelihoods(self, rows: Sequence[Sequence[float]]) -> list[float]:
        return [self.likelihood(row) for row in rows]

    def likelihoods_of_rows(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n,), of (n, figures)."""
        return np.asarray(1 / (1 + np.exp(-np.clip(self.bias + rows @ np.array(self.weights), -30.0, 30.0))))

    def speaks(self, row: Sequence[float]) -> tuple[float, ...]:
        return tuple(weight * figure for weight, figure in zip(self.weights, row, strict=True))


@dataclass(frozen=True)
class Weighings:
    learned: Weighs
    """For items of which something was learned."""
    unlearned: Weighs


@dataclass(frozen=True)
class Calibration:
    """Fitted by `python -m evaluation.retrieval.calibrate` on the development questions, never by taste."""

    at_a_glance: Weighings
    """For evidence without the encoder."""
    closely: Weighings
    """With what the encoder says."""
    sure: float
    """From this lead on, at a glance, the encoder is not asked."""
    answer_floor: float
    alone_floor: float
    """The same where no other item reaches the choice floor: nothing else comes into question."""
    margin: float
    choice_floor: float


@dataclass(frozen=True)
class Answered:
    hit: Hit
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Unsure:
    choices: tuple[Hit, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class NotFound:
    hits: tuple[Hit, ...]
    known: Hit | None = None
    """The item that is meant, when the catalogue knows it but has no guide for it."""
    beyond: Matter | None = None
    """What is meant instead of any item."""
    lawfully: tuple[Hit, ...] | None = None
    """Help to break the law is wanted, and these items are the lawful way to about that; None: it is not."""


Decision = Answered | Unsure | NotFound
MOST_CHOICES = 4


COMPARED = ("nearest", "nearby", "to_the_point", "lexical", "coverage")
"""What is also compared with the best of the other items: likelihood is a matter of the lead."""


NOT_AT_ALL = -1.0
"""What `learned` comes to where nothing of the question speaks for an item."""
UNMEANT = Meant(0.0, 0.0, 0.0)


def rank(evidence: Sequence[Evidence], calibration: Calibration) -> tuple[Hit, ...]:
    """One hit an item, best first."""
    hits = [
        Hit(each.guide_id, likelihood, each.text, each.has_guide, each.named > 0)
        for each, likelihood in zip(evidence, likelihoods_of(evidence, calibration), strict=True)
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.guide_id)))


def likelihoods_of(evidence: Sequence[Evidence], calibration: Calibration) -> list[float]:
    """That this item is meant, of each."""
    rows, weighed_by = feature_rows(evidence), [weighing_of(each, calibration) for each in evidence]
    found = [0.0] * len(rows)
    for weighs in {id(each): each for each in weighed_by}.values():
        places = [at for at, each in enumerate(weighed_by) if each is weighs]
        for at, likelihood in zip(places, weighs.likelihoods([rows[at] for at in places]), strict=True):
            found[at] = likelihood
    return found


def is_sure(hits: Sequence[Hit], calibration: Calibration) -> bool:
    """`hits`: best first, by evidence at a glance."""
    return bool(hits) and hits[0].score - (hits[1].score if len(hits) > 1 else 0.0) >= calibration.sure


def feature_rows(evidence: Sequence[Evidence]) -> list[tuple[float, ...]]:
    """For each item: its figures, then its lead in each of COMPARED over the best other item; where something was
    learned of it, how much the question sounds like it and the lead in that as well; where the encoder was asked, the
    same of what it says."""
    led = zip(*(leads([getattr(each, name) for each in evidence]) for name in COMPARED), strict=True)
    learned = [NOT_AT_ALL if each.learned is None else each.learned for each in evidence]
    meant_led = [leads([(each.meant or UNMEANT)[figure] for each in evidence]) for figure in range(len(UNMEANT))]
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
            *(() if each.learned is None else (sounds_like, sounds_likelier)),
            *(() if each.meant is None else (*each.meant, *(column[at] for column in meant_led))),
        )
        for at, (each, over_others, sounds_like, sounds_likelier) in enumerate(
            zip(evidence, led, learned, leads(learned), strict=True)
        )
    ]


def figures_named(evidence: Evidence) -> tuple[str, ...]:
    """What each column of its feature row is."""
    led = [f"lead in {name}" for name in COMPARED]
    learned = () if evidence.learned is None else ("learned", "lead in learned")
    meant = () if evidence.meant is None else [f"meant: {name}" for name in Meant._fields]
    meant_led = [f"lead in {name}" for name in meant]
    return (*Evidence._fields[1:6], "named", "off_topic", *led, *learned, *meant, *meant_led)


def leads(figures: Sequence[float]) -> list[float]:
    """Of each over the best of the others; over nothing where it is alone."""
    if len(figures) < 2:
        return list(figures)
    best, second = sorted(figures, reverse=True)[:2]
    return [own - (second if own == best else best) for own in figures]


def decide(hits: tuple[Hit, ...], calibration: Calibration) -> Decision:
    if not hits or hits[0].score < calibration.choice_floor:
        return NotFound(hits)
    best = hits[0]
    runner_up = hits[1].score if len(hits) > 1 else 0.0
    is_likely = best.score >= calibration.answer_floor and best.score - runner_up >= calibration.margin
    if is_likely or (best.score >= calibration.alone_floor and runner_up < calibration.choice_floor):
        return Answered(best, hits) if best.has_guide else NotFound(hits, known=best)
    choices = tuple(hit for hit in hits[:8] if hit.score >= calibration.choice_floor and hit.has_guide)[:MOST_CHOICES]
    if not choices or (not best.has_guide and best.score >= calibration.answer_floor):
        return NotFound(hits, known=None if best.has_guide else best)
    return Unsure(choices, hits)


def weighing_of(evidence: Evidence, calibration: Calibration) -> Weighs:
    weighings = calibration.at_a_glance if evidence.meant is None else calibration.closely
    return weighings.unlearned if evidence.learned is None else weighings.learned

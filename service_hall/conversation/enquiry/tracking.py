"""Topic tracking: which service a sentence means, of those that were talked about and those that the search finds for
it alone. One learned decision over the sentence, over what the search says and over what each of their guides says to
it (docs/adr/0074)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from knowledge_base.language.asking import content_of, leans_back
from knowledge_base.language.learned import Grams, grams_of
from knowledge_base.language.plain import plain
from knowledge_base.library import Library
from knowledge_base.model import Aspect
from knowledge_base.search.find import Answered, Decision, Hit, NotFound, Unsure
from knowledge_base.search.trees import Trees, trees_of
from service_hall.conversation.context import MOST_TALKED_ABOUT
from service_hall.hearing.correcting import told_apart
from service_hall.hearing.parts import MOST_THEMES

CALIBRATION = Path(__file__).parent / "tracking.json"
LEARNED = Path(__file__).parent / "tracking.npz"
"""Too many figures for anybody to read: the trees, and the n-grams that tell the kinds of turns."""
MOST_MEANT = 2
"""So many that the search finds for what is put in the place of what is taken back."""
MOST_FOUND = 3
"""So many services that the search finds come into question, beside the latest of those talked about."""
FIGURES: Sequence[str] = (
    "is talked about",
    "was talked about before",
    "how lately",
    "likelihood alone",
    "lead alone",
    "named",
    "first alone",
    "fit",
    "likeliest statement",
    "lead of fit",
    "lead of statement",
    "same theme",
    "said by the guide",
    "strange thing",
    "leans back",
    "length",
    "nothing left to be about",
    "off topic",
    "words known",
    "nothing found",
    "several found",
    "known without guide",
    "hall found",
    "likelihood of the hall",
    "services talked about",
    "likelihood of what is meant",
    "first of what is meant",
    "fit of what is meant",
    "likelihood of what is taken back",
    "called what is taken back",
    "something is taken back",
)
"""Of one candidate; those of KINDS stand behind them."""
KINDS = "open", "on", "other", "back", "correct", "outside"
"""How a turn sounds by its letters: it opens a talk, goes on, goes over to another service, comes back to one, puts
something right, or is nothing of the hall's business."""


@dataclass(frozen=True)
class TrackingCalibration:
    """Fitted by `python -m evaluation.dialogue.calibrate_tracking`, never by taste."""

    sure: float
    """From this likelihood on a service is answered from."""
    alone: float
    """The same where no other is possible: an offer of one service would ask for nothing but a yes."""
    perhaps: float
    """From this one on it is worth an offer."""


@dataclass(frozen=True, eq=False)
class Learned:
    trees: Trees
    kinds: Grams


@dataclass(frozen=True)
class Candidate:
    item: str
    likelihood: float
    """That it is meant, in [0, 1]."""
    is_talked_about: bool


@dataclass(frozen=True)
class Tracked:
    candidates: tuple[Candidate, ...]
    """The likeliest first; at least one."""

    @property
    def best(self) -> Candidate:
        return self.candidates[0]

    @property
    def sure(self) -> Candidate | None:
        """What is answered from; None where nothing is likely enough."""
        figures = load_tracking()
        floor = figures.alone if len(self.possible) == 1 else figures.sure
        return self.best if self.best.likelihood >= floor else None

    @property
    def possible(self) -> tuple[Candidate, ...]:
        return tuple(each for each in self.candidates if each.likelihood >= load_tracking().perhaps)


@cache
def load_tracking(path: Path = CALIBRATION) -> TrackingCalibration:
    figures = json.loads(path.read_text("utf-8"))
    return TrackingCalibration(figures["sure"], figures["alone"], figures["perhaps"])


@cache
def load_learned(path: Path = LEARNED) -> Learned:
    with np.load(path, allow_pickle=False) as arrays:
        trees = {name.removeprefix("trees_"): arrays[name] for name in arrays if name.startswith("trees_")}
        return Learned(trees_of(trees), grams_of(arrays, "kinds"))


def keep_learned(learned: Learned, path: Path = LEARNED) -> None:
    parts = {"trees": learned.trees.content(), "kinds": learned.kinds.arrays}
    arrays: dict[str, Any] = {f"{part}_{name}": each for part, of in parts.items() for name, each in of.items()}
    np.savez_compressed(path, **arrays)


def track(library: Library, text: str, talked_about: Sequence[str], aspects: Sequence[Aspect]) -> Tracked:
    """`talked_about`: services with a guide, the latest first, at least one. `aspects`: what the sentence was
    understood to ask, at least one."""
    learned, rows = load_learned(), figures_of(library, text, talked_about, aspects)
    kinds = kinds_of(learned.kinds, text)
    likelihoods = learned.trees.likelihoods([(*row, *kinds) for row in rows.values()])
    candidates = [
        Candidate(item, likelihood, item in talked_about) for item, likelihood in zip(rows, likelihoods, strict=True)
    ]
    return Tracked(tuple(sorted(candidates, key=lambda each: -each.likelihood)))


def kinds_of(kinds: Grams, text: str) -> tuple[float, ...]:
    """How likely each of KINDS is, by the letters alone."""
    chances = dict(zip(kinds.labels, kinds.chances(plain(text)), strict=True))
    return tuple(chances[kind] for kind in KINDS)


def figures_of(
    library: Library, text: str, talked_about: Sequence[str], aspects: Sequence[Aspect]
) -> Mapping[str, tuple[float, ...]]:
    """Of each candidate, in the order of FIGURES."""
    talked_about = talked_about[:MOST_TALKED_ABOUT]
    found, alone = library.find(text), _Alone(library.find_item(text).hits)
    correction = told_apart(text)
    meant, taken_back = (
        _Alone(library.find_item(each).hits if plain(each) else ())
        for each in (correction.meant, correction.taken_back)
    )
    hits = (*alone.hits[:MOST_FOUND], *meant.hits[:MOST_MEANT])
    candidates = dict.fromkeys([*talked_about, *(hit.guide_id for hit in hits)])
    fits = {item: _fit(library, text, item, aspects) for item in candidates}
    theme, content = library.theme_of(talked_about[0]), content_of(text)
    of_sentence = _of_sentence(library, text, found)
    rows = {}
    for item in candidates:
        fit, best = fits[item]
        others = [fits[each] for each in candidates if each != item] or [(0.0, 0.0)]
        place = talked_about.index(item) if item in talked_about else None
        rows[item] = (
            float(place == 0),
            float(bool(place)),
            0.0 if place is None else 1 / (1 + place),
            alone.likelihood(item),
            alone.lead(item),
            alone.names(item),
            alone.is_first(item),
            fit,
            best,
            fit - max(each for each, _ in others),
            best - max(each for _, each in others),
            float(library.theme_of(item) == theme),
            _share_said(library, item, content),
            _strange(library, text, item),
            *of_sentence,
            float(len(talked_about)),
            meant.likelihood(item),
            meant.is_first(item),
            _fit(library, correction.meant, item, aspects)[0] if plain(correction.meant) else 0.0,
            taken_back.likelihood(item),
            float(bool(plain(correction.taken_back)) and library.is_called(item, correction.taken_back)),
            float(bool(plain(correction.taken_back))),
        )
    return rows


@dataclass(frozen=True)
class _Alone:
    """What the search finds for the sentence by itself."""

    hits: Sequence[Hit]
    """The likeliest first."""

    def likelihood(self, item: str) -> float:
        return next((hit.score for hit in self.hits if hit.guide_id == item), 0.0)

    def lead(self, item: str) -> float:
        return self.likelihood(item) - next((hit.score for hit in self.hits if hit.guide_id != item), 0.0)

    def names(self, item: str) -> float:
        return float(any(hit.named for hit in self.hits if hit.guide_id == item))

    def is_first(self, item: str) -> float:
        return float(any(hit.guide_id == item for hit in self.hits[:1]))


def _of_sentence(library: Library, text: str, found: Decision) -> tuple[float, ...]:
    content = content_of(text)
    of_hall = isinstance(found, Answered) and found.hit.guide_id not in library.names
    return (
        float(leans_back(text)),
        log(1 + len(plain(text))),
        float(not content),
        library.intents.off_topic(text),
        library.index.share_known(content),
        float(isinstance(found, NotFound)),
        float(isinstance(found, Unsure)),
        float(isinstance(found, NotFound) and found.known is not None),
        float(of_hall),
        found.hits[0].score if of_hall else 0.0,
    )


def _fit(library: Library, text: str, item: str, aspects: Sequence[Aspect]) -> tuple[float, float]:
    """How near the guide comes to the sentence: cosine to the nearest of what its statements say and are asked, in
    [-1, 1], and how likely the likeliest of them is to answer."""
    guide = library.guide(item)
    if guide is None or library.statement_reader is None:
        return 0.0, 0.0
    likely = library.statement_reader.ranked(guide, text, aspects)
    return (max(each.nearest for each in likely), likely[0].likelihood) if likely else (0.0, 0.0)


def _strange(library: Library, text: str, item: str) -> float:
    """Of the things that the sentence names (护照, 医保), which share the guide never speaks of, and is not about."""
    things = library.things.named_in(library.plainly(text), MOST_THEMES)
    others = [thing for thing, items in things.items() if item not in items]
    return sum(not library.speaks_of(item, thing) for thing in others) / len(others) if others else 0.0


def _share_said(library: Library, item: str, content: str) -> float:
    """Which part of what the sentence is about stands in the guide, in pairs of characters."""
    pairs = {content[at : at + 2] for at in range(len(content) - 1)}
    return sum(library.speaks_of(item, pair) for pair in pairs) / len(pairs) if pairs else 0.0

"""What of an item a question asks (its fee, its materials): one learned decision over how it is asked and over what of
the guide answers it (docs/adr/0076)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import log
from pathlib import Path

import numpy as np

from knowledge_base.language.intents import IntentReader
from knowledge_base.language.plain import plain
from knowledge_base.model import Aspect, ServiceGuide
from knowledge_base.search.statement_reader import Likely, StatementReader
from knowledge_base.search.trees import Trees, trees_of
from knowledge_base.statements import Summary

ASPECT_TREES = Path(__file__).parent / "aspect_trees.npz"
"""Grown by `python -m evaluation.statements.calibrate_aspects`; too many figures for anybody to read."""
ASPECTS = tuple(Aspect)
FIGURES: Sequence[str] = (
    "overview",
    "chance",
    "lead of chance",
    "understood first",
    "understood beside",
    "clear first",
    "clear",
    "likeliest statement of it",
    "its lead",
    "likeliest statement of it first",
    "leading statement of it first",
    "leading statement of it",
    "summary leads",
    "told by the guide",
    "bareness",
    "length",
    "likeliest statement is of it",
    "likelihood of the likeliest",
    "off topic",
    "chance of overview",
    "which",
)
"""Of one aspect. Chances are those of the words alone."""


class AspectReader:
    def __init__(self, intents: IntentReader, statements: StatementReader) -> None:
        self._intents, self._statements = intents, statements

    def read(self, guide: ServiceGuide, question: str, understood: Sequence[Aspect]) -> tuple[Aspect, ...]:
        """What it asks, first of all and beside. `understood`: by its words alone, at least one. What two parts of a
        question ask clearly stays in the order in which it is asked; what is clear is not given up for the whole."""
        likelihoods = load_aspect_trees().likelihoods(self.rows(guide, question, understood))
        likeliest = ASPECTS[max(range(len(ASPECTS)), key=likelihoods.__getitem__)]
        clear = self._intents.read_aspects(question)
        is_clear = understood[0] in clear and understood[0] is not Aspect.OVERVIEW
        if is_clear and (likeliest in understood or likeliest is Aspect.OVERVIEW):
            return tuple(understood)
        beside = [each for each in clear if each not in (likeliest, Aspect.OVERVIEW)]
        return (likeliest, *beside)[: max(len(understood), 1)]

    def rows(self, guide: ServiceGuide, question: str, understood: Sequence[Aspect]) -> list[tuple[float, ...]]:
        """Of each of ASPECTS, in the order of FIGURES."""
        chances = self._intents.aspect_chances(question)
        clear = self._intents.read_aspects(question)
        ranked = self._statements.ranked(guide, question, understood)
        leading = self._statements.read_from(ranked, understood).leading
        likeliest = ranked[0] if ranked else None
        of_any = {aspect: _likelihood_of(ranked, aspect) for aspect in ASPECTS}
        bareness = 1 / (1 + self._statements.characters_beside_the_item(guide, question))
        length, off_topic = log(1 + len(plain(question))), self._intents.off_topic(question)
        return [
            (
                float(aspect is Aspect.OVERVIEW),
                chances.get(aspect, 0.0),
                chances.get(aspect, 0.0) - max((chances[each] for each in chances if each is not aspect), default=0.0),
                float(understood[0] is aspect),
                float(aspect in understood[1:]),
                float(clear[:1] == (aspect,)),
                float(aspect in clear),
                of_any[aspect],
                of_any[aspect] - max(of_any[each] for each in ASPECTS if each is not aspect),
                max((each.likelihood for each in ranked if each.statement.about[:1] == (aspect,)), default=0.0),
                float(leading is not None and leading.about[0] is aspect),
                float(leading is not None and aspect in leading.about),
                float(isinstance(leading, Summary)),
                float(any(aspect in each.about for each in guide.statements)),
                bareness,
                length,
                float(likeliest is not None and likeliest.statement.about[0] is aspect),
                likeliest.likelihood if likeliest else 0.0,
                off_topic,
                chances.get(Aspect.OVERVIEW, 0.0),
                float(which),
            )
            for which, aspect in enumerate(ASPECTS)
        ]


@cache
def load_aspect_trees(path: Path = ASPECT_TREES) -> Trees:
    with np.load(path, allow_pickle=False) as arrays:
        return trees_of(arrays)


def keep_aspect_trees(trees: Trees, path: Path = ASPECT_TREES) -> None:
    np.savez_compressed(path, **trees.content())


def _likelihood_of(ranked: Sequence[Likely], aspect: Aspect) -> float:
    """Of the likeliest statement about it."""
    return max((each.likelihood for each in ranked if aspect in each.statement.about), default=0.0)

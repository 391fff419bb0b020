"""What of an item a question asks (its fee, its materials): one learned decision over how it is asked and over what of
the guide answers it (docs/adr/0076)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import log
from pathlib import Path

import numpy as np

from knowledge_base.language.asking import asks_what_is_paid
from knowledge_base.language.intents import IntentReader
from knowledge_base.language.plain import plain
from knowledge_base.model import Aspect, ServiceGuide
from knowledge_base.search.statement_reader import StatementReader
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
        if is_price_of_money(guide, question, understood[0]):
            return (Aspect.AMOUNT,)
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
        of_chance = [chances.get(aspect, 0.0) for aspect in ASPECTS]
        of_any, of_first = dict[Aspect, float](), dict[Aspect, float]()
        for each in reversed(ranked):  # the likeliest of each is written last
            of_any.update(dict.fromkeys(each.statement.about, each.likelihood))
            of_first[each.statement.about[0]] = each.likelihood
        likely = [of_any.get(aspect, 0.0) for aspect in ASPECTS]
        leads, leads_chance = _leads(likely), _leads(of_chance)
        bareness = 1 / (1 + self._statements.characters_beside_the_item(guide, question))
        length, off_topic = log(1 + len(plain(question))), self._intents.off_topic(question)
        return [
            (
                float(aspect is Aspect.OVERVIEW),
                of_chance[which],
                leads_chance[which],
                float(understood[0] is aspect),
                float(aspect in understood[1:]),
                float(clear[:1] == (aspect,)),
                float(aspect in clear),
                likely[which],
                leads[which],
                of_first.get(aspect, 0.0),
                float(leading is not None and leading.about[0] is aspect),
                float(leading is not None and aspect in leading.about),
                float(isinstance(leading, Summary)),
                float(aspect in of_any),
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


def is_price_of_money(guide: ServiceGuide, question: str, understood: Aspect) -> bool:
    """低保多少钱: of what pays and costs nothing, what one gets is asked."""
    if understood is not Aspect.FEE or asks_what_is_paid(question):
        return False
    summed_up = {aspect for each in guide.statements if isinstance(each, Summary) for aspect in each.about}
    return Aspect.AMOUNT in summed_up and Aspect.FEE not in summed_up


def _leads(figures: Sequence[float]) -> list[float]:
    """How far each is ahead of the best of the others."""
    best, second = sorted(figures)[:-3:-1]
    return [each - (second if each == best else best) for each in figures]

"""Whether a sentence tells of a case, a grievance or a matter of others, by its words and by what the encoder says it
means: 你们那收费不 shares its words with who is angry, and asks like everybody else."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from knowledge_base.language.learned import TOLD
from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import Plainly
from knowledge_base.search.learned_lives import SaidAndMeant
from knowledge_base.search.meanings import Meanings
from knowledge_base.search.remembering import MOST_REMEMBERED

CASE = "progress"


class ToldReader:
    def __init__(self, plainly: Plainly, meanings: Meanings, learned: SaidAndMeant) -> None:
        self._plainly, self._meanings, self._learned = plainly, meanings, learned
        self._read = lru_cache(maxsize=MOST_REMEMBERED)(self._chances)

    def told(self, text: str) -> dict[str, float]:
        """How likely each of TOLD is; what is left of 1 asks. Nothing of a text that says nothing."""
        return dict(self._read(text))

    def _chances(self, text: str) -> tuple[tuple[str, float], ...]:
        if not plain(text):
            return ()
        said = self._plainly(text)
        chances = likelihoods(self._learned.scores(said, self._meanings.of_question(said)))
        listed = zip(self._learned.said.labels, chances, strict=True)
        return tuple((label, chance) for label, chance in listed if label in TOLD)


def told_of_both(by_words: dict[str, float], closely: Mapping[str, float] | None) -> dict[str, float]:
    """How likely each of TOLD is. A case is told by its words alone: guides list 交了两个月没见钱，一般几天 as asked of
    how long it takes, and what is learned of them takes 还没下来 for such a question."""
    if closely is None:
        return by_words
    return {intent: (by_words if intent == CASE else closely).get(intent, 0.0) for intent in sorted(TOLD)}


def likelihoods(scores: list[float]) -> list[float]:
    """Summing to 1. `scores`: in log-odds."""
    most = max(scores)
    grown = [math.exp(score - most) for score in scores]
    whole = math.fsum(grown)
    return [each / whole for each in grown]

"""Reads what a sentence asks (aspect or dialogue act) without Rasa: for the search door and for when Rasa is away.

From the same file as Rasa's classifier (docs/adr/0031). Character n-grams need no segmentation, so typos and
odd cuts do little harm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge_base.language.examples import NLU_DATA, sources_of
from knowledge_base.language.interrogatives import questions_within
from knowledge_base.language.learned import ARTIFACT, TOLD, TRAIN_FIRST, Learned, NotLearned, load_learned
from knowledge_base.language.plain import plain
from knowledge_base.model import Aspect

OFF_TOPIC = "out_of_scope"
GRIEVANCES = frozenset({"complaint", "matter"})
"""Of the hall, and of what others handle: who is angry keeps them apart no better than a reader does."""
_CLEARLY_APART = 0.6
"""So sure is what each part of a clause asks; of 1190 development questions four are taken for two then, two of which
are."""
_ASPECTS: Mapping[str, Aspect] = {each.value: each for each in Aspect}
_CLAUSE = re.compile(r"[，。？！；,?!;\s]+")


@dataclass(frozen=True)
class Reading:
    intent: str
    confidence: float

    @property
    def aspect(self) -> Aspect | None:
        return _ASPECTS.get(self.intent.removeprefix("ask_"))


class IntentReader:
    def __init__(self, learned: Learned) -> None:
        self._learned = learned
        self._asked = learned.asked.labels

    def read(self, text: str) -> Reading:
        """Of all intents."""
        return self._read(plain(text))

    @lru_cache(maxsize=4096)  # noqa: B019 - one reader lives as long as the process
    def _read(self, bare: str) -> Reading:
        ranking = self._learned.ranking(bare, 1)
        return Reading(*ranking[0]) if ranking else self._read_asked(bare)

    def told(self, text: str) -> dict[str, float]:
        """How likely each of TOLD is; what is left of 1 asks."""
        return dict(self._told(plain(text)))

    def likeliest_aspect(self, text: str) -> Aspect:
        """The aspect among the aspects, for a sentence that is known to ask one."""
        ranked = sorted(zip(self._chances(plain(text)), self._asked, strict=True), reverse=True)
        return next((found for _, name in ranked if (found := Reading(name, 0.0).aspect)), Aspect.OVERVIEW)

    def aspect_chances(self, text: str) -> Mapping[Aspect, float]:
        """How likely each aspect is, for a sentence that is known to ask one: summing to 1."""
        chances = zip(self._asked, self._chances(plain(text)), strict=True)
        of_aspects = {aspect: chance for name, chance in chances if (aspect := Reading(name, 0.0).aspect)}
        whole = sum(of_aspects.values())
        return {aspect: chance / whole for aspect, chance in of_aspects.items()} if whole else {}

    def off_topic(self, text: str) -> float:
        """Likelihood, in [0, 1], that the sentence asks nothing a service hall answers."""
        if not plain(text):
            return 1.0
        return self._chances(plain(text))[self._asked.index(OFF_TOPIC)] if OFF_TOPIC in self._asked else 0.0

    def read_aspects(self, text: str, floor: float = 0.5) -> tuple[Aspect, ...]:
        """The aspects of each clause, in order, those alone that are asked clearly; of 要带啥去哪办 both."""
        clauses = [bare for clause in _CLAUSE.split(text) if len(bare := plain(clause)) >= 2]
        found = [aspect for clause in clauses for aspect in self._aspects_of(clause, floor)]
        return tuple(dict.fromkeys(found))

    def _aspects_of(self, clause: str, floor: float) -> list[Aspect]:
        """Of each part that asks by itself, where those are clearly several; else of the whole clause."""
        if len(parts := questions_within(clause, self._clarity)) > 1:
            readings = [self._read_asked(part) for part in parts]
            clear = [each.aspect for each in readings if each.aspect and each.confidence >= _CLEARLY_APART]
            if len(set(clear) - {Aspect.OVERVIEW}) > 1:
                return [each for each in clear if each is not Aspect.OVERVIEW]
        whole = self._read_asked(clause)
        return [whole.aspect] if whole.aspect and whole.confidence >= floor else []

    def _clarity(self, bare: str) -> float:
        return self._read_asked(bare).confidence

    @lru_cache(maxsize=4096)  # noqa: B019 - one reader lives as long as the process
    def _told(self, bare: str) -> tuple[tuple[str, float], ...]:
        chances = zip(self._learned.told.labels, self._learned.told.chances(bare), strict=True)
        return tuple((intent, chance) for intent, chance in chances if intent in TOLD)

    def _read_asked(self, bare: str) -> Reading:
        chances = self._chances(bare)
        best = max(range(len(chances)), key=chances.__getitem__)
        return Reading(self._asked[best], chances[best])

    @lru_cache(maxsize=4096)  # noqa: B019 - one reader lives as long as the process
    def _chances(self, bare: str) -> tuple[float, ...]:
        """For a sentence that asks: summing to 1."""
        return tuple(self._learned.asked.chances(bare))


def load_intent_reader(path: Path = ARTIFACT, folder: Path = NLU_DATA) -> IntentReader:
    """Raises NotLearned when there is nothing to read with, or the examples have changed since."""
    learned = load_learned(path)
    if learned.sources != sources_of(folder):
        raise NotLearned(f"{path.name} was learned from other examples; {TRAIN_FIRST}")
    return IntentReader(learned)

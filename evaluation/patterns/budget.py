"""Whether a pattern stays within its steps, however long the text and whatever stands in it."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from evaluation.patterns.repetitions import Family, families, words_in
from evaluation.patterns.steps import Counter, OverBudgetError

STEPS_A_CHARACTER = 250
"""And one for each word of the longest list: `re` tries a list word by word."""
GROWTH = 1.5
"""How many times the steps of a text a text four times as long may take, over four: 1 is linear, and 4 is quadratic."""
SHORT, LONG = 40, 400
"""Characters: all texts are tried short, and the worst of them long."""
MOST_PAIRS = 6
_WORST = 4


@dataclass(frozen=True)
class Cost:
    family: Family
    characters: int
    steps: int
    growth: float
    granted: int

    @property
    def steps_a_character(self) -> float:
        return self.steps / self.characters

    @property
    def is_over(self) -> bool:
        return self.steps > self.granted or self.growth > GROWTH


def cost_of(pattern: re.Pattern[str], ways: Set[str], most_pairs: int = MOST_PAIRS) -> Cost:
    """Of the worst text; of the first that goes over the budget, if one does."""
    a_character = STEPS_A_CHARACTER + words_in(pattern)
    counter = Counter(pattern)
    taken: list[tuple[float, Family, str]] = []
    for family in families(pattern, most_pairs):
        text = family.text(SHORT)
        for way in sorted(ways):
            steps = steps_of(counter, way, text, a_character * len(text))
            if steps > a_character * len(text):
                return Cost(family, len(text), steps, 1, a_character * len(text))
            taken.append((steps / len(text), family, way))
    costs = []
    for _, family, way in sorted(taken, key=lambda each: -each[0])[:_WORST]:
        middle, longest = family.text(LONG // 4), family.text(LONG)
        granted = a_character * len(longest)
        before, after = (steps_of(counter, way, text, granted) for text in (middle, longest))
        growth = after * len(middle) / (max(before, 1) * len(longest))
        costs.append(Cost(family, len(longest), after, growth, granted))
    return max(costs, key=lambda cost: (cost.is_over, cost.steps_a_character))


def steps_of(counter: Counter, way: str, text: str, budget: int) -> int:
    """Once it is over the budget, it is stopped."""
    counter.spent, counter.budget = 0, budget
    try:
        found = getattr(counter, way)(text)
        if way == "finditer":
            for _ in found:
                pass
    except OverBudgetError:
        pass
    return counter.spent

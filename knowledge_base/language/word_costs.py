"""How unlikely a word is, where people speak of what the hall does: in nats, of the knowledge's own words and of the
general dictionary's in equal parts."""

from __future__ import annotations

import math
from collections.abc import Mapping

from knowledge_base.language.general_words import general_words

_OWN = 0.5
"""Share of the words that are taken to be the knowledge's."""
_LETTER = 8000
"""So often is any letter taken to be read: what is rare stands in a name (骏宝巴士), and is no slip. Of 3000 sentences
of letters 9 are changed then, and 45 where it is 300, at as many slips found."""


class WordCosts:
    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts`: of each word of the knowledge, in how many of its texts it stands."""
        general = general_words()
        self._counts, self._general = counts, general.FREQ
        self._of_own = _OWN / max(1, sum(counts.values()))
        self._of_general = (1 - _OWN) / general.total

    def of(self, word: str) -> float | None:
        """None: it is no word. A single letter always is."""
        own, general = self._counts.get(word, 0), self._general.get(word, 0)
        if len(word) == 1:
            general = max(general, _LETTER)
        elif not own and not general:
            return None
        return -math.log(own * self._of_own + general * self._of_general)

    def of_own(self, word: str) -> float:
        """As a word of the knowledge, which it must be."""
        return -math.log(self._counts[word] * self._of_own)

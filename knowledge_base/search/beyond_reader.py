"""Whether a sentence lies nearer to what is beyond the catalogue than to any item."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from knowledge_base.beyond import Matter
from knowledge_base.language.asking import content_of
from knowledge_base.language.spoken import Plainly
from knowledge_base.search.find import Decision, NotFound
from knowledge_base.search.meanings import MeaningIndex, Meanings
from knowledge_base.search.remembering import MOST_REMEMBERED

CLEARLY = 0.005
"""So much nearer it has to be: with less, development questions of ours are refused (docs/adr/0069)."""


class Beyond(NamedTuple):
    """The nearest matter beyond the catalogue."""

    matter: Matter
    nearness: float
    """Cosine to the nearest thing that is asked of it, in [-1, 1]."""


class BeyondReader:
    def __init__(self, matters: Sequence[Matter], plainly: Plainly, meanings: Meanings) -> None:
        """`matters`: at least one."""
        self._plainly, self._meanings = plainly, meanings
        self._of_text = [matter for matter in matters for _ in matter.texts]
        self._vectors = meanings.vectors(texts_of_beyond(matters, plainly))
        self._nearest = lru_cache(maxsize=MOST_REMEMBERED)(self._look_up)

    def beyond(self, text: str, items: MeaningIndex) -> Beyond | None:
        """None where some sentence of an item is about as near, and for a text that names nothing."""
        asked = self._plainly(text)
        if not content_of(asked):
            return None
        found = self._nearest(asked)
        nearest = max((each.nearest for each in items.of_items(asked).values()), default=-1.0)
        return found if found.nearness - nearest > CLEARLY else None

    def _look_up(self, asked: str) -> Beyond:
        near = self._vectors @ self._meanings.of_question(asked)
        at = int(np.argmax(near))
        return Beyond(self._of_text[at], float(near[at]))


def unless_beyond(
    decision: Decision, question: str, reader: BeyondReader | None, items: MeaningIndex | None
) -> Decision:
    """What is nearer to something beyond the catalogue is neither answered nor offered."""
    if isinstance(decision, NotFound) or reader is None or items is None:
        return decision
    found = reader.beyond(question, items)
    return NotFound(decision.hits, beyond=found.matter) if found else decision


def texts_of_beyond(matters: Sequence[Matter], plainly: Plainly) -> list[str]:
    """As the encoder reads them."""
    return [plainly(text) for matter in matters for text in matter.texts]

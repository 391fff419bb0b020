"""Whether a sentence lies nearer to what is beyond the catalogue than to any item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from knowledge_base.beyond import Matter
from knowledge_base.language.asking import content_of
from knowledge_base.language.spoken import Plainly
from knowledge_base.search.coarse import Book, vector_index
from knowledge_base.search.find import Decision, NotFound
from knowledge_base.search.meanings import MeaningIndex, Meanings
from knowledge_base.search.remembering import MOST_REMEMBERED
from knowledge_base.search.vector_index import VectorIndex

CLEARLY = 0.005
"""So much nearer it has to be: with less, development questions of ours are refused (docs/adr/0069)."""

_AGAIN = 256
"""So many are looked at as they are: of 1,312 development questions the nearest is found for all."""
_ROUNDING = 1e-4
"""Cosines come out so much apart, whichever way they are reckoned."""


class Beyond(NamedTuple):
    """The nearest matter beyond the catalogue."""

    matter: Matter
    nearness: float
    """Cosine to the nearest thing that is asked of it, in [-1, 1]."""


class BeyondReader:
    def __init__(
        self,
        matters: Sequence[Matter],
        plainly: Plainly,
        meanings: Meanings,
        books: Mapping[str, Book] | None = None,
    ) -> None:
        """`matters`: at least one. `books`: see `vector_index`."""
        self._plainly, self._meanings = plainly, meanings
        self._of_text = [matter for matter in matters for _ in matter.texts]
        vectors = meanings.vectors(texts_of_beyond(matters, plainly))
        self._index = VectorIndex(vector_index(vectors, 1, books or {}, half=True, again=_AGAIN))
        self._nearest = lru_cache(maxsize=MOST_REMEMBERED)(self._look_up)

    def beyond(self, text: str, items: MeaningIndex, likeliest: str = "") -> Beyond | None:
        """None where some sentence of an item is about as near, and for a text that names nothing. `likeliest`: the
        item whose sentences are looked at before all others', for mostly that is enough."""
        asked = self._plainly(text)
        if not content_of(asked):
            return None
        found = self._nearest(asked)
        if found.nearness - items.nears(asked, likeliest) <= CLEARLY - _ROUNDING:
            return None
        nearest = max((each.nearest for each in items.of_items(asked).values()), default=-1.0)
        return found if found.nearness - nearest > CLEARLY else None

    def _look_up(self, asked: str) -> Beyond:
        nearness, at = self._index.nearest(self._meanings.of_question(asked)[None], 1)
        return Beyond(self._of_text[at[0]], float(nearness[0])) if len(at) else Beyond(self._of_text[0], -1.0)


def unless_beyond(
    decision: Decision, question: str, reader: BeyondReader | None, items: MeaningIndex | None
) -> Decision:
    """What is nearer to something beyond the catalogue is neither answered nor offered."""
    if isinstance(decision, NotFound) or reader is None or items is None:
        return decision
    found = reader.beyond(question, items, decision.hits[0].guide_id)
    return NotFound(decision.hits, beyond=found.matter) if found else decision


def texts_of_beyond(matters: Sequence[Matter], plainly: Plainly) -> list[str]:
    """As the encoder reads them."""
    return [plainly(text) for matter in matters for text in matter.texts]

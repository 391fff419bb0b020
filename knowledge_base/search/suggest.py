"""What somebody may be typing: names and questions, by what is written, by how it sounds (shenfenzheng) and by initials
(sfz), also mixed (身份z). What begins so comes first, then what has it further in; of either the shortest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from functools import lru_cache

from knowledge_base.language.plain import plain
from knowledge_base.language.typed import MOST_TYPED, ways_to_read
from knowledge_base.search.index import IndexedText
from knowledge_base.search.typed_index import TypedIndex

MOST_REMEMBERED = 4096
SHORT = 4
"""Characters: many citizens begin with the same, and the fewer they are the more there is to look at. What is longer
may be somebody's own, and is not kept."""


class Suggestions:
    """Never changed: a main part, and beside it all texts of the items that changed since."""

    def __init__(self, texts: Iterable[IndexedText]) -> None:
        self._main = TypedIndex(texts)
        self._arrange((), frozenset())

    def amended(self, items: Collection[str], texts: Iterable[IndexedText]) -> Suggestions:
        """`items`: those that changed; `texts`: of them, as they are now, and none where an item is gone."""
        new = copy(self)
        kept = (text for text in self._beside if text.guide_id not in items)
        new._arrange((*kept, *texts), self._gone | frozenset(items))
        return new

    def _arrange(self, beside: tuple[IndexedText, ...], gone: frozenset[str]) -> None:
        self._beside, self._gone = beside, gone
        self._parts = [(self._main, self._main.without(gone))]
        if beside:
            part = TypedIndex(beside)
            self._parts.append((part, part.without(())))
        self._of_short = lru_cache(maxsize=MOST_REMEMBERED)(self._fitting)

    def fitting(self, typed: str, most: int) -> tuple[str, ...]:
        bare = plain(typed)[:MOST_TYPED]
        return (self._of_short if len(bare) <= SHORT else self._fitting)(bare, most)

    def _fitting(self, bare: str, most: int) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for units in ways_to_read(bare) if bare else ():
            hits = [
                (is_further_in, len(part.texts[place]), part.texts[place])
                for part, is_there in self._parts
                for is_further_in, place in part.fitting(units, is_there, 2 * most)
            ]
            found |= dict.fromkeys(text for *_, text in sorted(hits, key=lambda hit: hit[:2]))
            if len(found) >= most:
                break
        return tuple(found)[:most]

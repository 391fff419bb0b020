"""What somebody may be typing: names and questions, by what is written, by how it sounds (shenfenzheng) and by initials
(sfz), also mixed (身份z). What begins so comes first, then what has it further in; of either the shortest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
    """Never changed. `main`: whole; `beside`: what was published since, with all texts of the items that changed; from
    the main part these (`gone`) are never suggested."""

    def __init__(self, main: TypedIndex, beside: TypedIndex | None = None, gone: Collection[str] = frozenset()) -> None:
        self._parts = [(main, main.without(gone))]
        if beside is not None:
            self._parts.append((beside, beside.without(())))
        self._of_short = lru_cache(maxsize=MOST_REMEMBERED)(self._fitting)

    def amended(self, texts: Iterable[IndexedText], gone: Collection[str]) -> Suggestions:
        """`texts`: all of the items `gone`, as they are now."""
        return Suggestions(self._parts[0][0], TypedIndex(texts), gone)

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

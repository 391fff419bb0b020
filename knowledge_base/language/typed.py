"""What a keyboard's letters may stand for: a syllable (zheng), the beginning of one (zhe, z), or themselves (证, 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from knowledge_base.language.pinyin import load_sounds

MOST_TYPED = 24
"""Characters: nobody types more before looking."""
MOST_WAYS, MOST_CUTS = 8, 64
"""So many are followed up, the likeliest of so many."""
_PART = re.compile(r"[a-z]+|[^a-z]")
_INITIALS = frozenset({"zh", "ch", "sh"})


@dataclass(frozen=True)
class Unit:
    """Stands for one character. Either is empty."""

    written: str = ""
    sound: str = ""
    """The beginning of its syllable."""


def ways_to_read(typed: str) -> tuple[tuple[Unit, ...], ...]:
    """The fewest syllables first: xian is 先, and 西安. `typed`: plain. Empty where no syllable begins so."""
    ways: list[tuple[Unit, ...]] = [()]
    parts = _PART.findall(typed[:MOST_TYPED])
    for at, part in enumerate(parts):
        if not part.isascii() or part.isdigit():
            ways = [(*way, Unit(written=part)) for way in ways]
            continue
        read = sorted(islice(_cuts(part, at == len(parts) - 1), MOST_CUTS), key=_unlikely)[:MOST_WAYS]
        ways = [(*way, *(Unit(sound=each) for each in sounds)) for way in ways for sounds in read][:MOST_WAYS]
    return tuple(ways)


def _cuts(letters: str, is_last: bool) -> Iterator[tuple[str, ...]]:
    """Into syllables and their initials, the longest first; what is typed last may be any beginning of one."""
    whole, begun = _syllables()
    # From which place on the rest can be cut: so that no way ends nowhere.
    can = [False] * len(letters) + [True]

    def fits(part: str, end: int) -> bool:
        if end == len(letters) and is_last:
            return part in begun
        return part in whole or len(part) == 1 or part in _INITIALS

    longest = max(map(len, whole))
    for at in range(len(letters) - 1, -1, -1):
        ends = range(at + 1, min(len(letters), at + longest) + 1)
        can[at] = any(can[end] and letters[at:end] in begun and fits(letters[at:end], end) for end in ends)

    def cut(at: int) -> Iterator[tuple[str, ...]]:
        if at == len(letters):
            yield ()
        for end in range(min(len(letters), at + longest), at, -1):
            part = letters[at:end]
            if can[end] and part in begun and fits(part, end):
                yield from ((part, *rest) for rest in cut(end))

    return cut(0) if can[0] else iter(())


def _unlikely(cut: tuple[str, ...]) -> tuple[int, int]:
    """The more syllables, and the more of them that are but begun."""
    whole, _ = _syllables()
    return len(cut), sum(each not in whole or len(each) == 1 for each in cut)


@cache
def _syllables() -> tuple[frozenset[str], frozenset[str]]:
    """Whole ones, and what one may begin with. A letter of our own (etc, a1) is a sound of its own."""
    whole = load_sounds().syllables | frozenset("abcdefghijklmnopqrstuvwxyz")
    return whole, frozenset(each[:end] for each in whole for end in range(1, len(each) + 1))

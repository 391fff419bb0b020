"""Which Han letters look alike: 证 and 征 by what stands at their right, 己 and 已 by their corners (四角号码)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge_base.language.dictionaries import dictionary_lines

_CORNERS = 4
_STROKES = frozenset("一丨丿丶乛乙亅㇆乚")
"""Alone they make nothing look like anything."""


@dataclass(frozen=True)
class _Shape:
    corners: str
    parts: frozenset[str]
    radical: str


def looks_alike(one: str, other: str) -> bool:
    """A part of theirs is the same, and not the radical alone; or all corners but one are."""
    shapes = _shapes()
    if one not in shapes or other not in shapes:
        return False
    mine, its = shapes[one], shapes[other]
    if (mine.parts & its.parts) - {mine.radical, its.radical}:
        return True
    same = sum(left == right for left, right in zip(mine.corners, its.corners, strict=False))
    return same >= _CORNERS - 1 and bool(mine.parts & its.parts)


@cache
def _shapes() -> Mapping[str, _Shape]:
    shapes = {}
    for line in dictionary_lines("chinese_char_dictionary"):
        letter, radical, _, corners, parts, *_ = line.split("\t")
        shapes[letter] = _Shape(corners[:_CORNERS], frozenset(parts) - _STROKES | {letter}, radical)
    return shapes

"""Texts that a pattern finds hard: its own parts over and over, behind what leads to them, before what fits nowhere."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.patterns.nodes import letters_of, parts_of, tree_of

_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_STRANGE = "♪"
"""What no pattern has a place for, unless it takes anything."""


@dataclass(frozen=True)
class Family:
    """One text in every length."""

    before: str
    unit: str
    after: str

    def text(self, characters: int) -> str:
        room = characters - len(self.before) - len(self.after)
        return self.before + self.unit * max(1, room // len(self.unit)) + self.after


def families(pattern: re.Pattern[str], most_pairs: int) -> list[Family]:
    """Every part alone, behind what leads to its repeat and by itself; and parts in pairs, `most_pairs` of each repeat,
    drawn by lot where there are more."""
    chance = random.Random(pattern.pattern.encode("utf-8", "surrogatepass"))  # one forbids halves of characters
    tree = tree_of(pattern)
    endings = ("", _STRANGE, "\n") if "ANY" in repr(tree) else ("", _STRANGE)
    found: dict[Family, None] = {}
    for before, units, repeats in _repeats(tree, ""):
        for unit in _with_pairs(units, most_pairs if repeats else 0, chance):
            around = [(_STRANGE, _STRANGE), *((before, ending) for ending in endings)]
            found.update((Family(lead, unit, ending), None) for lead, ending in around)
    return list(found)


def words_in(pattern: re.Pattern[str]) -> int:
    """Of its longest list, and of the lists within that one."""

    def longest(tree: Any) -> int:
        inside = (longest(part) for op, value in tree for part in parts_of(op, value))
        return max((len(value[1]) for op, value in tree if str(op) == "BRANCH"), default=0) + max(inside, default=0)

    return longest(tree_of(pattern))


def _with_pairs(units: Sequence[str], most: int, chance: random.Random) -> list[str]:
    pairs = [a + b for a, b in itertools.permutations(units, 2)]
    return [*units, *(pairs if len(pairs) <= most else chance.sample(pairs, most))]


def _repeats(tree: Any, before: str, repeats: bool = False) -> Iterator[tuple[str, list[str], bool]]:
    """For the whole and for every repeat in it: what stands before it, its parts, whether it may come often."""
    yield before, units_of(tree), repeats
    for op, value in tree:
        often = str(op) in _REPEATS and value[1] > 1
        for part in parts_of(op, value):
            inner = _repeats(part, before, often)
            yield from inner if often else itertools.islice(inner, 1, None)
        before += _sample_of(op, value, 0)


def units_of(tree: Any) -> list[str]:
    """What each literal reads and each branch in its place, and the whole; with and without what may be left out."""
    found = [sample(tree, 0), sample(tree, 1), *_literals(tree)]
    for place, (op, value) in enumerate(tree):
        if str(op) == "IN":
            found += _members(op, value)
        if str(op) == "BRANCH":
            before, after = sample(tree[:place], 1), sample(tree[place + 1 :], 1)
            found += [before + sample(way, 1) + after for way in value[1]]
        found += [unit for part in parts_of(op, value) for unit in units_of(part)]
    return list(dict.fromkeys(each for each in found if each))


def sample(tree: Any, times: int) -> str:
    """A text that the tree reads, what it looks for around itself left out; what may be repeated, so many `times`."""
    return "".join(_sample_of(op, value, times) for op, value in tree)


def _sample_of(op: Any, value: Any, times: int) -> str:
    match str(op):
        case "LITERAL":
            return str(chr(value))
        case "NOT_LITERAL" | "IN" | "ANY":
            return _members(op, value)[0]
        case "BRANCH":
            ways = [sample(way, times) for way in value[1]]
            return max(ways, key=len) if times else ways[0]
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least: int = value[0]
            return sample(value[2], times) * max(least, times)
        case "SUBPATTERN":
            return sample(value[3], times)
        case "ATOMIC_GROUP":
            return sample(value, times)
    return ""


def _literals(tree: Any) -> list[str]:
    runs = itertools.groupby(tree, key=lambda node: str(node[0]) == "LITERAL")
    return ["".join(chr(value) for _, value in run) for is_literal, run in runs if is_literal]


def _members(op: Any, value: Any) -> list[str]:
    """Some of the characters that a node of one character takes."""
    key = f"{op}{value}"
    if key not in _members_known:
        _members_known[key] = _members_of(op, value)
    return _members_known[key]


_members_known: dict[str, list[str]] = {}


def _members_of(op: Any, value: Any) -> list[str]:
    if str(op) != "IN":
        return [letter for letter in "办x1 " if str(op) == "ANY" or ord(letter) != value][:2]
    listed = [chr(each) for kind, each in value if str(kind) == "LITERAL"]
    listed += [chr(each[0]) for kind, each in value if str(kind) == "RANGE"]
    letters = letters_of(op, value)
    return [each for each in dict.fromkeys((*listed[:3], *"办x1 Z一，")) if letters[each]][:3] or ["办"]

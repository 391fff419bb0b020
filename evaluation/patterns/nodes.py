"""A pattern's tree, made into nodes that each name the next: what `re` compiles it to, in words that can be counted.

The tree comes from the standard library's own parser, and every node of one character is asked of `re` itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

# The parser of `re` has no other name; the tests against `re` (test_steps.py) tell when it changes.
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]  # isort: skip

FOREVER: Final = _constants.MAXREPEAT
_ONE_CHARACTER = frozenset({_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY})

ONE, EITHER, MANY, LOOP, ENTER, MATCH, SAVE, AT, LOOK, HELD, ATOMIC, SAME, GIVEN, FAIL = range(14)
"""What a node is: one character, branches, a repeated character, a repeat and its beginning, the end, the edge of a
group, a place (^, $, \\b), a look around, a possessive repeat, an atomic group, a reference, a condition, nothing."""
Node = tuple[Any, ...]


def tree_of(pattern: re.Pattern[str]) -> Any:
    return _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)


class Letters(dict[str, bool]):
    """Which characters a node of one character takes, asked of `re` itself, each once."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern

    def __missing__(self, letter: str) -> bool:
        self[letter] = taken = self._pattern.fullmatch(letter) is not None
        return taken


class Ways(dict[str, tuple[tuple[int, int], ...]]):
    """By the character that comes next ('' at the end): the ways of a branch that can begin with it, each with the
    steps of passing over those before it. `re` looks at the first character of a way, too, before it takes it."""

    def __init__(self, ways: list[tuple[Mapping[str, object] | None, int]]) -> None:
        self._ways = ways

    def __missing__(self, letter: str) -> tuple[tuple[int, int], ...]:
        open_ones = [
            (number, node) for number, (first, node) in enumerate(self._ways, start=1) if first is None or first[letter]
        ]
        passed = [0, *(number for number, _ in open_ones)]
        self[letter] = found = tuple(
            (number - before, node) for (number, node), before in zip(open_ones, passed, strict=False)
        )
        return found


class Program:
    """`nodes`, and the one to begin with."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        tree = tree_of(pattern)
        self._state, self._loop = tree.state, 0
        self._loops = _loops_in(tree)
        self.nodes: list[Node] = []
        self.registers = 2 * self._loops + 2 * tree.state.groups
        self.start = self._build(tree, self._add(MATCH), tree.state.flags)

    def first_of(self, node: int) -> Mapping[str, object] | None:
        """What the way that begins there must begin with, true where it may; None where that is not to be seen."""
        step = self.nodes[node]
        if step[0] is SAVE:
            return self.first_of(step[2])
        if step[0] is ONE or step[0] is EITHER or (step[0] is MANY and step[2] > 0):
            first: Mapping[str, object] = step[1]
            return first
        return None

    def _add(self, *node: Any) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _build(self, tree: Any, after: int, flags: int) -> int:
        for op, value in reversed(list(tree)):
            after = self._node(op, value, after, flags)
        return after

    def _node(self, op: Any, value: Any, after: int, flags: int) -> int:
        if op in _ONE_CHARACTER:
            return self._add(ONE, self._letters(op, value, flags), after)
        match str(op):
            case "AT":
                return self._add(AT, self._alone(op, value, flags), after)
            case "BRANCH":
                ways = [self._build(each, after, flags) for each in value[1]]
                return self._add(EITHER, Ways([(self.first_of(way), way) for way in ways]))
            case "SUBPATTERN":
                return self._subpattern(value, after, flags)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self._repeat(str(op), value, after, flags)
            case "ATOMIC_GROUP":
                return self._add(ATOMIC, self._apart(value, flags), after)
            case "ASSERT" | "ASSERT_NOT":
                direction, tree = value
                back = tree.getwidth()[0] if direction < 0 else 0
                return self._add(LOOK, self._apart(tree, flags), back, str(op) == "ASSERT", after)
            case "GROUPREF":
                return self._add(SAME, self._slot(value), bool(flags & re.IGNORECASE), after)
            case "GROUPREF_EXISTS":
                group, yes, no = value
                otherwise = self._build(no, after, flags) if no else after
                return self._add(GIVEN, self._slot(group), self._build(yes, after, flags), otherwise)
            case "FAILURE":
                return self._add(FAIL)
        raise NotImplementedError(f"{op} is new")

    def _apart(self, tree: Any, flags: int) -> int:
        """Run by itself: what it has found is not tried in another way later."""
        return self._build(tree, self._add(MATCH), flags)

    def _subpattern(self, value: Any, after: int, flags: int) -> int:
        group, added, taken_away, tree = value
        flags = _compiler._combine_flags(flags, added, taken_away)
        if group is None:
            return self._build(tree, after, flags)
        slot = self._slot(group)
        return self._add(SAVE, slot, self._build(tree, self._add(SAVE, slot + 1, after), flags))

    def _repeat(self, kind: str, value: Any, after: int, flags: int) -> int:
        least, most, tree = value
        if (single := _single(tree)) is not None:
            return self._add(MANY, self._letters(*single, flags), least, most, kind, after)
        if kind == "POSSESSIVE_REPEAT":
            return self._add(HELD, self._apart(tree, flags), least, most, after)
        loop = 2 * self._loop
        self._loop += 1
        head = self._add(LOOP)
        body = self._build(tree, head, flags)
        self.nodes[head] = (LOOP, loop, least, most, kind == "MIN_REPEAT", body, after)
        return self._add(ENTER, loop, head)

    def _slot(self, group: int) -> int:
        return 2 * self._loops + 2 * group

    def _letters(self, op: Any, value: Any, flags: int) -> Letters:
        return Letters(self._alone(op, value, flags))

    def _alone(self, op: Any, value: Any, flags: int) -> re.Pattern[str]:
        alone: re.Pattern[str] = _compiler.compile(_parser.SubPattern(self._state, [(op, value)]), flags)
        return alone


def _single(tree: Any) -> tuple[Any, Any] | None:
    """The node, where the tree is one character wide and nothing more."""
    if len(tree) != 1:
        return None
    op, value = tree[0]
    if str(op) == "SUBPATTERN":
        return _single(value[3]) if value[0] is None and not (value[1] or value[2]) else None
    return (op, value) if op in _ONE_CHARACTER else None


def _loops_in(tree: Any) -> int:
    """Repeats of more than one character, wherever in the tree."""
    many = 0
    for op, value in tree:
        if str(op) in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            many += 1
        many += sum(map(_loops_in, parts_of(op, value)))
    return many


def letters_of(op: Any, value: Any) -> Letters:
    """Of a node of one character by itself."""
    return Letters(_compiler.compile(_parser.SubPattern(_parser.State(), [(op, value)]), 0))


def parts_of(op: Any, value: Any) -> list[Any]:
    """The trees within a node."""
    match str(op):
        case "BRANCH":
            return list(value[1])
        case "SUBPATTERN":
            return [value[3]]
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return [value[2]]
        case "ATOMIC_GROUP":
            return [value]
        case "ASSERT" | "ASSERT_NOT":
            return [value[1]]
        case "GROUPREF_EXISTS":
            return [each for each in value[1:] if each]
    return []

"""How many steps a backtracking engine takes over a text: counted, not timed, so the same on every machine.

The nodes of a pattern are walked the way that `re` walks them: first the preferred way, the others in their order when
that one fails. One step for every node that is tried, and one for every character that a repeated character runs over.
Nothing here recurses with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evaluation.patterns.nodes import (
    AT,
    ATOMIC,
    EITHER,
    ENTER,
    FOREVER,
    GIVEN,
    HELD,
    LOOK,
    LOOP,
    MANY,
    MATCH,
    ONE,
    SAME,
    SAVE,
    Node,
    Program,
)

_TOO_MANY = 10**9
_OTHER_BRANCH, _LESS, _MORE, _OTHERWISE = range(4)
"""What may be put off: the next branch, one character less of a repeat, one more, the other way of a loop."""

Registers = tuple[int, ...]
"""Two for each loop (how often, where the last time began), then two for each group; -1 where there is none."""
Ended = tuple[int, Registers]


class OverBudgetError(Exception):
    """More steps than were granted."""


class Counter:
    """`spent`: steps so far. The methods give spans where `re` gives matches."""

    def __init__(self, pattern: re.Pattern[str], budget: int = _TOO_MANY) -> None:
        self.pattern, self.budget, self.spent = pattern, budget, 0
        self._program = Program(pattern)
        self._nodes, self._start = self._program.nodes, self._program.start
        self._blank: Registers = (-1,) * self._program.registers
        self._begins = self._program.first_of(self._start)

    def finditer(self, text: str) -> Iterator[tuple[int, int]]:
        """The spans of `pattern.finditer`; `sub`, `split` and `search` go over the same starts, or fewer."""
        at, not_empty_at = 0, -1
        while at <= len(text):
            found = self._search(text, at, not_empty_at)
            if found is None:
                return
            yield found
            at = found[1]
            not_empty_at = at if found[0] == found[1] else -1

    def search(self, text: str) -> tuple[int, int] | None:
        return self._search(text, 0, -1)

    def match(self, text: str) -> tuple[int, int] | None:
        ended = self._run(self._start, text, 0, self._blank)
        return (0, ended[0]) if ended else None

    def fullmatch(self, text: str) -> tuple[int, int] | None:
        ended = self._run(self._start, text, 0, self._blank, only_at=len(text))
        return (0, ended[0]) if ended else None

    def _search(self, text: str, first: int, not_empty_at: int) -> tuple[int, int] | None:
        begins = self._begins
        for start in range(first, len(text) + 1):
            self._spend(1)
            if begins is not None and not begins[text[start] if start < len(text) else ""]:
                continue
            ended = self._run(self._start, text, start, self._blank, not_at=not_empty_at if start == first else -1)
            if ended:
                return start, ended[0]
        return None

    def _spend(self, steps: int) -> None:
        self.spent += steps
        if self.spent > self.budget:
            raise OverBudgetError(self.pattern.pattern[:80])

    def _run(
        self, node: int, text: str, at: int, registers: Registers, *, only_at: int = -1, not_at: int = -1
    ) -> Ended | None:
        """Where the first way ends that ends well. `only_at`: it must end there; `not_at`: it must not."""
        nodes, end = self._nodes, len(text)
        others: list[tuple[Any, ...]] = []
        """What has been put off: another way, or a run of characters that can give some back or take more."""
        while True:
            self.spent += 1
            if self.spent > self.budget:
                raise OverBudgetError(self.pattern.pattern[:80])
            step = nodes[node]
            op = step[0]
            if op is ONE:
                if at < end and step[1][text[at]]:
                    at, node = at + 1, step[2]
                    continue
            elif op is EITHER:
                ways = step[1][text[at] if at < end else ""]
                if ways:
                    self.spent += ways[0][0]
                    node = ways[0][1]
                    if len(ways) > 1:
                        others.append((_OTHER_BRANCH, ways, 1, at, registers))
                    continue
            elif op is MANY:
                _, letters, least, most, kind, after = step
                most = end if most is FOREVER else min(end, at + most)
                run, goal = at, min(end, at + least) if kind == "MIN_REPEAT" else most
                while run < goal and letters[text[run]]:
                    run += 1
                self.spent += run - at
                if run >= at + least:
                    if kind == "MAX_REPEAT" and run > at + least:
                        others.append((_LESS, after, at + least, run - 1, registers))
                    elif kind == "MIN_REPEAT" and run < most:
                        others.append((_MORE, after, run, most, registers, letters))
                    at, node = run, after
                    continue
            elif op is LOOP:
                _, loop, least, most, lazy, body, after = step
                many, began = registers[loop], registers[loop + 1]
                if many < least:
                    registers, node = _with(registers, loop, many + 1, began), body
                    continue
                again = (most is FOREVER or many < most) and at != began
                once_more = _with(registers, loop, many + 1, at) if again else registers
                if lazy:
                    if again:
                        others.append((_OTHERWISE, body, at, once_more))
                    node = after
                elif again:
                    others.append((_OTHERWISE, after, at, registers))
                    registers, node = once_more, body
                else:
                    node = after
                continue
            elif op is ENTER:
                registers, node = _with(registers, step[1], 0, -1), step[2]
                continue
            elif op is MATCH:
                if (only_at < 0 or at == only_at) and at != not_at:
                    return at, registers
            elif op is SAVE:
                registers = (*registers[: step[1]], at, *registers[step[1] + 1 :])
                node = step[2]
                continue
            elif op is AT:
                if step[1].match(text, at):
                    node = step[2]
                    continue
            elif op is LOOK:
                _, inside, back, wanted, after = step
                ended = self._run(inside, text, at - back, registers) if at >= back else None
                if bool(ended) is wanted:
                    registers, node = ended[1] if ended else registers, after
                    continue
            elif op is HELD:
                if ended := self._held(step, text, at, registers):
                    (at, registers), node = ended, step[4]
                    continue
            elif op is ATOMIC:
                if ended := self._run(step[1], text, at, registers):
                    (at, registers), node = ended, step[2]
                    continue
            elif op is SAME:
                length = self._length_of_same(step, text, at, registers)
                if length is not None:
                    at, node = at + length, step[3]
                    continue
            elif op is GIVEN:
                node = step[2] if registers[step[1] + 1] >= 0 else step[3]
                continue
            # This way ends here: back to what was put off last.
            while others:
                put_off = others.pop()
                kind = put_off[0]
                if kind is _OTHER_BRANCH:
                    _, ways, way, at, registers = put_off
                    steps, node = ways[way]
                    self.spent += steps
                    if way + 1 < len(ways):
                        others.append((_OTHER_BRANCH, ways, way + 1, at, registers))
                elif kind is _LESS:
                    _, node, least, at, registers = put_off
                    if at > least:
                        others.append((_LESS, node, least, at - 1, registers))
                elif kind is _MORE:
                    _, node, at, most, registers, letters = put_off
                    self.spent += 1
                    if not letters[text[at]]:
                        continue
                    at += 1
                    if at < most:
                        others.append((_MORE, node, at, most, registers, letters))
                else:
                    _, node, at, registers = put_off
                break
            else:
                return None

    def _length_of_same(self, step: Node, text: str, at: int, registers: Registers) -> int | None:
        _, slot, any_case, _ = step
        begin, until = registers[slot], registers[slot + 1]
        if begin < 0 or until < 0:
            return None
        said, here = text[begin:until], text[at : at + until - begin]
        self._spend(len(said))
        return len(said) if said == here or (any_case and said.lower() == here.lower()) else None

    def _held(self, step: Node, text: str, at: int, registers: Registers) -> Ended | None:
        _, body, least, most, _ = step
        many = 0
        while most is FOREVER or many < most:
            ended = self._run(body, text, at, registers)
            if ended is None:
                break
            many += 1
            is_empty = ended[0] == at
            at, registers = ended
            if is_empty and many >= least:
                break
        return (at, registers) if many >= least else None


def _with(registers: Registers, loop: int, many: int, began: int) -> Registers:
    return (*registers[:loop], many, began, *registers[loop + 2 :])

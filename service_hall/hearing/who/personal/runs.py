"""Digits that belong together although something stands between them: 138-0013 8000, 110101／1990 0307·0011."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from service_hall.hearing.who.personal.folding import narrow

# Whatever is no letter and no digit, of any script. Three stars hide something already: 138****8000.
_GAP = re.compile(r"(?:[^\w*]|_|\*(?!\*\*)){0,6}")
_MOST_SINGLES = 40
# 周一一三八…: the day stays apart.
_GROUP = re.compile("[0-9]+|(?<=[周期拜])[０-９](?=１[３-９][０-９]{9}(?![０-９]))|[０-９]+")


class Group(NamedTuple):
    """Digits without a gap, all written or all read out."""

    start: int
    end: int
    digits: str


class Run:
    """Groups with gaps between them."""

    def __init__(self, text: str, groups: Sequence[Group]) -> None:
        self.text, self.groups = text, tuple(groups)
        self.digits = "".join(group.digits for group in groups)
        self.offsets = (0, *accumulate(len(group.digits) for group in groups))

    @property
    def is_endless(self) -> bool:
        """So many digits one by one are no list, and not worth the search."""
        return len(self.groups) > _MOST_SINGLES and len(self.digits) < 1.5 * len(self.groups)

    def windows(self, fewest: int, most: int) -> Iterator[Window]:
        """Groups one behind the other, with so many digits; one group alone may have more."""
        for first, begun in enumerate(self.offsets[:-1]):
            for last in range(first, len(self.groups)):
                length = self.offsets[last + 1] - begun
                if length > most and last > first:
                    break
                if length >= fewest:
                    yield Window(self, first, last)

    @cached_property
    def even_until(self) -> list[int]:
        """For each group the last one as long as it is, with none of another length between."""
        return self._until(lambda one, other: len(one.digits) == len(other.digits))

    @cached_property
    def blank_until(self) -> list[int]:
        """For each group the last one that only blanks lead to."""
        return self._until(lambda one, other: not self.text[one.end : other.start].strip())

    def _until(self, goes_on: Callable[[Group, Group], bool]) -> list[int]:
        until = list(range(len(self.groups)))
        for at in reversed(range(len(self.groups) - 1)):
            if goes_on(self.groups[at], self.groups[at + 1]):
                until[at] = until[at + 1]
        return until


class Window(NamedTuple):
    """Some groups of a run; `first` and `last` are both in it."""

    run: Run
    first: int
    last: int

    @property
    def groups(self) -> tuple[Group, ...]:
        return self.run.groups[self.first : self.last + 1]

    @property
    def start(self) -> int:
        return self.run.groups[self.first].start

    @property
    def end(self) -> int:
        return self.run.groups[self.last].end

    @property
    def digits(self) -> str:
        return self.run.digits[self.run.offsets[self.first] : self.run.offsets[self.last + 1]]

    @property
    def is_one(self) -> bool:
        return self.first == self.last

    @property
    def is_even(self) -> bool:
        """All but the last are equally long, and it is no longer: 6222 0212 3456 7890 123."""
        first, last = self.run.groups[self.first], self.run.groups[self.last]
        return self.run.even_until[self.first] >= self.last - 1 and len(last.digits) <= len(first.digits)

    @property
    def has_blanks_only(self) -> bool:
        return self.run.blank_until[self.first] >= self.last

    def shape(self, behind: int = 0) -> tuple[int, ...]:
        """How many digits each group has, not counting the first few."""
        shape: list[int] = []
        for group in self.groups:
            left = max(len(group.digits) - behind, 0)
            behind -= len(group.digits) - left
            shape += [left] if left else []
        return tuple(shape)


def whole(text: str, groups: Sequence[Group]) -> Window:
    return Window(Run(text, groups), 0, len(groups) - 1)


def runs_in(text: str) -> Iterator[Run]:
    """`text`: folded."""
    groups: list[Group] = []
    for found in _GROUP.finditer(text):
        if groups and not _GAP.fullmatch(text, groups[-1].end, found.start()):
            yield Run(text, groups)
            groups = []
        groups.append(Group(found.start(), found.end(), narrow(found[0])))
    if groups:
        yield Run(text, groups)

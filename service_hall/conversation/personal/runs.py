"""Digits that belong together although something stands between them: 138-0013 8000, 110101／1990 0307·0011."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate

from service_hall.conversation.personal.folding import narrow

# Whatever is no letter and no digit, of any script. Three stars hide something already: 138****8000.
_GAP = re.compile(r"(?:[^\w*]|_|\*(?!\*\*)){0,6}")
# 周一一三八…: the day stays apart.
_GROUP = re.compile("[0-9]+|(?<=[周期拜])[０-９](?=１[３-９][０-９]{9}(?![０-９]))|[０-９]+")


@dataclass(frozen=True)
class Group:
    """Digits without a gap, all written or all read out."""

    start: int
    end: int
    digits: str


@dataclass(frozen=True)
class Window:
    """Some groups of a run, one behind the other."""

    text: str
    groups: tuple[Group, ...]
    digits: str

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    def shape(self, behind: int = 0) -> tuple[int, ...]:
        """How many digits each group has, not counting the first few."""
        shape: list[int] = []
        for group in self.groups:
            left = max(len(group.digits) - behind, 0)
            behind -= len(group.digits) - left
            shape += [left] if left else []
        return tuple(shape)

    @property
    def has_blanks_only(self) -> bool:
        """Nothing else stands between the groups."""
        pairs = zip(self.groups, self.groups[1:], strict=False)
        return all(not self.text[one.end : other.start].strip() for one, other in pairs)


def window_of(text: str, groups: tuple[Group, ...]) -> Window:
    return Window(text, groups, "".join(group.digits for group in groups))


def runs_in(text: str) -> Iterator[tuple[Group, ...]]:
    """`text`: folded."""
    run: list[Group] = []
    for found in _GROUP.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].end, found.start()):
            yield tuple(run)
            run = []
        run.append(Group(found.start(), found.end(), narrow(found[0])))
    if run:
        yield tuple(run)


def windows_of(text: str, run: tuple[Group, ...], lengths: Collection[int]) -> Iterator[Window]:
    """All with so many digits, and each group that has more than any of them."""
    digits = "".join(group.digits for group in run)
    offsets = [0, *accumulate(len(group.digits) for group in run)]
    most = max(lengths)
    for first in range(len(run)):
        for last in range(first, len(run)):
            length = offsets[last + 1] - offsets[first]
            if length > most and last > first:
                break
            if length in lengths or length > most:
                yield Window(text, run[first : last + 1], digits[offsets[first] : offsets[last + 1]])

"""A pattern of the product, where it stands and how it is used."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

ANYWHERE = frozenset({"finditer"})
"""Tried from every character on: what `search`, `sub` and `split` do at the worst."""


@dataclass(frozen=True)
class Found:
    where: str
    """service_hall.booking_talk.reading._BOOKING; of one in a call, the module and the line."""
    pattern: re.Pattern[str]
    ways: Set[str]
    """`finditer`, `fullmatch`, `match`: how the product uses it."""


def ways_of(methods: Sequence[str] | Set[str]) -> Set[str]:
    """Any that is not known to stay at its place is tried from every character on."""
    anchored = {each for each in methods if each in ("fullmatch", "match")}
    return frozenset(anchored if anchored == set(methods) and anchored else anchored | ANYWHERE)


def once_each(found: Sequence[Found]) -> tuple[Found, ...]:
    """The same pattern at two places once, with the ways of both."""
    once: dict[tuple[str, int], Found] = {}
    for each in found:
        key = (each.pattern.pattern, each.pattern.flags)
        before = once.get(key)
        once[key] = Found(before.where, each.pattern, before.ways | each.ways) if before else each
    return tuple(once.values())

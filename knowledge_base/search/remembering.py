"""What was found for the last sentences: one turn looks the same up several times, and citizens ask the same things."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

MOST_REMEMBERED, MOST_WEIGHED = 4096, 256
"""Sentences: what was decided of them, and the evidence for it, which only the turn itself comes back to."""
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


def remembered(kept: dict[K, T], most: int, sentence: K, look_up: Callable[[K], T]) -> T:
    """`sentence`: it, or it with what else makes the difference. Several threads may do it at once: then it is looked
    up twice, and is the same."""
    found = kept.get(sentence)
    if found is None:
        found = look_up(sentence)
        if len(kept) >= most:
            kept.clear()
        kept[sentence] = found
    return found

"""What was found for the last sentences: one turn looks the same up several times, and citizens ask the same things."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST_REMEMBERED, MOST_WEIGHED = 4096, 256
"""Sentences: what was decided of them, and the evidence for it, which only the turn itself comes back to."""
T = TypeVar("T")


def remembered(kept: dict[str, T], most: int, sentence: str, look_up: Callable[[str], T]) -> T:
    """Several threads may do it at once: then it is looked up twice, and is the same."""
    found = kept.get(sentence)
    if found is None:
        found = look_up(sentence)
        if len(kept) >= most:
            kept.clear()
        kept[sentence] = found
    return found

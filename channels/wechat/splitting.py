"""A text in pieces that WeChat takes, each as long as may be, cut where a sentence ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MOST_BYTES = 2048
_ENDS = (re.compile(r"\n+"), re.compile(r"[。！？!?；;…]+[”’」』）)]*"), re.compile(r"[，,、：: ]+"))
"""Where to cut, the best first."""
_LEAST_SHARE = 0.4
"""A piece shorter than that is not worth the better place."""
_JOINS = frozenset("\u200d\ufe0f")


@dataclass(frozen=True)
class Piece:
    text: str
    end: int
    """Where the next one begins in the whole text."""


def split(text: str, most_bytes: int = MOST_BYTES) -> list[Piece]:
    """None is empty."""
    return list(_pieces(text, most_bytes))


def _pieces(text: str, most_bytes: int) -> Iterator[Piece]:
    at = _after_lines(text, 0)
    while at < len(text):
        end = at + _cut(text[at:], most_bytes)
        following = _after_lines(text, end)
        yield Piece(text[at:end].rstrip("\n"), following)
        at = following


def _after_lines(text: str, at: int) -> int:
    while at < len(text) and text[at] == "\n":
        at += 1
    return at


def _cut(text: str, most_bytes: int) -> int:
    """How many characters go into the piece: one at least."""
    fits = len(text.encode()[:most_bytes].decode(errors="ignore"))
    if fits == len(text):
        return fits
    for ends in _ENDS:
        places = [found.end() for found in ends.finditer(text, 0, fits) if _link_around(text, found.end()) is None]
        if places and places[-1] >= fits * _LEAST_SHARE:
            return places[-1]
    fits = _link_around(text, fits) or fits
    while fits > 1 and _holds_together(text[fits - 1], text[fits]):
        fits -= 1
    return max(fits, 1)


def _link_around(text: str, at: int) -> int | None:
    """Where the link begins that stands at both sides of it: cut in two it is shown as it is written."""
    begins = text.rfind("<a ", 0, at)
    return begins if begins >= 0 and at < text.find("</a>", begins) + len("</a>") else None


def _holds_together(before: str, after: str) -> bool:
    """The two are seen as one: 👨‍👩‍👧, a letter and its mark."""
    return after in _JOINS or before == "\u200d" or bool(unicodedata.combining(after))

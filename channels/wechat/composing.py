"""The one text that goes back with the request: the answer, and below it what she is still owed, if there is room."""

from __future__ import annotations

from dataclasses import dataclass

from channels.wechat.finding import Found
from channels.wechat.rendering import wording
from channels.wechat.saying import Saying
from channels.wechat.splitting import MOST_BYTES, split

_BETWEEN = "\n\n"
_SHORTEST = 300
"""Bytes: fewer of an answer are no use to her."""


@dataclass(frozen=True)
class Passive:
    """`left`: what is left of each answer, the finished ones too."""

    text: str
    left: tuple[Saying, ...]


def compose(found: Found, may_push: bool) -> Passive:
    """`may_push`: what has no room is sent after it; else she is told how to get it."""
    sayings = (found.own, *found.owed)
    whole = _BETWEEN.join(saying.text for saying in sayings)
    if len(whole.encode()) <= MOST_BYTES:
        return Passive(whole, tuple(saying.after(len(saying.text)) for saying in sayings))
    hint = "" if may_push else f"\n{wording.say('more')}"
    text, left = "", []
    for saying in sayings:
        begun = text + _BETWEEN if text else ""
        room = MOST_BYTES - len((begun + hint).encode())
        if saying.is_over or room < min(_SHORTEST, len(saying.text.encode())):
            left.append(saying)
            continue
        piece = split(saying.text, room)[0]
        text = begun + piece.text
        left.append(saying.after(piece.end))
    return Passive(text + hint, tuple(left))

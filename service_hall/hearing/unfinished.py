"""Whether more of a sentence may be on its way: 我想办 / 居住证 / 要带啥, sent one by one from a telephone."""

from __future__ import annotations

import re

from knowledge_base.language.tokenize import plain
from service_hall.hearing.picking import MANY, place_picked

_LONG = 12
"""Characters: whoever writes so many at once says all of it."""
_ENOUGH_FOR_A_QUESTION = 6
_ASKS = re.compile(r"怎么|如何|什么|哪|几|多少|多久|能不能|可不可以|要不要|是不是|有没有|多大|啥")
_ENDS = re.compile(r"([。？！?!]|[吗呢吧么])\s*\Z")


def seems_unfinished(text: str) -> bool:
    said = plain(text)
    if not said or len(said) >= _LONG or _ENDS.search(text) or place_picked(text, MANY) is not None:
        return False
    return len(said) < _ENOUGH_FOR_A_QUESTION or not _ASKS.search(said)

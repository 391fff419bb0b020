"""能不能提, 可以提吗 and 能提吗 ask the same."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge_base.language.plain import plain

_POLITE = re.compile(r"^(请问|想问下?|问一?下|我想问)?(一下)?我?")
_MAY = re.compile(r"能不能|可不可以|能否|可否|可以|能够")
_QUESTION_END = re.compile(r"(?:[吗么嘛呢啊呀吧不]|[能行](?=不)|(?<=[不吗])行(?!不))*")
"""From the last letter backwards, each in one way only: 行不行, 不能, 行吗."""


@lru_cache(maxsize=65_536)
def as_yes_or_no(sentence: str) -> str:
    """In its plain form, without what is polite and without how it asks: equal for sentences that ask the same."""
    asked = _MAY.sub("能", _POLITE.sub("", plain(sentence)))
    ending = _QUESTION_END.match(asked[::-1])
    return asked[: len(asked) - ending.end()] if ending else asked

"""能不能提, 可以提吗 and 能提吗 ask the same."""

from __future__ import annotations

import re

from knowledge_base.language.plain import plain

_POLITE = re.compile(r"^(请问|想问下?|问一?下|我想问)?(一下)?我?")
_MAY = re.compile(r"能不能|可不可以|能否|可否|可以|能够")
_QUESTION_END = re.compile(r"(吗|么|嘛|不|不能|呢|啊|呀|吧|不行|行不行|行不|行吗)+$")


def as_yes_or_no(sentence: str) -> str:
    """In its plain form, without what is polite and without how it asks: equal for sentences that ask the same."""
    return _QUESTION_END.sub("", _MAY.sub("能", _POLITE.sub("", plain(sentence))))

"""Which of the options on the table a sentence picks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge_base.search.tokenize import plain
from service_hall.conversation.reply import Choice

_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}
_ORDINAL = re.compile(r"第?([一二两三四五六1-6])(?:个|项|条|种|号)?")
_PICKS_BY_PLACE = re.compile(r"(?:第|选|要|办|就|我)?[^不]{0,4}?第?([一二两三四五六1-6])(?:个|项|条|种|号|吧|$)")
_LAST = re.compile(r"最后|末尾|最下|倒数第一")
_FIRST = re.compile(r"头一个|最上面|最前|首个|前面那个|上面那个|前一个")
_LATTER = re.compile(r"后面那个|后一个|下面那个|后者")
_FORMER = re.compile(r"前者")


def pick(text: str, options: Sequence[Choice]) -> Choice | None:
    """By place (第二个, 2, 最后一个) or by its own words; None if it picks none of them, or two at once."""
    said = plain(text)
    if not said or not options:
        return None
    place = _place(said, len(options))
    if place is not None:
        return options[place] if 0 <= place < len(options) else None
    # 补领那个: the words that only one option has.
    matching = [option for option in options if said in plain(option.label) or plain(option.label) in said]
    return matching[0] if len(matching) == 1 else None


def picks_by_place(text: str) -> bool:
    return _place(plain(text), 99) is not None


def _place(said: str, count: int) -> int | None:
    if _LAST.search(said):
        return count - 1
    if _LATTER.search(said):
        return 1 if count == 2 else count - 1
    if _FIRST.search(said) or _FORMER.search(said):
        return 0
    found = _ORDINAL.fullmatch(said) or _PICKS_BY_PLACE.fullmatch(said) or re.search(r"第([一二两三四五六1-6])[个项条种]", said)
    return _NUMERALS[found[1]] - 1 if found else None

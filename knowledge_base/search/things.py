"""The things that service items are named for: 护照, 医保, 户口本. Whoever names one speaks of an item that has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from knowledge_base.language.asking import content_of
from knowledge_base.language.tokenize import Tokenizer, plain

_COUNTED = re.compile(r"[0-9零一二两三四五六七八九十几百].*")
"""三岁, 一次: how many, of whatever."""


class Things:
    def __init__(self, names: Iterable[tuple[str, str]], themes: Mapping[str, str], tokenizer: Tokenizer) -> None:
        """`names`: each name with its item; `themes`: of each item."""
        self._tokenizer = tokenizer
        items: dict[str, set[str]] = {}
        for name, item in names:
            for word in self.words(name):
                items.setdefault(word, set()).add(item)
        self._items_of = {word: frozenset(held) for word, held in items.items()}
        self._themes_of = {word: len({themes.get(each) for each in held}) for word, held in items.items()}

    def words(self, text: str) -> frozenset[str]:
        """Of two letters and more, less those of the asking (没有, 外地)."""
        found = self._tokenizer.words(plain(text))
        return frozenset(word for word in found if len(word) > 1 and not _COUNTED.fullmatch(word) and content_of(word))

    def named_in(self, text: str, most_themes: int) -> dict[str, frozenset[str]]:
        """Each thing that is named, with the items that have it in a name. What stands in names of more than
        `most_themes` themes (登记, 补领) is done with any thing and is none."""
        return {
            word: self._items_of[word]
            for word in sorted(self.words(text))
            if self._themes_of.get(word, most_themes + 1) <= most_themes
        }


@lru_cache(maxsize=1024)
def common_core(names: tuple[str, ...]) -> str:
    """The longest run of 2 to 6 characters that stands in most of the names."""
    bare = [plain(name) for name in names]
    runs = {name[at : at + length] for name in bare for length in range(2, 7) for at in range(len(name) - length + 1)}
    held = {run: sum(run in name for name in bare) for run in runs}
    return max(runs, key=lambda run: (held[run] * (len(run) - 1), run), default="")


def texts_in(told: object) -> list[str]:
    """What is written in the values, at whatever depth."""
    found, open_ones = list[str](), [told]
    while open_ones:
        each = open_ones.pop()
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, dict):
            open_ones += reversed(each.values())
        elif isinstance(each, list):
            open_ones += reversed(each)
    return found

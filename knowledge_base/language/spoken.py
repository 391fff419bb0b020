"""Questions as people speak and write them, brought to the plain simplified Chinese of the guides."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import opencc

from knowledge_base.content_files import CONTENT
from knowledge_base.yaml_lines import read_yaml

Plainly = Callable[[str], str]

# 明天九点办, 早点办: 点办 asks how to do it only where no hour ends before it.
_NO_HOUR = "(?<![0-9０-９一二两三四五六七八九十几早快晚慢](?=点))"


class Spoken:
    def __init__(self, words: Mapping[str, str], pattern: re.Pattern[str]) -> None:
        """`words`: of speech areas, to plain ones; `pattern` finds them."""
        self._words, self._pattern = words, pattern
        self.simplified: Plainly = opencc.OpenCC("t2s").convert
        """Traditional characters to simplified ones."""

    def __call__(self, text: str) -> str:
        return self._pattern.sub(lambda found: self._words[found[0]], self.simplified(text))


@lru_cache(maxsize=4)
def load_spoken(path: Path = CONTENT / "spoken.yml") -> Spoken:
    """Traditional to simplified characters, then the words of speech areas to plain ones."""
    words: dict[str, str] = read_yaml(path).data["words"]
    pattern = re.compile(rf"{_NO_HOUR}(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})")
    return Spoken(words, pattern)

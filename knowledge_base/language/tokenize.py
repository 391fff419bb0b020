"""jieba tokens with the words of the knowledge, and character pairs against odd cuts and typos."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from knowledge_base.language.general_words import names, teachable_words
from knowledge_base.language.plain import RUN
from knowledge_base.language.plain import plain as plain

# Far above any word of the general dictionary: a name of the knowledge is never cut apart.
_WEIGHT = 100_000
# Of the dictionary's own counts: 白天, 方便 and 房东 stand above it, most names among its words (李四, 柳青) below.
_COMMON = 120
MOST_REMEMBERED = 1024


Cut = Callable[[Sequence[str]], Sequence[tuple[str, ...] | None]]
"""Texts → the tokens of each, where they are known."""


def nothing_cut(texts: Sequence[str]) -> Sequence[tuple[str, ...] | None]:
    return [None] * len(texts)


class Tokenizer:
    def __init__(self, words: Iterable[str] = (), kept: Cut = nothing_cut) -> None:
        """`kept`: how texts are cut with these words."""
        self._words = frozenset(map(plain, words))
        self._jieba = teachable_words()
        for word in sorted(self._words):
            self._jieba.add_word(word, freq=_WEIGHT)
        self._kept = kept
        # The items and the topics of the hall ask for the same sentence's; after the words are known.
        self._tokens = lru_cache(maxsize=MOST_REMEMBERED)(self._cut)

    def taught(self, words: Iterable[str]) -> Tokenizer:
        """One that knows these, too; itself where there is nothing new in them."""
        known = self._words.union(map(plain, words))
        return self if known == self._words else Tokenizer(known)

    @property
    def taught_words(self) -> frozenset[str]:
        """Of the knowledge."""
        return self._words

    def is_word(self, word: str) -> bool:
        """Of the knowledge, or of the general dictionary."""
        return bool(self._jieba.FREQ.get(word))

    def is_common(self, word: str) -> bool:
        """A word of the knowledge, or one that is often read."""
        return int(self._jieba.FREQ.get(plain(word), 0)) >= _COMMON

    def is_name(self, word: str) -> bool:
        """It may be read often, and is a name."""
        return plain(word) in names()

    def tokens(self, text: str) -> tuple[str, ...]:
        return self._tokens(text)

    def tokens_of_all(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """As `tokens` of each: most of what is published is cut already."""
        return [kept or self._cut(text) for text, kept in zip(texts, self._kept(texts), strict=True)]

    def words(self, text: str) -> tuple[str, ...]:
        """As the dictionary cuts it, and the shorter words within the longer ones."""
        return tuple(self._jieba.cut_for_search(text, HMM=False))

    def _cut(self, text: str) -> tuple[str, ...]:
        found: list[str] = []
        for run in RUN.findall(unicodedata.normalize("NFKC", text).lower()):
            if run[0] < "\u3400":
                found.append(run)
                continue
            found += [word for word in self._jieba.cut_for_search(run, HMM=False) if len(word) != 2]
            found += [run[at : at + 2] for at in range(len(run) - 1)]
        return tuple(found)

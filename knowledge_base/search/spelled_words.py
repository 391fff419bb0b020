"""Which words of the knowledge a misheard or mistyped one may stand for: what items are named for, and what is often
said of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge_base.language.plain import plain
from knowledge_base.language.spelling import Prices, Spelling, load_prices
from knowledge_base.language.spoken import Plainly
from knowledge_base.search.index import Index, IndexedText

OFTEN = 5
"""In so many texts stands what is meant, at least."""
OFTEN_IF_SHORT = 20
"""Of a word of two letters: there are many like it."""
_HAN = re.compile(r"[\u3400-\u9fff]+")


def spelling_of(index: Index, plainly: Plainly, prices: Prices | None = None) -> Spelling:
    tokenizer = index.tokenizer
    counts = {
        token: texts
        for token, texts in index.texts_with.items()
        if _HAN.fullmatch(token) and (len(token) == 1 or tokenizer.is_word(token))
    }
    names = names_in(index.texts).union(filter(_HAN.fullmatch, tokenizer.taught_words))
    counts = {**dict.fromkeys(sorted(names), 1), **counts}
    often = {word for word, texts in counts.items() if texts >= OFTEN and len(word) > 1} | names
    words = (word for word in sorted(often) if len(word) > 2 or counts[word] >= OFTEN_IF_SHORT)
    return Spelling(plainly, counts, words, prices or load_prices())


def names_in(texts: Iterable[IndexedText]) -> set[str]:
    return {name for text in texts if text.is_name and _HAN.fullmatch(name := plain(text.text)) and len(name) > 1}

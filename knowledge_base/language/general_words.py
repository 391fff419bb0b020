"""jieba's general dictionary, read once: that takes most of a second, and every tokenizer of ours begins with it."""

from __future__ import annotations

from functools import cache

import jieba


@cache
def general_words() -> jieba.Tokenizer:
    """Shared: nobody teaches it any words."""
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def teachable_words() -> jieba.Tokenizer:
    """One's own, to which words may be added."""
    tokenizer, general = jieba.Tokenizer(), general_words()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(general.FREQ), general.total, True
    return tokenizer

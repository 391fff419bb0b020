"""jieba's general dictionary, read once: that takes most of a second, and every tokenizer of ours begins with it."""

from __future__ import annotations

from functools import cache

import jieba


@cache
def general_words() -> jieba.Tokenizer:
    """Shared: nobody teaches it any words."""
    tokenizer = jieba.Tokenizer()
    # Not by `initialize`: that trusts whatever lies in the machine's temporary folder under the name of its cache.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@cache
def names() -> frozenset[str]:
    """What the dictionary has as somebody's name: 李娜, 白雪."""
    with general_words().get_dict_file() as lines:
        entries = (line.decode().split(" ") for line in lines)
        return frozenset(word for word, _, tag in entries if tag.startswith("nr"))


def teachable_words() -> jieba.Tokenizer:
    """One's own, to which words may be added."""
    tokenizer, general = jieba.Tokenizer(), general_words()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(general.FREQ), general.total, True
    return tokenizer

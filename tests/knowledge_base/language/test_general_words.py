"""One dictionary read, many tokenizers that learn each for itself."""

from __future__ import annotations

import jieba

from knowledge_base.language.general_words import general_words, teachable_words

SENTENCE = "请问云禾市民中心怎么走"


def test_a_tokenizer_with_the_read_dictionary_cuts_as_jiebas_own() -> None:
    own = jieba.Tokenizer()
    for text in (SENTENCE, "身份证丢了怎么补办", "abc123", ""):
        assert teachable_words().lcut(text, HMM=False) == own.lcut(text, HMM=False)


def test_what_one_is_taught_the_others_do_not_know() -> None:
    taught = teachable_words()
    taught.add_word("云禾市民中心", freq=100_000)
    assert "云禾市民中心" in taught.lcut(SENTENCE, HMM=False)
    assert "云禾市民中心" not in teachable_words().lcut(SENTENCE, HMM=False)
    assert "云禾市民中心" not in general_words().lcut(SENTENCE, HMM=False)

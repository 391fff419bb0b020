"""One dictionary read, many tokenizers that learn each for itself."""

from __future__ import annotations

import marshal
import tempfile
from pathlib import Path

import jieba
import pytest

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


def test_nothing_is_read_from_where_others_may_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "jieba.cache").write_bytes(marshal.dumps(({"身份": 1}, 1)))
    general_words.cache_clear()
    try:
        assert "白天" in general_words().FREQ
        assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
    finally:
        general_words.cache_clear()

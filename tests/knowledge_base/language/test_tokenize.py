from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.language.tokenize import Tokenizer, plain


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(["狂犬疫苗接种证明"])


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("身份证，丢了！", "身份证丢了"),
        ("ＡＢＣ　１２３", "abc123"),
        ("E-mail: A@b.cn", "emailabcn"),
        ("①号", "1号"),
        ("", ""),
        ("😀？！", ""),
        ("<b>护照</b>", "b护照b"),
    ],
)
def test_plain_keeps_letters_digits_and_han_alone(text: str, bare: str) -> None:
    assert plain(text) == bare


@given(st.text(max_size=40))
def test_plain_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_a_name_of_the_knowledge_is_kept_whole(tokenizer: Tokenizer) -> None:
    assert "狂犬疫苗接种证明" in tokenizer.tokens("带狂犬疫苗接种证明吗")


def test_pairs_survive_a_typo(tokenizer: Tokenizer) -> None:
    assert set(tokenizer.tokens("身份正丢了")) & set(tokenizer.tokens("身份证丢了"))


@pytest.mark.parametrize("text", ["", "，。", "😀", "\x00"])
def test_nothing_said_has_no_tokens(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.tokens(text) == ()


def test_latin_and_digits_stay_in_one_piece(tokenizer: Tokenizer) -> None:
    assert tokenizer.tokens("ETC 12345") == ("etc", "12345")


@pytest.mark.parametrize("word", ["狂犬疫苗接种证明", "安排", "方便", "房东"])
def test_a_word_is_told_from_what_only_looks_like_a_name(tokenizer: Tokenizer, word: str) -> None:
    assert tokenizer.is_common(word)


@pytest.mark.parametrize("name", ["王小明", "李四", "柳青", "阿依古丽", ""])
def test_a_name_is_no_common_word(tokenizer: Tokenizer, name: str) -> None:
    assert not tokenizer.is_common(name)

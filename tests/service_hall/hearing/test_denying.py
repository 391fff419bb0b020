"""Whether a sentence says that something is not so."""

from __future__ import annotations

import pytest

from service_hall.hearing.denying import (
    beside_unfinished,
    clauses_of,
    denies_at_once,
    denies_barely,
    is_denied,
    is_said_of_none,
    says_of,
    without_denial,
)


@pytest.mark.parametrize(
    ("said", "word", "is_said"),
    [
        ("没领过低保", "低保", False),
        ("不是低保户", "低保", False),
        ("没有申请过低保", "低保", False),
        ("啥低保也没领过", "低保", False),
        ("一分低保都没有", "低保", False),
        ("领着低保", "低保", True),
        ("不久前吃上低保", "低保", True),
        ("差不多都有低保", "低保", True),
        ("没工作吃低保", "低保", False),
        ("退休了", "低保", None),
    ],
)
def test_a_word_may_be_said_not_to_be(said: str, word: str, is_said: bool | None) -> None:
    assert says_of(word, said) is is_said


def test_each_clause_speaks_for_itself() -> None:
    assert [says_of("低保", clause) for clause in clauses_of("没工作，吃低保。")] == [None, True]


@pytest.mark.parametrize("said", ["没签合同", "还没呢", "不多，一个月一千", "我没有", "从来没办过"])
def test_a_no_at_the_beginning_is_one(said: str) -> None:
    assert denies_at_once(said)


@pytest.mark.parametrize("said", ["签了", "没问题，签了", "还没还完", "没付清", "不久前签的", "有，不过过期了", ""])
def test_what_only_sounds_like_it_is_none(said: str) -> None:
    assert not denies_at_once(said)


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        ("我不想开餐馆了", True),
        ("我没有开餐馆", True),
        ("我想开餐馆", False),
        ("没开过餐馆，开餐馆要办啥", False),
        ("你好", False),
    ],
)
def test_what_a_whole_sentence_says_not_to_be_so_is_denied(said: str, is_so: bool) -> None:
    assert is_denied(("餐馆", "饭店"), said) is is_so


@pytest.mark.parametrize("text", ["都还没办", "没有", "没弄过", "一直没去", "我还没呢", "不用", "没来得及"])
def test_a_bare_no_says_nothing_else(text: str) -> None:
    assert denies_barely(text)


@pytest.mark.parametrize("text", ["没办执照", "没公积金", "办了", "不是合同工", "没问题", "社保没办"])
def test_a_no_to_something_is_none(text: str) -> None:
    assert not denies_barely(text)


def test_what_is_only_unfinished_is_left_out() -> None:
    assert "还完" not in beside_unfinished("房贷没还完") and beside_unfinished("没房贷") == "没房贷"


@pytest.mark.parametrize(
    ("label", "said", "is_contrary"),
    [
        ("都不欠", "都欠", True),
        ("都不欠", "还欠着呢", True),
        ("从来没欠过", "欠着", True),
        ("都不欠", "都不欠", False),
        ("都不欠", "都结清了", False),
        ("没有", "有一个孩子", False),
        ("办不动产登记", "不动产登记", False),
        ("没过户", "还没过户", False),
    ],
)
def test_a_negation_in_between_is_not_read_away(label: str, said: str, is_contrary: bool) -> None:
    assert is_said_of_none(label, said) is is_contrary


@pytest.mark.parametrize(("label", "rest"), [("都不欠", "都欠"), ("都没有", "都有"), ("结清了", ""), ("都欠", "")])
def test_what_is_left_of_a_no_without_it(label: str, rest: str) -> None:
    assert without_denial(label) == rest

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.language.spoken import load_spoken


def test_traditional_characters_become_simplified() -> None:
    assert load_spoken()("護照丟了") == "护照丢了"


@pytest.mark.parametrize("text", ["", "😀", "/restart", "身份证", "a" * 1000])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert load_spoken()(text) == text


@pytest.mark.parametrize(
    ("said", "plainly"),
    [
        ("身份证点办", "身份证怎么办"),
        ("约明天九点办身份证", "约明天九点办身份证"),
        ("下午3点办", "下午3点办"),
        ("请早点办好", "请早点办好"),
    ],
)
def test_an_hour_is_no_word_of_a_dialect(said: str, plainly: str) -> None:
    assert load_spoken()(said) == plainly


@pytest.mark.parametrize(
    "text",
    [
        "什么样的人能申请",
        "不办会怎么样",
        "找你问什么事",
        "去银行网点办",
        "在指定的地点办",
        "学生按钟点算工钱",
        "这钱能要得回来吗",
    ],
)
def test_a_word_of_a_dialect_within_a_plain_one_is_none(text: str) -> None:
    assert load_spoken()(text) == text


def test_the_longest_word_goes_first_and_none_is_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "spoken.yml"
    path.write_text("words:\n  幺儿: 小儿子\n  幺: 小\n  a.c: 点\n", "utf-8")
    assert load_spoken(path)("幺儿和幺妹 abc a.c") == "小儿子和小妹 abc 点"

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.language.asking import content_of, leans_back, left_unsaid, points_further_back


@pytest.mark.parametrize(
    "text",
    [
        "多少钱",
        "那多少钱呢",
        "要带什么材料",
        "能让我妈去吗",
        "在哪办",
        "几点上班",
        "可以代办吗",
        "有效期几年",
        "",
        "？",
    ],
)
def test_where_only_the_asking_is_said_the_thing_is_left_unsaid(text: str) -> None:
    assert left_unsaid(text)


@pytest.mark.parametrize(
    ("text", "thing"),
    [("身份证多少钱", "身份证"), ("请问护照去哪办", "护照"), ("我想问一下居住证要什么材料", "居住证")],
)
def test_what_remains_without_the_asking_is_the_thing(text: str, thing: str) -> None:
    assert content_of(text) == thing


@pytest.mark.parametrize("text", ["那多少钱", "它有效期几年", "还要带什么", "这个能代办吗"])
def test_a_follow_up_leans_back(text: str) -> None:
    assert leans_back(text)


def test_a_fresh_question_does_not_lean_back() -> None:
    assert not leans_back("身份证丢了怎么办")


def test_the_item_before_the_current_one_is_pointed_at_and_not_named() -> None:
    assert points_further_back("前一个要多少钱") and not points_further_back("前一个护照要多少钱")
    assert not points_further_back("多少钱")


@given(st.text(max_size=40))
def test_any_text_says_its_thing_or_leaves_it_out(text: str) -> None:
    assert left_unsaid(text) == (content_of(text) == "") and len(content_of(text)) != 1

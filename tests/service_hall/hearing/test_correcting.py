from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_hall.hearing.correcting import read_correction, says_what_it_is, told_apart


@pytest.mark.parametrize(
    ("text", "meant", "taken_back"),
    [
        ("不是补办，是换证", "换证", "补办"),
        ("我不是要补办，我是要换证", "换证", "补办"),
        ("是换证不是补办", "换证", "补办"),
        ("我说的是居住证", "居住证", ""),
        ("不对，我问的是时间", "时间", ""),
        ("更正一下，是北屏区不是青桥区", "北屏区", "青桥区"),
        ("不是身份证，是户口本。", "户口本", "身份证"),
        ("不是二手的，我买的是开发商的新房", "开发商的新房", "二手的"),
    ],
)
def test_what_is_meant_and_what_is_taken_back(text: str, meant: str, taken_back: str) -> None:
    correction = read_correction(text)
    assert correction and (correction.meant, correction.taken_back) == (meant, taken_back)


@pytest.mark.parametrize("text", ["", "身份证丢了", "多少钱", "？", "😀", "/restart"])
def test_a_sentence_that_corrects_nothing_is_no_correction(text: str) -> None:
    assert read_correction(text) is None


@given(st.text(st.sampled_from("不是要办我说的，。对错了换证补x 1"), max_size=300))
def test_any_sentence_is_read_without_trouble(text: str) -> None:
    correction = read_correction(text)
    assert correction is None or len(correction.meant) <= 30


def test_a_thousand_denials_are_read_without_trouble() -> None:
    read_correction("不是" * 500)
    read_correction("我说的不是" * 200 + "，")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("改一下，我是干部", True),
        ("改一下，应该是公司", True),
        ("改一下面积", False),
        ("改一下狗是谁养那一问", False),
        ("改一下，是什么意思", False),
    ],
)
def test_what_it_is_to_be_is_told_or_only_of_what(text: str, is_told: bool) -> None:
    assert says_what_it_is(text) is is_told


@pytest.mark.parametrize(
    ("text", "meant", "taken_back"),
    [
        ("弄错了，不是换证，我问的是体检", "弄错了，，我问的是体检", "换证"),
        ("我没要办残疾证，问的是护理补贴", "我，问的是护理补贴", "残疾证"),
        ("不是补办，不是换领，是头一回", "，，是头一回", "补办，换领"),
        ("不对，我要换证", "换证", ""),
        ("是不是要带户口本", "是不是要带户口本", ""),
        ("", "", ""),
    ],
)
def test_what_is_not_meant_is_told_apart_from_the_rest(text: str, meant: str, taken_back: str) -> None:
    told = told_apart(text)
    assert told.taken_back == taken_back
    if taken_back:
        assert told.meant == meant.strip("，")


@given(st.text(st.sampled_from("不是没要办问，。 证x"), max_size=400))
def test_any_sentence_is_told_apart_without_trouble(text: str) -> None:
    assert len(told_apart(text).meant) <= len(text)

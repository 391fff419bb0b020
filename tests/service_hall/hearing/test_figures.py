"""A figure as it is told, and whether it is only about that."""

from __future__ import annotations

import pytest

from service_hall.hearing.figures import Figure, is_amount, read_figure_said


@pytest.mark.parametrize(
    ("said", "unit", "value", "is_about"),
    [
        ("两个人合伙", "人", 2, False),
        ("3.5万", "元", 35_000, False),
        ("一百零三平", "平方米", 103, False),
        ("1,200,000", "元", 1_200_000, False),
        ("一百来平", "平方米", 100, True),
        ("三十多平", "平方米", 35, True),
        ("十几万", "元", 150_000, True),
        ("20来万", "元", 200_000, True),
        ("3万多", "元", 35_000, True),
        ("1200多块", "元", 1_250, True),
        ("6个月", "年", 0, False),
        ("一年零三个月", "年", 1, False),
        ("18个月", "岁", 1, False),
        ("八个多月", "岁", 0, False),
        ("半年", "年", 0, False),
        ("不到一年", "年", 0, False),
        ("交了不满三年", "年", 2, False),
        ("三岁半", "岁", 3, False),
        ("干了7年，3个单位", "年", 7, False),
        ("雇了3个员工", "人", 3, False),
        ("就一个", "平方米", 1, False),
        ("一共三", "人", 3, False),
        ("一百出头", "平方米", 100, False),
        ("大概一百二十平吧", "平方米", 120, False),
        ("百来平", "平方米", 100, True),
        ("百十来平", "平方米", 110, True),
        ("千把块", "元", 1_000, True),
        ("两百把块", "元", 200, True),
        ("3百", "平方米", 300, False),
        ("3百多平", "平方米", 350, True),
        ("2千块", "元", 2_000, False),
        ("3把钥匙", "", 3, False),
    ],
)
def test_it_is_read_with_what_it_counts(said: str, unit: str, value: float, is_about: bool) -> None:
    assert read_figure_said(said, unit) == Figure(value, is_about)


@pytest.mark.parametrize(
    "said", ["几十万", "好几百", "几百来平", "上百来平", "两三个", "四五十岁", "多少平", "没有", "三个五个"]
)
def test_what_names_no_figure_or_two_is_none(said: str) -> None:
    assert read_figure_said(said, "") is None


@pytest.mark.parametrize(
    "said", ["改一下，是公司", "我们一起开的", "开个五金店", "百货商场", "老百姓来了", "千万不要", "面积跟原来统一"]
)
def test_a_numeral_within_a_word_counts_nothing(said: str) -> None:
    assert read_figure_said(said, "平方米") is None


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("-3", "年"),
        ("负三年", "年"),
        ("-90", "平方米"),
        ("1-3", "岁"),
        ("一套房子，还有点存款", "年"),
        ("一个房子", "年"),
        ("3个月", "元"),
    ],
)
def test_what_is_below_nothing_or_counts_something_else_is_none(said: str, unit: str) -> None:
    assert read_figure_said(said, unit) is None


@pytest.mark.parametrize("said", ["0个人", "就三口人", "一个", "一百平", "大概一百来平吧"])
def test_a_figure_with_what_it_counts_and_nothing_else_is_an_amount(said: str) -> None:
    assert is_amount(said)

"""A figure said to options that are ranges: the option whose range holds it."""

from __future__ import annotations

import pytest

from knowledge_base.scenarios.questions import Option, Question
from service_hall.scenarios.talk.ranges_said import option_holding


def _asked(ask: str, *labels: str) -> Question:
    options = tuple(Option(value=f"v{place}", label=label) for place, label in enumerate(labels, start=1))
    return Question(id="asked", kind="single", ask=ask, options=options)


SIZE = _asked("房子建筑面积多少平方米？", "90以下", "90到140", "140以上", "不清楚")
YEARS = _asked("打算工作多久？", "不到一年", "一年到三年", "三年以上")
MONEY = _asked("存款在一家银行里超过5万元吗？", "不超过", "超过")


@pytest.mark.parametrize(
    ("question", "said", "value"),
    [
        (SIZE, "大概一百二十平", "v2"),
        (SIZE, "百来平", "v2"),
        (SIZE, "3百", "v3"),
        (SIZE, "86.5㎡", "v1"),
        (SIZE, "120", "v2"),
        (SIZE, "有三百多平米吧", "v3"),
        (SIZE, "50", "v1"),
        (YEARS, "先干两年半", "v2"),
        (YEARS, "8个月", "v1"),
        (YEARS, "五年吧", "v3"),
        (MONEY, "大概八万", "v2"),
        (MONEY, "就三千来块", "v1"),
        (MONEY, "5万", "v1"),
    ],
)
def test_the_one_that_holds_it_is_meant(question: Question, said: str, value: str) -> None:
    assert option_holding(question, said) == value


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (SIZE, "2"),
        (SIZE, "第三个"),
        (SIZE, "90平"),
        (SIZE, "两套房子"),
        (SIZE, "不大"),
        (YEARS, "八万块"),
        (MONEY, "一两万"),
        (_asked("哪一种车？", "9座以下的轿车", "面包车"), "5座"),
    ],
)
def test_a_place_another_measure_or_a_bound_of_two_means_none(question: Question, said: str) -> None:
    assert option_holding(question, said) == ""

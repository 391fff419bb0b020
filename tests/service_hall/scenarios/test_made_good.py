"""工资都结清了, where 工资没结清 is offered: the word stands there, and the opposite is said. Of two, one that is not
wanted leaves the other."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.scenarios.conditions import NONE
from knowledge_base.scenarios.questions import Option, OwnWords, Question
from service_hall.scenarios.talk.answers_meant import read_told
from tests.service_hall.scenarios.resident import Resident

TODAY = date(2026, 6, 1)
OWED = Question(
    id="owed",
    kind="multi",
    ask="还欠狗什么吗？",
    options=(
        Option(value="food", label="狗粮没买齐", means=("狗粮",)),
        Option(value="walk", label="遛狗的钱没给", means=("遛狗",)),
    ),
    none=OwnWords(label="都不欠"),
)
NEXT = Question(
    id="next",
    kind="single",
    ask="带狗去哪？",
    options=(
        Option(value="park", label="去公园", means=("公园",)),
        Option(value="home", label="回家", means=("家里",)),
    ),
)


@pytest.mark.parametrize(
    ("said", "told", "is_sure"),
    [
        ("狗粮买齐了", [NONE], False),
        ("遛狗的钱给了", [NONE], False),
        ("狗粮没买齐", ["food"], True),
        ("狗粮欠着", ["food"], True),
        ("遛狗的钱还没给", ["walk"], True),
        ("狗粮买齐了，遛狗的钱没给", ["walk"], True),
    ],
)
def test_what_is_made_good_is_lacking_no_longer(said: str, told: list[str], is_sure: bool) -> None:
    meant = read_told(OWED, Resident().desk.means.hear(said), TODAY)
    assert meant and (meant.told, meant.is_sure) == (told, is_sure)


@pytest.mark.parametrize(("said", "left"), [("不去公园", "home"), ("不回家", "park")])
def test_of_two_the_one_that_is_not_denied_is_asked_back(said: str, left: str) -> None:
    meant = read_told(NEXT, Resident().desk.means.hear(said), TODAY)
    assert meant and (meant.told, meant.is_sure) == (left, False)


def test_neither_is_left_where_both_are_denied() -> None:
    assert read_told(NEXT, Resident().desk.means.hear("不去公园，也不回家"), TODAY) is None

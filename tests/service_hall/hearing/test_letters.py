"""What a long letter asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge_base.library import Library
from service_hall.hearing.heard import Sentence
from service_hall.hearing.letters import LONG, MOST_QUOTED, question_of, quoted
from service_hall.shared.working_calendar import WorkingCalendar
from tests.fakes import FixedClock

Hear = Callable[[str], Sentence]
BEFORE = "您好，我是青桥区的居民，在这里住了十几年，一直很支持社区的工作。上个月我们单位组织体检，路上下了很大的雨，包也淋湿了。"
AFTER = "天气越来越冷，请工作人员多注意身体。"


@pytest.fixture
def hear(real_library: Library) -> Hear:
    return lambda text: Sentence(text, FixedClock()(), real_library, WorkingCalendar())


@pytest.mark.parametrize(
    ("asked", "item"),
    [
        ("请问租房怎么提取公积金？", "housing-fund-withdraw-rent"),
        ("护照丢了怎么补？", "passport-lost"),
        ("社保卡丢了怎么补？", "social-security-card-lost"),
    ],
)
def test_its_question_is_found_and_the_rest_left(hear: Hear, asked: str, item: str) -> None:
    found = question_of(hear(f"{BEFORE}{asked}{AFTER}"))
    assert found and found[0] == item and quoted(found[1]) == asked


@pytest.mark.parametrize("text", ["", "护照丢了怎么补？", BEFORE + AFTER + BEFORE, "。" * 500, "吗？" * 500])
def test_what_is_short_or_asks_of_no_service_is_no_letter_with_a_question(hear: Hear, text: str) -> None:
    assert question_of(hear(text)) is None


def test_of_a_long_sentence_the_end_is_told_back(hear: Hear) -> None:
    told = quoted(hear("我" * 200 + "护照丢了怎么补？"))
    assert told.endswith("护照丢了怎么补？") and len(told) <= MOST_QUOTED + 1 and LONG

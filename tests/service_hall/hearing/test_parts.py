"""One message, several questions; and those that are one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge_base.library import Library
from service_hall.hearing.heard import Sentence
from service_hall.hearing.parts import MOST, questions_of
from service_hall.shared.working_calendar import WorkingCalendar
from tests.fakes import FixedClock

Hear = Callable[[str], Sentence]


@pytest.fixture
def hear(real_library: Library) -> Hear:
    return lambda text: Sentence(text, FixedClock()(), real_library, WorkingCalendar())


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "身份证丢了怎么补，另外驾照快到期了要换吗",
            [("id-card-lost", "身份证丢了怎么补"), ("driver-license-renew", "另外驾照快到期了要换吗")],
        ),
        (
            "我护照过期了，想换一本，要多少钱？驾照丢了怎么补，要带什么",
            [
                ("passport-renew", "我护照过期了，想换一本，要多少钱"),
                ("driver-license-lost", "驾照丢了怎么补，要带什么"),
            ],
        ),
        ("身份证和驾照都丢了", [("id-card-lost", "身份证都丢了"), ("driver-license-lost", "驾照都丢了")]),
        (
            "结婚证跟我的户口本都找不到了，怎么补",
            [("marriage-cert-reissue", "结婚证都找不到了，怎么补"), ("hukou-book-reissue", "户口本都找不到了，怎么补")],
        ),
    ],
)
def test_each_item_is_asked_with_its_part(hear: Hear, text: str, asked: list[tuple[str, str]]) -> None:
    assert [(item, part.text) for item, part in questions_of(hear(text))] == asked


def test_no_more_parts_are_looked_up_than_a_list_of_questions_has(
    hear: Hear, real_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    monkeypatch.setattr(type(real_library), "find", lambda _, question: looked_up.append(question))
    assert questions_of(hear("".join(f"补{letter}证吗，" for letter in "甲乙丙丁戊己庚辛壬癸" * 14))) == ()
    assert looked_up == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "？，。",
        "身份证丢了怎么补",
        "办护照要多少钱，多久能拿到？",
        "居住证签注，身份证没在身边，拿户口本去顶行不行",
        "我们家没吃低保，能贷学费不",
        "奶奶拿的高龄补贴，办低保时算不算收入",
        "多少钱，去哪办，带什么",
        "吗，" * 300,
        "身份证和驾照" * 100,
        "拿护照和身份证能办港澳通行证吗",
        "夫妻一方户口本和结婚证丢了怎么离婚",
        "低保和残疾人补贴能一起领吗",
        "结婚证和户口本要带吗",
    ],
)
def test_one_question_stays_whole(hear: Hear, text: str) -> None:
    assert questions_of(hear(text)) == ()


def test_of_very_many_the_first_are_answered(hear: Hear) -> None:
    text = "身份证丢了怎么补，驾照丢了怎么补，护照丢了怎么补，社保卡丢了怎么补，结婚证丢了怎么补"
    assert len(questions_of(hear(text))) == MOST

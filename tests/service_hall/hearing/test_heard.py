"""What a sentence says is read when it is first asked for, and once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from service_hall.hearing import heard as heard_module
from service_hall.hearing.commands import SaidCommand
from service_hall.hearing.heard import Sentence
from service_hall.hearing.when.spoken_time import When, read_when
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.working_calendar import WorkingCalendar
from tests import fakes
from tests.fakes import EAST, WEST

MONDAY = datetime(2026, 6, 1, 9, 30, tzinfo=SHANGHAI)
DOG = "dog-register"


def hear(text: str) -> Sentence:
    return Sentence(text, MONDAY, fakes.town(), WorkingCalendar())


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each text is read for its time."""
    counted: Counter[str] = Counter()

    def counting(text: str, *more: object) -> object:
        counted[text] += 1
        return read_when(text, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(heard_module, "read_when", counting)
    return counted


def test_all_of_a_sentence_is_heard() -> None:
    said = hear("我要预约办狗证，明天上午，离我家近的")
    assert said.when == When((date(2026, 6, 2),), time(8), time(12))
    assert said.books and said.nearest and not said.asks and not said.wants_soonest
    assert said.sure_item == DOG and said.office is None and said.region is None
    assert [clause.text for clause in said.clauses] == ["我要预约办狗证", "明天上午", "离我家近的"]


def test_its_time_is_read_once_and_only_if_somebody_asks(readings: Counter[str]) -> None:
    said = hear("明天上午")
    assert said.books is False and not readings
    assert [said.when for _ in range(9)] == [said.when] * 9
    assert readings == {"明天上午": 1}


def test_the_one_clause_of_a_sentence_is_the_sentence(readings: Counter[str]) -> None:
    said = hear("明天上午")
    assert said.clauses == (said,) and said.clauses[0].when == said.when
    assert readings == {"明天上午": 1}


def test_a_region_that_is_taken_back_is_not_meant() -> None:
    assert hear("是东河区不是西山区").region == EAST
    assert hear("西山区").region == WEST and hear("东河区的呢，多少钱").beside_region.leaves_item_unsaid


def test_what_a_booking_is_moved_from_and_to_is_heard_apart() -> None:
    said = hear("把周三的改到周五")
    assert (said.moved_from.text, said.moved_to.text) == ("把周三的", "周五")
    assert hear("周五").moved_from is not None and hear("周五").moved_to.text == "周五"


def test_today_called_by_its_weekday_is_told_from_today() -> None:
    assert hear("周一").calls_today_by_weekday
    assert not hear("今天").calls_today_by_weekday and not hear("周二").calls_today_by_weekday


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("重新开始", SaidCommand.START_ANEW),
        ("返回上一步", SaidCommand.GO_BACK),
        ("帮助", SaidCommand.HELP),
        ("有哪些主题", SaidCommand.TOPICS),
        ("请删除我的数据", SaidCommand.DELETE_DATA),
        ("重新办身份证", None),
        ("返乡证怎么办", None),
    ],
)
def test_what_is_told_to_the_assistant_itself_is_a_command(text: str, command: SaidCommand | None) -> None:
    assert hear(text).command is command


@pytest.mark.parametrize(
    ("text", "books"),
    [
        ("帮我约一下，要带什么材料", True),  # an order, whatever else is asked
        ("约明天有号吗", True),
        ("约明天要带什么", False),
        ("怎么预约", False),
        ("我要预约", True),
    ],
)
def test_a_booking_is_told_from_a_question_about_one(text: str, books: bool) -> None:
    assert hear(text).books is books


def test_at_the_question_for_an_identity_number_any_no_refuses_it_but_stopping_does_not() -> None:
    assert hear("没有").refuses_id_number and hear("不用").refuses_id_number
    assert not hear("不约了").refuses_id_number and not hear("必须填吗").refuses_id_number


def test_a_sentence_keeps_its_words_out_of_logs() -> None:
    assert "王小明" not in repr(hear("我叫王小明"))


def test_the_library_of_a_sentence_is_that_of_its_moment() -> None:
    bare = replace(fakes.town(), published=fakes.published(documents={}))
    assert Sentence("狗证", MONDAY, bare, WorkingCalendar()).part("狗").library is bare

"""What an answer means in which no word of an option stands: taken and said, asked back, or asked again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge_base.scenarios.questions import Option, OwnWords, Question
from knowledge_base.search.answers import AnswerReader, AnswersCalibration
from knowledge_base.search.find import Weighing
from knowledge_base.search.meanings import Meanings
from service_hall.scenarios.talk.answers_meant import Meant, read_told
from tests.fake_encoder import FakeEncoder
from tests.scenario_town import scenario_library
from tests.service_hall.scenarios.resident import BEGINS, Resident, told
from tests.visit_town import VisitTown

SURE, LIKELY = 0.9, 0.6


@pytest.fixture
def begun() -> Resident:
    calibration = AnswersCalibration((10.0, 10.0), Weighing((0.0, 0.0, 5.0), -2.0), SURE, LIKELY, 0.94)
    reader = AnswerReader(lambda text: text, Meanings(FakeEncoder()), calibration)
    resident = Resident(VisitTown(library=replace(scenario_library(), answers=reader)))
    resident.says(BEGINS, "好的")
    return resident


def test_what_is_clearly_meant_is_taken_and_what_it_is_taken_for_is_said(begun: Resident) -> None:
    begun.says("想陪老人作个伴")
    assert told(begun) == {"whose": "family"} and "记为“自己家养”" in begun.text and begun.asked == "came-on"
    begun.says("上一步")
    assert told(begun) == {} and begun.asked == "whose"


def test_what_is_perhaps_meant_is_asked_back_and_a_yes_takes_it(begun: Resident) -> None:
    begun.says("看着库房")
    assert told(begun) == {} and "您是说“单位养来看门”吗？" in begun.text and begun.asked == "whose"
    begun.says("对")
    assert told(begun) == {"whose": "firm"}


@pytest.mark.parametrize("no", ["不是", "不对"])
def test_a_no_to_that_puts_the_question_again(begun: Resident, no: str) -> None:
    begun.says("看着库房", no)
    assert told(begun) == {} and begun.asked == "whose" and "您是说" not in begun.text
    begun.says("自己家养")
    assert told(begun) == {"whose": "family"}


def test_another_answer_to_that_counts(begun: Resident) -> None:
    begun.says("看着库房", "自己家养")
    assert told(begun) == {"whose": "family"}


def test_what_means_none_of_them_is_asked_again_and_then_in_other_words(begun: Resident) -> None:
    begun.says("嘿嘿")
    assert told(begun) == {} and "换个说法" not in begun.text
    begun.says("哼哼")
    assert "换个说法：1就是家里、自己；2就是公司、单位。" in begun.text


def test_a_question_is_answered_and_takes_nothing(begun: Resident) -> None:
    begun.says("陪老人作伴的要交钱吗")
    assert told(begun) == {}


def test_of_several_the_parts_without_a_word_of_an_option_are_read_too(begun: Resident) -> None:
    begun.says("自己家养", "前天", "不知道", "两只", "带它去图书馆、晚上出摊")
    assert begun.checklist and [step.step_id for step in begun.checklist.steps][-1] == "stall"


def test_what_is_said_not_to_be_so_is_not_meant(begun: Resident) -> None:
    begun.says("不是给孩子解闷")
    assert told(begun) == {}


def test_whoever_is_asked_what_befell_her_calls_for_no_help_by_telling_it(begun: Resident) -> None:
    begun.says("单位养来看门，怕被偷了打110")
    assert told(begun) == {"whose": "firm"} and "大厅里的" not in begun.text
    begun.says("我妈晕倒了快救救她")
    assert "快打120" in begun.text


def test_what_was_asked_back_is_gone_with_the_next_answer_that_is_none(begun: Resident) -> None:
    begun.says("看着库房", "嘿嘿")
    assert "没听明白" in begun.text and "您是说" not in begun.text and begun.asked == "whose"


def test_not_knowing_is_no_no(begun: Resident) -> None:
    begun.says("不知道")
    assert told(begun) == {} and "这一问选了才好往下列" in begun.text


def test_not_knowing_denies_nothing_where_one_option_does() -> None:
    born = Question(
        id="born",
        kind="single",
        ask="孩子出生了吗？",
        options=(Option(value="no", label="还没有"), Option(value="yes", label="已经出生了")),
    )
    desk = Resident().desk
    assert read_told(born, desk.means.hear("不知道"), desk.today) is None
    assert read_told(born, desk.means.hear("还没呢"), desk.today) == Meant("no")


def test_where_all_that_is_said_surely_means_another_than_a_word_of_it_says_it_is_asked_back(begun: Resident) -> None:
    """守着仓库 is told of the firm; 家里 stands there by chance."""
    begun.says("家里没人，是守着仓库夜里巡逻")
    assert told(begun) == {} and "您是说“单位养来看门”吗？" in begun.text


def _read(options: tuple[Option, ...], text: str, unsure: OwnWords | None = None) -> Meant | None:
    desk = Resident().desk
    question = Question(id="asked", kind="single", ask="办了吗？", options=options, unsure=unsure)
    return read_told(question, desk.means.hear(text), desk.today)


THREE = (
    Option(value="no", label="都没开过"),
    Option(value="one", label="只开了社保"),
    Option(value="all", label="都开了"),
)


@pytest.mark.parametrize("text", ["都还没办", "没弄过", "没有"])
def test_a_bare_no_is_the_one_option_of_several_that_denies(text: str) -> None:
    assert _read(THREE, text) == Meant("no")


def test_a_no_to_something_else_picks_none_of_several() -> None:
    assert _read(THREE, "没公积金") is None


TWO = (Option(value="yes", label="领过补助", means=("补助", "领过")), Option(value="no", label="没有领过"))


@pytest.mark.parametrize("text", ["啥补助也没领过", "什么补助都没有"])
def test_a_question_word_that_denies_all_asks_nothing(text: str) -> None:
    assert _read(TWO, text) == Meant("no")


def test_what_is_said_to_be_unknown_is_neither_yes_nor_no() -> None:
    assert _read(TWO, "他领没领过补助我不清楚") is None


@pytest.mark.parametrize("said", ["好的", "对", "是的"])
def test_a_mere_yes_means_no_option(begun: Resident, said: str) -> None:
    begun.says(said)
    assert told(begun) == {} and "您是说" not in begun.text and begun.asked == "whose"


def test_whoever_asks_for_her_list_answers_nothing(begun: Resident) -> None:
    begun.says("看看我的清单")
    assert told(begun) == {} and "您是说" not in begun.text and "清单还没列好" in begun.text


ORIGIN = (
    Option(value="here", label="都是本地居民", said=("都是城里人",)),
    Option(value="abroad", label="一方是外国人", said=("对象是老外",)),
)


@pytest.mark.parametrize(("text", "is_sure"), [("我们都是消防员", False), ("我们都是城里来的", True)])
def test_what_says_only_of_whom_it_tells_is_asked_back(text: str, is_sure: bool) -> None:
    calibration = AnswersCalibration((10.0, 10.0), Weighing((0.0, 0.0, 5.0), -2.0), 0.7, 0.3, 0.94)
    reader = AnswerReader(lambda text: text, Meanings(FakeEncoder()), calibration)
    desk = Resident(VisitTown(library=replace(scenario_library(), answers=reader))).desk
    question = Question(id="from", kind="single", ask="两位是哪里人？", options=ORIGIN)
    assert read_told(question, desk.means.hear(text), desk.today) == Meant("here", is_sure, by_words=False)

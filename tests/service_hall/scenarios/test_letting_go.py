"""The questions of a list are left off in whatever words, gone on with, and never answered by a refusal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from knowledge_base.library import Library
from knowledge_base.scenarios.questions import Option, OwnWords, Question
from knowledge_base.search.answers import AnswerReader
from service_hall.scenarios.talk.answers_meant import read_told
from service_hall.scenarios.talk.answers_said import asks_whether_at_it
from service_hall.scenarios.talk.putting_right import answer_put_right
from tests.scenario_town import scenario_library
from tests.service_hall.scenarios.resident import BEGINS, Resident, told

OWED = Question(
    id="owed",
    kind="multi",
    ask="单位还欠您什么吗？",
    options=(Option(value="wages", label="工资没结清"), Option(value="insurance", label="社保没给交")),
    none=OwnWords(label="都不欠", means=("不欠",)),
)
WORKER = Question(
    id="worker",
    kind="single",
    ask="您是哪一种？",
    options=(
        Option(value="woman-55", label="原来55岁退（女干部）", means=("女干部",)),
        Option(value="woman-50", label="原来50岁退（女工人）", means=("女工人",)),
    ),
)


@pytest.fixture
def begun() -> Resident:
    resident = Resident()
    resident.says(BEGINS, "好的", "单位")
    return resident


class TestLeavingOff:
    @pytest.mark.parametrize(
        "said",
        ["停在这里", "先停一下", "先这样", "下次再说", "回头再弄", "我不办清单了", "不做了", "改天再填吧", "别问了"],
    )
    def test_it_is_asked_once_and_answers_nothing(self, begun: Resident, said: str) -> None:
        begun.says(said)
        assert begun.asked == "leave" and told(begun) == {"whose": "firm"}
        begun.says(said)
        assert not begun.context.walks and "给您留着" in begun.text

    @pytest.mark.parametrize("said", ["先停一下", "下次再说"])
    def test_before_anything_was_told_it_stops_at_once(self, said: str) -> None:
        resident = Resident()
        resident.says(BEGINS, "好的", said)
        assert not resident.context.walks

    @pytest.mark.parametrize("said", ["下次再说？", "先停一下要多久"])
    def test_what_asks_stops_nothing(self, begun: Resident, said: str) -> None:
        begun.says(said)
        assert begun.asked != "leave"

    def test_it_may_be_an_answer_to_what_asks_whether_one_works(self) -> None:
        options = (Option(value="yes", label="还在做"), Option(value="no", label="生意不做了"))
        assert asks_whether_at_it(Question(id="at-it", kind="single", ask="店还在吗？", options=options), "不做了")
        assert asks_whether_at_it(WORKER.model_copy(update={"ask": "还做这一行吗？"}), "不做了")
        assert not asks_whether_at_it(WORKER, "不做了") and not asks_whether_at_it(WORKER, "先停一下")


class TestGoingOn:
    @pytest.mark.parametrize("said", ["接着办清单", "接着答", "继续", "继续填清单", "不停了"])
    def test_the_question_that_was_open_is_asked(self, begun: Resident, said: str) -> None:
        begun.says("算了", said)
        assert begun.asked == "came-on" and "没听明白" not in begun.text and "还没列好" not in begun.text

    @pytest.mark.parametrize("said", ["接着办清单", "接着答", "继续"])
    def test_so_it_is_in_the_middle(self, begun: Resident, said: str) -> None:
        begun.says(said)
        assert begun.asked == "came-on" and "没听明白" not in begun.text and "还没列好" not in begun.text

    def test_an_answer_to_it_counts(self, begun: Resident) -> None:
        begun.says("算了", "昨天")
        assert begun.asked == "dogs" and "came-on" in told(begun)

    def test_the_lists_that_were_kept_are_shown(self, begun: Resident) -> None:
        begun.says("前天", "两只", BEGINS, "好的", "单位", "算了", "我的清单")
        assert begun.checklist.steps


class TestTheMonthOfADay:
    def test_its_day_is_asked_for_and_belongs_to_it(self, begun: Resident) -> None:
        begun.says("2026年3月")
        assert begun.asked == "came-on" and "2026年3月的哪一天？" in begun.text and "没听明白" not in begun.text
        begun.says("5号")
        assert told(begun)["came-on"] == "2026-03-05" and begun.asked == "dogs"

    def test_another_day_counts_all_the_same(self, begun: Resident) -> None:
        begun.says("2026年3月", "2026年4月6日")
        assert told(begun)["came-on"] == "2026-04-06"

    def test_it_is_forgotten_with_the_question(self, begun: Resident) -> None:
        begun.says("2025年3月", "昨天", "上一步", "5号")
        assert not told(begun)["came-on"].startswith("2025-03")

    def test_there_is_no_thirteenth(self, begun: Resident) -> None:
        begun.says("13月")
        assert "哪一天？说几号" not in begun.text


class TestANegationInBetween:
    @pytest.mark.parametrize("said", ["都欠", "全都欠"])
    def test_what_none_denies_of_all_is_said_of_all(self, begun: Resident, said: str) -> None:
        heard = begun.desk.means.hear(said)
        meant = read_told(OWED, heard, begun.desk.today)
        assert meant and meant.told == ["wages", "insurance"]

    @pytest.mark.parametrize("said", ["都不欠", "不欠", "没欠过"])
    def test_none_is_still_none(self, begun: Resident, said: str) -> None:
        meant = read_told(OWED, begun.desk.means.hear(said), begun.desk.today)
        assert meant and meant.told == ["none"]

    def test_what_is_near_to_the_no_is_not_taken_for_it(self, begun: Resident) -> None:
        class Near:
            calibration = type("Floors", (), {"sure": 0.9, "likely": 0.5, "sure_of_question": 0.95})

            def read(self, question: Question, text: str) -> object:
                return type("Meant", (), {"value": "none", "likelihood": 0.99})

        library = scenario_library()
        heard = begun.desk.means.hear("还欠着呢")
        near = type(heard)(heard.text, heard.now, _with_reader(library, Near()), heard.calendar)
        assert read_told(OWED, near, begun.desk.today) is None


class TestWhatItIsToBe:
    @pytest.mark.parametrize("said", ["改一下，我是干部", "改一下，是女干部"])
    def test_part_of_one_options_word_names_it(self, begun: Resident, said: str) -> None:
        heard = begun.desk.means.hear(said)
        assert answer_put_right(heard, [WORKER], {"worker": "woman-50"}, begun.desk) == (WORKER, "woman-55")

    @pytest.mark.parametrize("said", ["改一下干部那一问", "改一下"])
    def test_what_tells_no_new_one_changes_nothing(self, begun: Resident, said: str) -> None:
        heard = begun.desk.means.hear(said)
        assert answer_put_right(heard, [WORKER], {"worker": "woman-50"}, begun.desk) is None


def _with_reader(library: Library, reader: Any) -> Library:
    return replace(library, answers=cast(AnswerReader, reader))

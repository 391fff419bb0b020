"""改一下一共几只: which of the questions is meant, by what it asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge_base.search.answers import AnswerReader, AnswersCalibration
from knowledge_base.search.find import Weighing
from knowledge_base.search.meanings import Meanings
from tests.fake_encoder import FakeEncoder
from tests.scenario_town import scenario_library
from tests.service_hall.scenarios.resident import BEGINS, Resident, told
from tests.visit_town import VisitTown


@pytest.fixture
def resident() -> Resident:
    calibration = AnswersCalibration((10.0, 10.0), Weighing((0.0, 0.0, 5.0), -2.0), 0.9, 0.6, 0.94)
    reader = AnswerReader(lambda text: text, Meanings(FakeEncoder()), calibration)
    resident = Resident(VisitTown(library=replace(scenario_library(), answers=reader)))
    resident.says(BEGINS, "好的")
    return resident


def test_in_the_middle_it_is_asked_once_more_with_its_answer_offered(resident: Resident) -> None:
    resident.says("单位", "昨天", "改一下狗是哪天到家的")
    assert resident.asked == "came-on" and "您之前说过" in resident.text and told(resident) == {"whose": "firm"}
    resident.says("对")
    assert resident.asked == "dogs"


def test_once_the_list_stands_it_is_asked_anew_and_what_was_ticked_stays(resident: Resident) -> None:
    resident.says(
        "自己家养", "前天", "不知道", "两只", "都没有", "第1件办好了", "狂犬疫苗接种证明我这儿有", "改一下一共几只"
    )
    assert resident.asked == "dogs" and told(resident)["whose"] == "family"
    resident.says("三只")
    assert "要备3个狗窝" in resident.text and resident.checklist.steps[0].done
    assert [each.name for each in resident.checklist.materials if each.have] == ["狂犬疫苗接种证明"]


def test_what_names_no_question_is_asked_which(resident: Resident) -> None:
    resident.says("单位", "前天", "两只", "改一下")
    assert "要改哪一问？" in resident.text and not resident.context.walks


@pytest.mark.parametrize(
    "said", ["改一下狗是谁养那一问", "狗是谁养那个问题我想改", "重新选狗是谁养的问题", "重新答一下狗是谁养"]
)
def test_a_question_is_named_by_its_own_words_whatever_they_ask(resident: Resident, said: str) -> None:
    resident.says("单位", "昨天", said)
    assert resident.asked == "whose" and "您之前说过“单位养来看门”" in resident.text
    resident.says("自己家养", "不知道", "两只", "都没有", said)
    assert resident.asked == "whose"


@pytest.mark.parametrize("said", ["狗是谁养的问题不大", "狗是谁养那一问是什么意思"])
def test_what_wants_no_change_or_names_none_leads_to_none(resident: Resident, said: str) -> None:
    resident.says("单位", "昨天", said)
    assert resident.asked in ("", "dogs") and told(resident)["whose"] == "firm"

"""The list of a life event is offered beside whatever is said, where it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from knowledge_base.scenarios.topics import topic_id_of
from knowledge_base.search.find import Hit, Weighing
from knowledge_base.search.lived import LivedCalibration, LivedReader, Telling
from service_hall.conversation.reply import AnswerReply, ChoicesReply
from tests.scenario_town import DOG_LIFE, scenario_library
from tests.service_hall.scenarios.resident import Resident
from tests.visit_town import VisitTown

FLOORS = {Telling.INSTEAD: 0.9, Telling.ALONE: 0.5, Telling.BESIDE: 0.2, Telling.BESIDE_NAMED: 0.4}


class Told:
    """Every sentence tells of the dog, as likely as that."""

    calibration = LivedCalibration(Weighing((), 0.0), FLOORS)

    def __init__(self, score: float) -> None:
        self.score = score

    def likeliest(self, text: str) -> Hit | None:
        return Hit(topic_id_of(DOG_LIFE), self.score, "", True) if text else None


def resident(score: float) -> Resident:
    return Resident(VisitTown(library=replace(scenario_library(), lived=cast(LivedReader, Told(score)))))


OFFER = "列一张专门给您的清单"


@pytest.mark.parametrize(("score", "is_offered"), [(0.1, False), (0.3, False), (0.45, True)])
def test_below_an_answer_that_was_named_it_must_be_likelier(score: float, is_offered: bool) -> None:
    asks = resident(score)
    asks.says("借书证丢了怎么补办")
    assert isinstance(asks.first, AnswerReply) and (OFFER in asks.text) is is_offered
    asks.says("好的")
    assert (asks.asked == "whose") is is_offered


def test_where_nothing_is_found_it_is_offered_and_taken_by_its_number() -> None:
    tells = resident(0.3)
    tells.says("河里的鱼怎么钓")
    assert isinstance(tells.first, ChoicesReply) and "列一份清单：我家要养狗" in tells.text
    tells.says("1")
    assert tells.asked == "whose"


def test_below_what_is_no_service_it_must_be_clearly_told() -> None:
    tells = resident(0.3)
    tells.says("推荐个饭馆")
    assert tells.text.startswith("这个问题不属于政务服务事项") and "列一份清单" not in tells.text


@pytest.mark.parametrize(
    ("said", "begins"), [("列清单", True), ("要", True), ("给我列个清单吧", True), ("不要", False)]
)
def test_where_it_is_all_that_lies_on_the_table_it_is_taken_in_words(said: str, begins: bool) -> None:
    tells = resident(0.3)
    tells.says("河里的鱼怎么钓")
    [*_, alone] = tells.context.options
    tells.context = tells.context.model_copy(update={"options": (alone,)})
    tells.says(said)
    assert (tells.asked == "whose") is begins


def test_where_nothing_is_found_and_it_is_likely_it_is_told() -> None:
    tells = resident(0.6)
    tells.says("河里的鱼怎么钓")
    assert tells.first.text.startswith("恭喜添了新成员！") and OFFER in tells.text


@pytest.mark.parametrize(("score", "place"), [(0.3, -1), (0.6, 0)])
def test_among_choices_it_stands_first_only_where_it_is_clearly_told(score: float, place: int) -> None:
    tells = resident(score)
    tells.says("借书证")
    assert isinstance(tells.first, ChoicesReply)
    labels = [option.label for option in tells.first.options]
    assert labels[place] == "列一份清单：我家要养狗" and len(labels) > 1
    tells.says(labels[place])
    assert tells.asked == "whose"


def test_in_the_middle_of_a_list_nothing_is_offered() -> None:
    tells = resident(0.6)
    tells.says("小狗接回家要办的事", "好的", "借书证丢了怎么补办")
    assert OFFER not in tells.text and tells.asked == "whose"


@pytest.mark.parametrize("said", ["我家不养狗了", "我没养狗狗"])
def test_what_is_said_not_to_be_so_offers_nothing_and_tells_of_no_item(said: str) -> None:
    citizen = resident(0.95)
    citizen.says(said)
    assert "没有这回事就不用办" in citizen.text and OFFER not in citizen.text and not citizen.context.walks


def test_behind_whom_to_call_the_list_of_what_comes_after_is_offered_where_it_is_clearly_told() -> None:
    hurt = resident(0.6)
    hurt.says("我爸晕倒了")
    assert "快打120" in hurt.first.text and "列一份清单：我家要养狗" in hurt.text
    hurt.says("1")
    assert hurt.asked == "whose"
    less = resident(0.3)
    less.says("我爸晕倒了")
    assert "快打120" in less.text and "清单" not in less.text


def test_what_befell_somebody_is_not_about_a_thing_in_the_hall_of_that_name() -> None:
    opens = resident(0.6)
    opens.says("我想在门口停车")
    assert opens.first.text.startswith("恭喜添了新成员！")

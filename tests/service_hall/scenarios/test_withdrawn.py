"""A life event that is withdrawn is offered and begun no more; lists that were kept of it can be read."""

from __future__ import annotations

import pytest

from knowledge_base.scenarios.model import WrittenScenario
from knowledge_base.scenarios.sifting import with_written
from knowledge_base.yaml_lines import lined_yaml
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import AnswerReply, ChoicesReply, QuestionReply
from service_hall.publishing.beginning import with_withdrawn
from tests.fakes import build_town, published
from tests.reasons import with_reason
from tests.scenario_town import DOG_LIFE, WRITTEN, dog_life, scenario_library
from tests.service_hall.scenarios.resident import ASKS_FOR_ALL, BEGINS, Resident, told
from tests.visit_town import LOST, town_offices

FIRM = ("好的", "单位养来看门", "前天", "两只")


@pytest.fixture
def resident() -> Resident:
    return Resident()


def withdraw(resident: Resident) -> None:
    """From now on."""
    body = with_withdrawn(lined_yaml(WRITTEN).data, True)
    written = WrittenScenario(dog_life().model_copy(update={"withdrawn": True}), body)
    after = with_written(published(offices=town_offices(), scenarios={DOG_LIFE: dog_life()}), {DOG_LIFE: written}, {})
    assert list(after.scenarios) == [] and list(after.withdrawn) == [DOG_LIFE]
    resident.town.library = build_town(after)


def test_it_is_told_of_no_more(resident: Resident) -> None:
    withdraw(resident)
    resident.says(BEGINS)
    assert not resident.asked and "养狗一件事" not in resident.text
    assert not resident.says(ASKS_FOR_ALL).context.walks


def test_a_list_that_was_kept_is_read_ticked_and_booked_from(resident: Resident) -> None:
    resident.says(BEGINS, *FIRM)
    before = resident.checklist
    withdraw(resident)
    resident.says("我的清单")
    now = resident.checklist
    assert now.steps == before.steps and now.materials == before.materials
    assert "改我的回答" not in [each.label for each in now.options]
    resident.says("第1件办好了")
    assert resident.checklist.steps[0].done
    resident.taps("约第2件")
    assert resident.context.walks[-1].name == "booking"


def test_its_answers_are_changed_no_more(resident: Resident) -> None:
    resident.says(BEGINS, *FIRM)
    changes = next(each.payload for each in resident.checklist.options if each.label == "改我的回答")
    withdraw(resident)
    for said in (changes, "改第2个问题", "单位养改成自己家养"):
        resident.says("我的清单", said)
        assert "不再提供" in resident.text, (said, resident.text)
        assert not resident.context.walks


def half_way(resident: Resident) -> None:
    resident.says(BEGINS, "好的", "单位养来看门")
    withdraw(resident)


@pytest.mark.parametrize("said", ["前天", "算了", "嗯哼"])
def test_who_answers_in_the_middle_of_it_is_told_and_led_to_its_guides(resident: Resident, said: str) -> None:
    half_way(resident)
    turn = resident.says(said)
    assert with_reason(turn).reason.startswith("open_walk_is_gone:scenario.")
    assert "养狗一件事）”的清单现在不再提供了" in resident.text and "给您留着" in resident.text
    assert not resident.context.walks and isinstance(resident.first, ChoicesReply)
    resident.says("1")
    assert isinstance(resident.first, AnswerReply) and "不再提供" not in resident.text


def test_a_tap_on_its_question_is_told_so_too(resident: Resident) -> None:
    resident.says(BEGINS, "好的")
    question = resident.turn.replies[-1]
    assert isinstance(question, QuestionReply)
    withdraw(resident)
    resident.says(question.options[0].payload)
    assert "不再提供" in resident.text and "留着" not in resident.text and not resident.context.walks


def test_what_is_asked_in_the_middle_of_it_is_answered_and_she_is_told_once(resident: Resident) -> None:
    half_way(resident)
    resident.says("借书证丢了怎么补办")
    assert isinstance(resident.first, AnswerReply) and resident.first.guide_id == "library-card-lost"
    assert "不再提供" in resident.turn.replies[-1].text
    resident.says("我的清单")
    assert "提供" not in resident.text and not resident.asked


def test_who_books_above_it_is_told_when_the_booking_is_left(resident: Resident) -> None:
    resident.says(BEGINS, "好的", "单位养来看门", command_payload("book", guide_id=LOST))
    assert [each.name for each in resident.context.walks] == ["scenario", "booking"]
    withdraw(resident)
    resident.says("不约了")
    assert "不再提供" in resident.text and not resident.context.walks


def test_what_was_told_is_there_when_it_is_offered_again(resident: Resident) -> None:
    half_way(resident)
    resident.says("前天")
    resident.town.library = scenario_library()
    resident.says("我的清单")
    assert resident.asked and told(resident)


def test_a_list_that_was_left_half_way_is_not_gone_on_with(resident: Resident) -> None:
    resident.says(BEGINS, "好的", "单位养来看门", "算了", "算了")
    withdraw(resident)
    resident.says("我的清单")
    assert not resident.asked and "还没有清单" in resident.text

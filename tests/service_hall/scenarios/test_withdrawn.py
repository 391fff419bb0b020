"""A life event that is withdrawn is offered and begun no more; lists that were kept of it can be read."""

from __future__ import annotations

import pytest

from knowledge_base.scenarios.model import WrittenScenario
from knowledge_base.scenarios.sifting import with_written
from knowledge_base.yaml_lines import lined_yaml
from service_hall.conversation.reply import AnswerReply
from service_hall.publishing.beginning import with_withdrawn
from tests.fakes import build_town, published
from tests.scenario_town import DOG_LIFE, WRITTEN, dog_life
from tests.service_hall.scenarios.resident import ASKS_FOR_ALL, BEGINS, Resident
from tests.visit_town import town_offices

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


def test_who_is_in_the_middle_of_it_is_answered_without_it(resident: Resident) -> None:
    resident.says(BEGINS, "好的", "单位养来看门")
    withdraw(resident)
    resident.says("借书证丢了怎么补办")
    assert isinstance(resident.first, AnswerReply) and resident.first.guide_id == "library-card-lost"
    resident.says("我的清单")
    assert "不再提供" not in resident.text and not resident.asked


def test_a_list_that_was_left_half_way_is_not_gone_on_with(resident: Resident) -> None:
    resident.says(BEGINS, "好的", "单位养来看门", "算了", "算了")
    withdraw(resident)
    resident.says("我的清单")
    assert not resident.asked and "还没有清单" in resident.text

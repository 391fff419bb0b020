"""What staff see of a life event in a form comes back as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.content_reading import Reading
from knowledge_base.rate_files import CONTENT, read_rate_files
from knowledge_base.scenarios.model import Scenario
from knowledge_base.yaml_lines import lined_yaml, read_yaml
from service_hall.publishing.differences import differences
from service_hall.publishing.parts import HEAD, PartName, lay_together, moved, names_in, part_of, with_part
from service_hall.publishing.scenario_fields import fields_of_part, part_title
from service_hall.publishing.scenario_written import as_text, from_text
from tests.scenario_town import WRITTEN

BODY = lined_yaml(WRITTEN).data
FILES = sorted((CONTENT / "scenarios").glob("*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_life_event_comes_back_from_its_form_as_it_was(path: Path) -> None:
    body = read_yaml(path).data
    read = body
    for name in (HEAD, *names_in(body)):
        part = part_of(body, name)
        assert part.value is not None
        again = dict(part.value)
        for field in fields_of_part(name):
            if field in part.value:
                again[field] = from_text(field, as_text(field, part.value[field]))
        read = with_part(read, type(part)(name, again, part.within))
    assert Scenario.model_validate(read) == Scenario.model_validate(body)


def test_every_shipped_rate_comes_back_from_its_form_as_it_was() -> None:
    for written in read_rate_files(Reading(CONTENT)):
        for rate in written.body["rates"]:
            text = as_text("values", rate["values"])
            assert as_text("values", from_text("values", text)) == text
            assert len(from_text("values", text)) == len(rate["values"])


def test_a_condition_may_be_typed_with_chinese_brackets_and_commas() -> None:
    assert from_text("when", "｛answer：plan，is：late｝") == {"answer": "plan", "is": "late"}
    assert from_text("when", "late") == "late"
    assert from_text("when", "") == ""


def test_what_cannot_be_read_stays_as_it_was_typed() -> None:
    assert from_text("when", "{answer: plan, is") == "{answer: plan, is"
    assert from_text("bounds", "最晚 today | 还没到。") == [{"not_after": "today", "says": "还没到。"}]
    assert from_text("bounds", "最早 @came-on | 先出生。") == [
        {"not_before": {"answer": "came-on"}, "says": "先出生。"}
    ]


def test_a_life_event_is_edited_in_parts() -> None:
    assert [*names_in(BODY)][:3] == ["questions.whose", "questions.came-on", "questions.born-on"]
    asked = part_of(BODY, PartName("questions.whose"))
    changed = with_part(BODY, type(asked)(asked.name, {**(asked.value or {}), "ask": "谁来养？"}))
    conditions = part_of(BODY, PartName("conditions"))
    other = with_part(
        BODY, type(conditions)(conditions.name, {"conditions": {**BODY["conditions"], "few": {"not": "many"}}})
    )
    together = lay_together(BODY, changed, other)
    assert together.both == () and together.body["questions"][0]["ask"] == "谁来养？"
    assert together.body["conditions"]["few"] == {"not": "many"}
    assert with_part(BODY, part_of(BODY, HEAD)) == BODY


def test_differences_are_told_field_by_field() -> None:
    asked = part_of(BODY, PartName("questions.whose"))
    changed = with_part(BODY, type(asked)(asked.name, {**(asked.value or {}), "ask": "谁来养？"}))
    [told] = differences(BODY, changed)
    assert (told.where, told.before, told.after) == ("问题 whose · 问什么", "狗是谁养？", "谁来养？")
    gone = with_part(BODY, type(asked)(asked.name, None))
    assert all(each.after == "" for each in differences(BODY, gone))
    [order] = differences(BODY, moved(BODY, PartName("questions.whose"), 1))
    assert order.where == "问题的先后" and order.after.startswith("came-on、whose")
    assert part_title(PartName("conditions")) == "条件"

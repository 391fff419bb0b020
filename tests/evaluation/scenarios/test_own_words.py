"""Each option is understood as it is offered, and told in several ways."""

from __future__ import annotations

from evaluation.scenarios.own_words import not_understood
from tests.scenario_town import WRITTEN, dog_life, scenario_library, scenario_of


def test_what_is_offered_is_understood_by_label_number_and_place() -> None:
    assert [fault for fault in not_understood(dog_life(), scenario_library()) if "没有当作" in fault] == []


def test_an_option_with_few_ways_of_telling_it_is_named() -> None:
    few = scenario_of(WRITTEN.replace("means: [夜市, 摆摊], said: [晚上出摊]", "means: [夜市]"))
    assert any(fault.startswith("also：“夜市卖狗粮”只有1种说法") for fault in not_understood(few, scenario_library()))

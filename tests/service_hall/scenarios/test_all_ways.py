"""Walking every way finds what cannot be reached, and what never ends well."""

from __future__ import annotations

import pytest

from service_hall.scenarios import all_ways
from service_hall.scenarios.all_ways import Walked, walk_all
from tests.scenario_town import CALCULATORS, TODAY, WRITTEN, scenario_of
from tests.service_hall.scenarios.test_checklist import standing


def walked(was: str = "", now: str = "") -> Walked:
    assert was in WRITTEN
    return walk_all(scenario_of(WRITTEN.replace(was, now, 1)), standing(), TODAY, CALCULATORS)


def test_the_town_s_scenario_is_whole() -> None:
    found = walked()
    assert found.faults == [] and found.longest == 5
    assert found.items == {"dog-register", "library-card-first", "night-stall"}


def test_a_way_is_what_is_asked_and_what_stands_in_the_list() -> None:
    """Of four questions that are always asked, each answer that a condition looks at is a way of its own."""
    found = walked("when: family\n", "\n")
    assert found.is_whole and found.ways > 20


def test_of_too_many_ways_some_are_drawn_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = walked()
    monkeypatch.setattr(all_ways, "MOST_WAYS", 12)
    found = walked()
    assert whole.is_whole and not found.is_whole and whole.ways > 12
    assert (found.faults, found.items) == (whole.faults, whole.items)
    assert found.ways <= whole.ways


@pytest.mark.parametrize(
    ("was", "now", "complains"),
    [
        ("many: {answer: dogs, at_least: 3}", "many: {answer: dogs, at_least: 30}", "条件从来不成立：many"),
        ("many: {answer: dogs, at_least: 3}", "many: {answer: dogs, at_least: 1}", "条件总是成立：many"),
        ("when: family\n", "when: {all: [family, {not: family}]}\n", "问题走不到：also"),
        ("when: reads\n", "when: {all: [reads, {not: family}]}\n", "步骤走不到：card"),
        ("when: {not: young}\n", "when: {answer: dogs, more_than: 25}\n", "步骤走不到：vaccine"),
        ("compute: pens", "compute: kennels", "没有这个计算：kennels"),
        ("- {at_most: 20,", "- {at_most: 0,", "没有一个答案合得上界限：dogs"),
    ],
)
def test_what_is_not_whole_is_named(was: str, now: str, complains: str) -> None:
    assert any(fault.startswith(complains) for fault in walked(was, now).faults), walked(was, now).faults


def test_more_than_fifteen_questions_are_too_many() -> None:
    more = "".join(
        f"  - {{id: more-{number}, kind: number, ask: 再问{number}？, "
        f"bounds: [{{at_least: 0, says: 不能再少。}}, {{at_most: 9, says: 太多了。}}]}}\n"
        for number in range(11)
    )
    assert any("16个问题" in fault for fault in walked("conditions:\n", more + "conditions:\n").faults)


def test_a_way_on_which_nothing_is_to_be_done_is_named() -> None:
    few = WRITTEN.replace("when: {not: young}", "when: many").replace(
        "after: vaccine", "after: vaccine\n    when: many"
    )
    faults = walk_all(scenario_of(few), standing(), TODAY, CALCULATORS).faults
    assert any(fault.startswith("有一条路最后什么都不用办") for fault in faults)

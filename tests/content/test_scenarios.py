"""The shipped scenarios: every way ends soon in a list of items in force, and every item listed is reached on one."""

from __future__ import annotations

import csv
from functools import cache

import pytest

from evaluation.scenarios.report import standing_of
from knowledge_base.content_files import CONTENT, Content, load_content
from knowledge_base.library import Library
from knowledge_base.search.find import Answered
from service_hall.scenarios.all_ways import MOST_QUESTIONS, walk_all
from service_hall.scenarios.calculators import CALCULATORS
from service_hall.shared.clock import shanghai_now

WRITTEN = sorted(path.stem for path in (CONTENT / "scenarios").glob("*.yml"))


@cache
def listed() -> dict[str, list[str]]:
    text = (CONTENT / "scenarios" / "scenarios.csv").read_text("utf-8")
    return {row["id"]: row["guides_touched"].split(";") for row in csv.DictReader(text.splitlines())}


@pytest.fixture(scope="module")
def read() -> Content:
    return load_content()


def test_no_scenario_has_a_fault(read: Content) -> None:
    assert [str(fault) for fault in read.faults if fault.file.startswith("scenarios/")] == []
    assert sorted(read.scenarios) == WRITTEN


@pytest.mark.parametrize("scenario_id", WRITTEN)
def test_every_way_ends_in_a_list_and_everything_is_met_on_one(scenario_id: str, read: Content) -> None:
    today = shanghai_now().date()
    walked = walk_all(read.scenarios[scenario_id], standing_of(read, today), today, CALCULATORS)
    assert walked.faults == []
    assert walked.ways > 20 and walked.longest <= MOST_QUESTIONS
    assert set(listed()[scenario_id]) <= walked.items


def test_each_way_of_telling_it_finds_its_scenario(real_library: Library) -> None:
    """But for what a guide lists as its own question, word for word."""
    for scenario in real_library.published.scenarios.values():
        found = [real_library.find(each.q) for each in scenario.asked]
        own = [each for each in found if isinstance(each, Answered) and real_library.scenario_of(each.hit.guide_id)]
        assert len(own) >= len(found) - 1, scenario.id

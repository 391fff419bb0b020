"""A scenario beside the guides of a day: what is found, where it ends dead, what it reckons with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge_base.library import Library
from knowledge_base.scenarios.checking import faults_beside
from knowledge_base.scenarios.places import place_in_words
from service_hall.scenarios.calculators import CALCULATORS as REAL
from service_hall.scenarios.checks import NOT_IN_FORCE, UNREACHED, Finding, ScenarioChecks
from service_hall.scenarios.trying_out import try_out
from tests.scenario_town import CALCULATORS, TODAY, WRITTEN, dog_life, scenario_library, scenario_of

RATED = WRITTEN.replace(
    "compute: pens, with: {dogs: {answer: dogs}}", "compute: injury-worker-until, with: {hurt: {answer: came-on}}"
)


def checks() -> ScenarioChecks:
    return ScenarioChecks(scenario_library, lambda _: CALCULATORS)


def test_the_towns_scenario_is_sound() -> None:
    found = checks()
    assert found.findings(dog_life(), TODAY) == () and found.walked(dog_life(), TODAY).faults == []
    dead = found.dead_ends(dog_life(), TODAY)
    assert (dead.questions, dead.steps) == ({}, {})


def test_what_is_never_met_or_not_in_force_is_a_dead_end() -> None:
    unreached = scenario_of(WRITTEN.replace("when: reads\n", "when: {all: [reads, {not: family}]}\n"))
    assert checks().dead_ends(unreached, TODAY).steps == {"card": UNREACHED}
    ended = checks().dead_ends(dog_life(), date(2001, 1, 1))
    assert ended.steps == {"register": NOT_IN_FORCE, "card": NOT_IN_FORCE, "stall": NOT_IN_FORCE}


def test_a_question_without_any_answer_marks_nothing_else_as_dead() -> None:
    unanswerable = scenario_of(WRITTEN.replace("- {at_most: 20,", "- {at_most: 0,"))
    found = checks()
    assert any("没有一个答案" in fault for fault in found.walked(unanswerable, TODAY).faults)
    assert found.dead_ends(unanswerable, TODAY).questions == {}


def test_a_finding_says_where_it_stands() -> None:
    broken = scenario_of(WRITTEN.replace("statements: {chip-fee: many}", "statements: {no-such: many}"))
    [finding] = checks().findings(broken, TODAY)
    assert finding == Finding("步骤“dog-register”（register）", "dog-register 没有这条陈述：no-such")


def test_every_kind_of_place_has_its_words() -> None:
    scenario = dog_life()
    for place in (("questions", 0), ("steps", 0), ("papers", 0), ("calculated", 0), ("notes", 0), ("conditions", "a")):
        assert place_in_words(place, scenario)
    assert place_in_words(("theme",), scenario) == ""
    assert list(faults_beside(scenario, {})) and scenario.steps[0].title in place_in_words(("steps", 0), scenario)


def test_once_something_is_published_it_is_looked_at_anew() -> None:
    shelf: list[Library] = [scenario_library()]
    found = ScenarioChecks(lambda: shelf[0], lambda _: CALCULATORS)
    assert found.findings(dog_life(), TODAY) == ()
    shelf[0] = replace(shelf[0], published=replace(shelf[0].published, documents={}))
    assert found.findings(dog_life(), TODAY) != ()


def test_rates_that_a_calculator_used_are_named_with_the_figure() -> None:
    rated = scenario_of(RATED)
    found = ScenarioChecks(scenario_library, lambda _: REAL)
    assert [each.id for each in found.rates(rated, TODAY)] == ["worker-years"]
    answers = {"whose": "firm", "came-on": "2026-05-20", "dogs": 1}
    trial = try_out(rated, answers, TODAY, None, scenario_library(), REAL)
    [figure] = trial.figures
    assert figure.reckoned.rates == ("injury.worker-years",) and figure.title == "自己最晚哪天申请工伤认定"

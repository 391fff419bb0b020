"""What the citizen has told already: in the sentence that led here, or in another scenario. It is offered when its
question comes, never taken for granted."""

from __future__ import annotations

from typing import Any

from knowledge_base.scenarios.conditions import UNSURE
from knowledge_base.scenarios.model import Scenario
from service_hall.hearing.figures import read_figure_said
from service_hall.scenarios.answering import NoAnswer, read_answer
from service_hall.scenarios.talk.answers_said import means_option
from service_hall.scenarios.talk.days_said import read_day_said
from service_hall.scenarios.talk.walk import ScenarioWalk


def told_before(walk: ScenarioWalk) -> dict[str, Any]:
    return {**_in_other_scenarios(walk), **_in_the_chat(walk)}


def _in_the_chat(walk: ScenarioWalk) -> dict[str, Any]:
    """两个人合伙想开个火锅店: what it tells beyond doubt, by the words of an option, a number with its unit, a day."""
    text = "，".join(filter(None, (walk.heard.context.question, walk.heard.context.told_since, walk.heard.text)))
    said = walk.heard.sentence.part(text)
    found: dict[str, Any] = {}
    days = [each for each in walk.scenario.questions if each.kind == "date"]
    for question in walk.scenario.questions:
        told: Any = None
        if question.kind == "single":
            told = means_option(question, text) or None
        elif question.kind == "number" and question.unit and question.unit in text:
            figure = read_figure_said(text, question.unit)
            told = figure.value if figure else None
        elif question.kind == "date" and len(days) == 1 and (day := read_day_said(question, said, walk.desk.today)):
            told = day.isoformat()
        if told is not None and not isinstance(read_answer(question, told, walk.desk.today), NoAnswer):
            found[question.id] = told
    return found


def _in_other_scenarios(walk: ScenarioWalk) -> dict[str, Any]:
    """By the facts that both name; the newest counts."""
    published = walk.desk.means.library().published
    facts: dict[str, Any] = {}
    for kept in reversed(walk.desk.checklists.of_visitor(walk.heard.visitor_id)):
        if other := published.scenario_ever(kept.scenario_id):
            facts |= _facts_of(other, dict(kept.answers))
    return {each.id: facts[each.fact] for each in walk.scenario.questions if each.fact and each.fact in facts}


def _facts_of(scenario: Scenario, answers: dict[str, Any]) -> dict[str, Any]:
    """What she did not know then she may know now."""
    told = ((each.fact, answers.get(each.id, UNSURE)) for each in scenario.questions if each.fact)
    return {fact: answer for fact, answer in told if fact and answer != UNSURE}

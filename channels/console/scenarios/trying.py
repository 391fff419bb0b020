"""A life event tried out: its questions as one form, the list as the citizen gets it, and why each step stands there.

The answers stand in the address, so that a way can be gone back on, kept and sent to a colleague. They are made up, and
kept nowhere.
"""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from channels.console.knowledge.where import region_names
from channels.console.scenarios.days import SCENARIOS, day_asked, staged
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, typed
from channels.inputs import OptionalDay
from knowledge_base.rates import RateBook
from knowledge_base.scenarios.conditions import NONE, UNSURE
from knowledge_base.scenarios.model import Scenario
from knowledge_base.scenarios.questions import Question
from service_hall.hall import Hall
from service_hall.publishing.use_cases import Publishing
from service_hall.scenarios.checks import rates_of
from service_hall.scenarios.telling import offices_in_words, parts_in_words, sources_in_words
from service_hall.scenarios.trying_out import Trial, try_out
from service_hall.staff.roles import Action

_UNSURE_TICK = ".unsure"
"""Behind the name of a question that is written, not picked: 不知道 is ticked."""


def make_scenario_trial_router(console: Console, hall: Hall, publishing: Publishing) -> APIRouter:
    router = APIRouter(prefix=SCENARIOS, include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))

    @router.get("/{scenario_id}/try")
    def show(
        scenario_id: str, as_of: OptionalDay = None, for_region: str = "", draft: str = "", seat: Seat = reader
    ) -> Response:
        stage, on = staged(scenario_id, draft, hall, publishing), day_asked(as_of, hall)
        scenario, library = stage.scenario, stage.library
        regions = region_names(library)
        region = for_region if for_region in regions else None
        form = typed(seat.request.query_params)
        trial = try_out(scenario, answers_in(form, scenario), on, region, library, stage.calculators)
        asked = {question.id for question in trial.way.asked}
        refused = trial.way.refused
        if refused and refused.node in asked:
            form.refuse(refused.node, refused.says)
        told = trial.told
        return seat.show(
            "scenarios/try.html",
            scenario=scenario,
            stage=stage,
            on=on,
            region=region or "",
            regions=regions.items(),
            form=form,
            trial=trial,
            choices={question.id: choices_of(question) for question in trial.way.asked},
            several={each.id: [(*choice, "") for choice in choices_of(each)] for each in trial.way.asked},
            unsure_tick=_UNSURE_TICK,
            beside=_beside(form, scenario, asked),
            parts={step.order: parts_in_words(step) for step in told.steps} if told else {},
            offices=offices_in_words(told, library) if told else {},
            sources=sources_in_words(told.sources) if told else "",
            rates=_rates_of(trial, rates_of(library)),
        )

    return router


def answers_in(form: Form, scenario: Scenario) -> dict[str, object]:
    """As `/api/scenarios` takes them; what was left empty is not answered."""
    found: dict[str, object] = {}
    for question in scenario.questions:
        said = [each.strip() for each in form.values(question.id) if each.strip()]
        if question.unsure and form.value(question.id + _UNSURE_TICK):
            found[question.id] = UNSURE
        elif said:
            found[question.id] = said if question.kind == "multi" else said[0]
    return found


def choices_of(question: Question) -> list[tuple[str, str]]:
    """Value and words."""
    found = [(option.value, option.label) for option in question.options]
    if question.none:
        found.append((NONE, question.none.label))
    if question.unsure and question.kind == "single":
        found.append((UNSURE, question.unsure.label))
    return found


def _beside(form: Form, scenario: Scenario, asked: set[str]) -> list[tuple[str, str]]:
    """Answers to what is not asked on this way: they wait there, should another answer lead back to them."""
    others = [question.id for question in scenario.questions if question.id not in asked]
    names = [name for each in others for name in (each, each + _UNSURE_TICK)]
    return [(name, value) for name in names for value in form.values(name) if value]


def _rates_of(trial: Trial, book: RateBook) -> dict[str, str]:
    """Name → title of those that were reckoned with."""
    rates = book.rates
    return {name: rates[name].title for figure in trial.figures for name in figure.reckoned.rates}

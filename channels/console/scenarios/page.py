"""`/console/scenarios`: the life events with what their checks say; each with its picture, words, items and rates."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Depends, Response
from markupsafe import Markup

from channels.console.knowledge.where import whole_hall
from channels.console.scenarios.days import SCENARIOS, day_asked, staged
from channels.console.shell.console import Console, Seat
from channels.inputs import OptionalDay
from knowledge_base.content_files import Fault
from knowledge_base.scenarios.drawing import drawn
from knowledge_base.scenarios.in_words import in_words
from service_hall.hall import Hall
from service_hall.publishing.draft import DocumentKey
from service_hall.publishing.use_cases import Publishing
from service_hall.scenarios.checks import ScenarioChecks
from service_hall.staff.roles import Action

KINDS = {"single": "选一个", "multi": "选几个", "date": "日期", "number": "数字", "text": "文字"}


def make_scenarios_desk_router(
    console: Console, hall: Hall, publishing: Publishing, content_faults: Sequence[Fault]
) -> APIRouter:
    """`content_faults`: those with which content was read; a scenario with one is left out."""
    router = APIRouter(prefix=SCENARIOS, include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))
    calculators_with = hall.scenarios.desk.calculators_with
    of_published = ScenarioChecks(hall.library, calculators_with)
    left_out = [fault for fault in content_faults if fault.file.startswith("scenarios/")]

    @router.get("")
    def list_them(as_of: OptionalDay = None, seat: Seat = reader) -> Response:
        on = day_asked(as_of, hall)
        lines = [(each, of_published.findings(each, on)) for each in hall.scenarios.all()]
        may_edit = seat.may(Action.EDIT_SCENARIOS, whole_hall(hall.library()))
        return seat.show(
            "scenarios/list.html",
            on=on,
            lines=lines,
            withdrawn=hall.scenarios.withdrawn(),
            left_out=left_out,
            may_edit=may_edit,
        )

    @router.get("/{scenario_id}")
    def show(scenario_id: str, as_of: OptionalDay = None, draft: str = "", seat: Seat = reader) -> Response:
        stage, on = staged(scenario_id, draft, hall, publishing), day_asked(as_of, hall)
        scenario, library, key = stage.scenario, stage.library, DocumentKey.of_scenario(scenario_id)
        checks = of_published if stage.draft is None else ScenarioChecks(lambda: library, calculators_with)
        dead = checks.dead_ends(scenario, on)
        names = library.names
        return seat.show(
            "scenarios/scenario.html",
            scenario=scenario,
            on=on,
            stage=stage,
            draft=publishing.desk.records.open_draft_of(key),
            may_edit=seat.may(Action.EDIT_SCENARIOS, whole_hall(library)),
            findings=checks.findings(scenario, on),
            walked=checks.walked(scenario, on),
            dead=dead,
            # Everything in it is escaped where it is drawn.
            picture=Markup(drawn(scenario, names, dead, look="")),
            names=names,
            step_names={step.id: names.get(step.item or "", step.title) for step in scenario.steps},
            guides=library.guide_ids,
            kinds=KINDS,
            words=lambda condition: in_words(condition, scenario) if condition else "",
            rates=checks.rates(scenario, on),
        )

    return router

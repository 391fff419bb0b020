"""Pages to be read and printed: a kept list, at an address that only whoever got it knows, and the scenarios."""

from __future__ import annotations

import re

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from channels.languages import language_of
from channels.refusals import Refusal, refusals
from channels.web.site import Site
from channels.web.structured_data import how_to
from service_hall.conversation.message import SCENARIO, command_payload
from service_hall.conversation.reply import ChecklistReply, CitedSource
from service_hall.hall import Hall
from service_hall.scenarios.telling import offices_in_words, parts_in_words, sources_in_words

_LIST_ID = re.compile(r"[A-Za-z0-9_-]{8,40}", re.ASCII)


def _elsewhere(listed: ChecklistReply) -> list[CitedSource]:
    """Sources of what stands at no step."""
    at_steps = {source for step in listed.steps for source in step.sources}
    return [source for source in listed.sources if source not in at_steps]


def install_sheets(app: FastAPI, hall: Hall, site: Site) -> None:
    @app.get(
        "/checklists/{checklist_id}",
        response_class=HTMLResponse,
        tags=["pages"],
        responses=refusals({404: "unknown_checklist"}),
    )
    def show_list(request: Request, checklist_id: str) -> Response:
        """Nothing on it, and nothing in its address, tells whose it is. No search engine lists it."""
        found = hall.scenarios.kept(checklist_id) if _LIST_ID.fullmatch(checklist_id) else None
        if found is None:
            raise Refusal(404, "unknown_checklist", "没有这份清单，可能已经删掉了；请回到对话里说“我的清单”。")
        return site.show(
            request,
            "checklist.html",
            list=found,
            day=hall.now().date(),
            parts={step.order: parts_in_words(step) for step in found.steps},
            offices=offices_in_words(found, hall.library()),
            step_sources={step.order: sources_in_words(step.sources) for step in found.steps},
            sources=sources_in_words(_elsewhere(found)),
        )

    @app.get(
        "/scenarios/{scenario_id}",
        response_class=HTMLResponse,
        tags=["pages"],
        responses=refusals({404: "unknown_scenario"}),
    )
    def show_scenario(request: Request, scenario_id: str) -> Response:
        scenario = hall.scenarios.find(scenario_id)
        if scenario is None:
            raise Refusal(404, "unknown_scenario", "没有这个办事清单，请从列表里重新选择。")
        library, address = hall.library(), site.address(f"/scenarios/{scenario_id}")
        guides = {step.item: library.names[step.item] for step in scenario.steps if step.item in library.guide_ids}
        return site.show(
            request,
            "scenario.html",
            here="scenarios",
            scenario=scenario,
            guides=guides,
            begins=command_payload(SCENARIO, guide_id=scenario.id),
            canonical=address,
            structured=how_to(scenario, library.names, address, language_of(request)),
        )

    @app.get("/scenarios", response_class=HTMLResponse, tags=["pages"])
    def leaf_through(request: Request) -> Response:
        scenarios = hall.scenarios.all()
        audiences = [
            (each, [one for one in scenarios if one.audience == each]) for each in ("个人", "企业", "个人/企业")
        ]
        shown = [(audience, ones) for audience, ones in audiences if ones]
        address = site.address("/scenarios")
        return site.show(request, "scenarios.html", here="scenarios", audiences=shown, canonical=address)

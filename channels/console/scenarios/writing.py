"""The way into a draft of a life event, or of rates: `/console/scenarios/…/drafts`, `/console/rates`."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from channels.console.knowledge.drafts import entry_of
from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.where import is_known, place_of, whole_hall
from channels.console.scenarios.days import SCENARIOS
from channels.console.shell.console import Console, Seat
from channels.refusals import Refusal
from service_hall.publishing.beginning import with_withdrawn
from service_hall.publishing.draft import DocumentKey
from service_hall.publishing.use_cases import Publishing
from service_hall.scenarios.checks import rates_of
from service_hall.staff.roles import Action

RATES = "/console/rates"


def make_scenario_writing_router(console: Console, publishing: Publishing) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))
    editor = Depends(console.seat(Action.EDIT_SCENARIOS))

    def begun(seat: Seat, key: DocumentKey) -> Response:
        library = publishing.desk.library
        if not is_known(library, key) or publishing.desk.published(key) is None:
            raise Refusal(404, "not_found", "没有这一份，请从列表里选。")
        seat.check(Action.EDIT_SCENARIOS, place_of(library, key))
        return seat.go(f"{DRAFTS}/{publishing.writing.begin(key, seat.member.name).draft_id}")

    @router.post(f"{SCENARIOS}/{{scenario_id}}/drafts")
    def begin(scenario_id: str, seat: Seat = editor) -> Response:
        return begun(seat, DocumentKey.of_scenario(scenario_id))

    def drafted(seat: Seat, scenario_id: str, *, withdrawn: bool) -> Response:
        """It goes the way of every draft: reviewed, and on a day where one is written."""
        key, desk = DocumentKey.of_scenario(scenario_id), publishing.desk
        body = desk.published(key)
        if body is None:
            raise Refusal(404, "not_found", "没有这件事，请从列表里选。")
        seat.check(Action.EDIT_SCENARIOS, place_of(desk.library, key))
        if desk.records.open_draft_of(key):
            return seat.go(f"{SCENARIOS}/{scenario_id}", "这件事有没发布的草稿，请先把草稿发布或者作废。")
        draft = publishing.writing.begin(key, seat.member.name, with_withdrawn(body, withdrawn))
        told = {"draft": draft.draft_id, "withdrawn": withdrawn}
        console.audit.record(entry_of(seat, draft, "begin", after=told))
        said = "看过谁在用它，再写明原因送审。" if withdrawn else "送审通过后重新提供。"
        return seat.go(f"{DRAFTS}/{draft.draft_id}", f"草稿已经建好，{said}")

    @router.post(f"{SCENARIOS}/{{scenario_id}}/withdraw")
    def withdraw(scenario_id: str, seat: Seat = editor) -> Response:
        return drafted(seat, scenario_id, withdrawn=True)

    @router.post(f"{SCENARIOS}/{{scenario_id}}/offer-again")
    def offer_again(scenario_id: str, seat: Seat = editor) -> Response:
        return drafted(seat, scenario_id, withdrawn=False)

    @router.post(f"{RATES}/{{file_id}}/drafts")
    def begin_rates(file_id: str, seat: Seat = editor) -> Response:
        return begun(seat, DocumentKey.of_rates(file_id))

    @router.get(RATES)
    def show_rates(seat: Seat = reader) -> Response:
        files = rates_of(publishing.desk.library).files.values()
        may_edit = seat.may(Action.EDIT_SCENARIOS, whole_hall(publishing.desk.library))
        return seat.show("scenarios/rates.html", files=files, on=publishing.desk.today, may_edit=may_edit)

    @router.get(f"{RATES}/{{file_id}}")
    def show_file(file_id: str, seat: Seat = reader) -> Response:
        library, key = publishing.desk.library, DocumentKey.of_rates(file_id)
        file = rates_of(library).files.get(file_id)
        if file is None:
            raise Refusal(404, "not_found", "没有这组费率，请从列表里选。")
        return seat.show(
            "scenarios/rate_file.html",
            file=file,
            on=publishing.desk.today,
            draft=publishing.desk.records.open_draft_of(key),
            may_edit=seat.may(Action.EDIT_SCENARIOS, place_of(library, key)),
        )

    return router

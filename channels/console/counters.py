"""`/api/counter`: the work at a counter: calling, serving, passing over, sending on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from channels.console.inputs import CodeIn, ItemIn, TransferIn, VisitIn
from channels.console.staff import OF_STAFF, StaffDesk
from channels.inputs import KeptId, key_of
from channels.refusals import Refusal, refusals
from channels.tickets import TAKEN_BEFORE, arrived
from channels.visit_bodies import card_body
from service_hall.hall import Hall
from service_hall.queue.outcomes import Moving
from service_hall.queue.outcomes import Refused as HallRefused
from service_hall.shared.ids import read_code
from service_hall.staff.member import Member
from service_hall.staff.roles import Action
from service_hall.visits.visit import Code, VisitId

_STATUS = {"unknown_office": 404, "unknown_counter": 404, "no_consent": 403}
_NO_COUNTER = refusals({404: "unknown_office, unknown_counter"})


def make_counter_router(hall: Hall, staff: StaffDesk) -> APIRouter:
    router = APIRouter(
        prefix="/api/counter",
        tags=["counter"],
        responses=OF_STAFF | refusals({422: "invalid_input"}),
    )
    moves: dict[str, Callable[[str, str, VisitId, str], Moving]] = {
        "call-again": hall.queue.call_again,
        "serve": hall.queue.serve,
        "finish": hall.queue.finish,
        "miss": hall.queue.miss,
        "recall": hall.queue.recall,
    }
    by_clerk = Depends(staff.allowed(Action.SERVE_AT_COUNTER))
    as_clerk = Depends(staff.member_for(Action.SERVE_AT_COUNTER))

    @router.get("/offices")
    def list_offices(clerk: Member = as_clerk) -> dict[str, Any]:
        return {
            "offices": [
                {
                    "office_id": office.id,
                    "name": office.name,
                    "lines": [
                        {
                            "line_id": line.id,
                            "name": line.name,
                            "letter": line.letter,
                            "counters": line.counters,
                            "items": [
                                {"guide_id": guide_id, "guide_name": hall.guide_name(guide_id)}
                                for guide_id in line.guides
                            ],
                        }
                        for line in office.lines
                    ],
                }
                for office in hall.library().published.offices
                if office.lines and clerk.covers(staff.place_of(office.id))
            ]
        }

    @router.post(
        "/{office_id}/check-in",
        responses=refusals({404: "unknown_code", 409: "too_early, wrong_office, not_today, displaced, over, …"}),
    )
    def post_check_in(office_id: str, body: CodeIn, clerk: str = by_clerk) -> Response:
        code = Code(read_code(body.code))
        return arrived(hall, hall.queue.check_in(code, f"clerk:{clerk}", office_id=office_id))

    @router.post(
        "/{office_id}/tickets",
        status_code=201,
        responses=TAKEN_BEFORE
        | refusals({404: "unknown_office", 409: "closed_now", 422: "unknown_guide, not_handled"}),
    )
    def post_ticket(office_id: str, body: ItemIn, request: Request, clerk: str = by_clerk) -> Response:
        key = key_of(request)
        return arrived(hall, hall.queue.take_ticket(office_id, body.guide_id, f"clerk:{clerk}", key), created=True)

    @router.get(
        "/{office_id}/visits/{visit_id}/pack",
        responses=refusals({403: "no_consent, not_allowed, password_change_needed", 409: "no_such_move"}),
    )
    def show_pack(office_id: str, visit_id: KeptId, clerk: str = by_clerk) -> dict[str, Any]:
        found = hall.queue.look_at_pack(office_id, VisitId(visit_id), clerk)
        if isinstance(found, HallRefused):
            raise _refusal(found)
        return {"items": found.pack.model_dump(mode="json")["items"], "question": found.question}

    @router.get("/{office_id}/{counter}", responses=_NO_COUNTER)
    def show_desk(office_id: str, counter: str, clerk: str = by_clerk) -> dict[str, Any]:
        return desk_body(office_id, counter)

    @router.post(
        "/{office_id}/{counter}/call-next", responses=_NO_COUNTER | refusals({409: "counter_busy, nobody_waiting"})
    )
    def call_next(office_id: str, counter: str, clerk: str = by_clerk) -> dict[str, Any]:
        return after(hall.queue.call_next(office_id, counter, clerk), office_id, counter)

    @router.post(
        "/{office_id}/{counter}/transfer",
        responses=_NO_COUNTER | refusals({409: "moved_already, no_such_move, same_counter"}),
    )
    def transfer(office_id: str, counter: str, body: TransferIn, clerk: str = by_clerk) -> dict[str, Any]:
        moved = hall.queue.transfer(office_id, counter, VisitId(body.visit_id), clerk, body.to_counter)
        return after(moved, office_id, counter)

    @router.post(
        "/{office_id}/{counter}/{move}",
        responses=_NO_COUNTER | refusals({409: "moved_already, no_such_move, counter_busy"}),
    )
    def make_move(office_id: str, counter: str, move: str, body: VisitIn, clerk: str = by_clerk) -> dict[str, Any]:
        if move not in moves:
            raise Refusal(404)
        return after(moves[move](office_id, counter, VisitId(body.visit_id), clerk), office_id, counter)

    def after(moved: Moving, office_id: str, counter: str) -> dict[str, Any]:
        if isinstance(moved, HallRefused):
            raise _refusal(moved)
        return desk_body(office_id, counter)

    def desk_body(office_id: str, counter: str) -> dict[str, Any]:
        found = hall.queue.desk(office_id, counter)
        if isinstance(found, HallRefused):
            raise _refusal(found)
        return {
            "office_id": found.office_id,
            "office_name": found.office_name,
            "counter": found.counter,
            "line": {"line_id": found.line.id, "name": found.line.name, "letter": found.line.letter},
            "current": card_body(found.current) if found.current else None,
            "waiting": [card_body(card) for card in found.waiting],
            "missed": [card_body(card) for card in found.missed],
            "served_today": found.served_today,
            "average_minutes": found.average_minutes,
            "calls_before_missed": found.calls_before_missed,
            "other_counters": [{"counter": counter, "line": name} for counter, name in found.other_counters],
            "to_tell": found.to_tell,
        }

    return router


def _refusal(refused: HallRefused) -> Refusal:
    return Refusal(_STATUS.get(refused.reason, 409), refused.reason, refused.message)

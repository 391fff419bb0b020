"""`/api/counter/{office_id}/no-shows`: appeals by telephone. Whoever calls tells the code, or name and number."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from channels.bookings import checked_person
from channels.console.inputs import CallerIn, check_office_and_line
from channels.console.noting import Notes
from channels.console.staff import OF_STAFF, StaffDesk
from channels.inputs import KeptId
from channels.refusals import Refusal, refusals
from channels.visit_bodies import card_body, written
from service_hall.hall import Hall
from service_hall.shared.ids import read_code
from service_hall.staff.roles import Action
from service_hall.visits.visit import Code, VisitId


def make_no_shows_router(hall: Hall, staff: StaffDesk, notes: Notes) -> APIRouter:
    """Before the counters' router, where any word can be a counter."""
    router = APIRouter(
        prefix="/api/counter",
        tags=["counter"],
        responses=OF_STAFF | refusals({404: "unknown_office", 422: "invalid_input"}),
    )
    by_clerk = Depends(staff.allowed(Action.SERVE_AT_COUNTER))

    @router.post(
        "/{office_id}/no-shows/find", responses=refusals({422: "nothing_to_find, bad_name, bad_phone, bad_id_number"})
    )
    def find(office_id: str, body: CallerIn, clerk: str = by_clerk) -> dict[str, Any]:
        """A POST: name and numbers have no business in an address. Every look is noted."""
        check_office_and_line(hall, office_id, "")
        if body.code:
            found = hall.appointments.no_show_by_code(Code(read_code(body.code)), clerk)
        elif body.person:
            found = hall.appointments.no_shows_by_person(checked_person(body.person, hall.now().date()), clerk)
        else:
            raise Refusal(422, "nothing_to_find", "请填预约码，或者姓名和手机号。")
        return {
            "no_shows": [
                {
                    **card_body(hall.queue.card_of(each.visit, hall.now())),
                    "counts": not each.visit.exempt,
                    "restricted_until": written(each.restricted_until),
                }
                for each in found
            ]
        }

    @router.post(
        "/{office_id}/no-shows/{visit_id}/excuse", responses=refusals({404: "unknown_office, unknown_no_show"})
    )
    def excuse(office_id: str, visit_id: KeptId, clerk: str = by_clerk) -> dict[str, Any]:
        check_office_and_line(hall, office_id, "")
        if not hall.appointments.excuse(VisitId(visit_id), clerk):
            raise Refusal(404, "unknown_no_show", "这次爽约已经不算了，请再查一次。")
        notes.note(clerk, "counter.excuse", "visit", visit_id, office=office_id)
        return {"visit_id": visit_id, "counts": False}

    @router.post("/{office_id}/no-shows/{visit_id}/lift", responses=refusals({404: "unknown_office, unknown_no_show"}))
    def lift(office_id: str, visit_id: KeptId, clerk: str = by_clerk) -> dict[str, Any]:
        check_office_and_line(hall, office_id, "")
        if not (excused := hall.appointments.lift(VisitId(visit_id), clerk)):
            raise Refusal(404, "unknown_no_show", "这次爽约已经不算了，请再查一次。")
        notes.note(clerk, "counter.lift", "visit", visit_id, office=office_id, excused=excused)
        return {"visit_id": visit_id, "excused": excused}

    return router

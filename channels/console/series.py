"""`/api/counter/{office_id}/series`: many bookings from one address, to be released in one go, or kept."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from channels.console.inputs import KeptVisitsIn, check_office_and_line
from channels.console.noting import Notes
from channels.console.staff import OF_STAFF, StaffDesk
from channels.inputs import KeptId
from channels.refusals import Refusal, refusals
from channels.visit_bodies import card_body, written
from service_hall.hall import Hall
from service_hall.staff.roles import Action
from service_hall.visits.visit import VisitId

_GONE = refusals({404: "unknown_office, unknown_series"})


def make_series_router(hall: Hall, staff: StaffDesk, notes: Notes) -> APIRouter:
    """Before the counters' router, where any word can be a counter."""
    router = APIRouter(
        prefix="/api/counter",
        tags=["counter"],
        responses=OF_STAFF | refusals({404: "unknown_office", 422: "invalid_input"}),
    )
    by_clerk = Depends(staff.allowed(Action.PLAN_COUNTERS))

    @router.get("/{office_id}/series")
    def list_series(office_id: str, clerk: str = by_clerk) -> dict[str, Any]:
        check_office_and_line(hall, office_id, "")
        return {
            "series": [
                {
                    "series_id": each.series_id,
                    "first_at": written(each.first_at),
                    "last_at": written(each.last_at),
                    "bookings": each.bookings,
                    "waiting": each.waiting,
                    "visits": [
                        {**card_body(hall.queue.card_of(visit, hall.now())), "made_at": written(visit.created_at)}
                        for visit in each.visits
                    ],
                }
                for each in hall.appointments.series_at(office_id)
            ]
        }

    @router.post("/{office_id}/series/{series_id}/release", responses=_GONE)
    def release(office_id: str, series_id: KeptId, clerk: str = by_clerk) -> dict[str, Any]:
        check_office_and_line(hall, office_id, "")
        released = hall.appointments.release_series(office_id, series_id, clerk)
        if released is None:
            raise Refusal(404, "unknown_series", "这一批已经处理过了，请看刷新后的列表。")
        notes.note(clerk, "counter.release_series", "series", series_id, office=office_id, released=len(released))
        return {"series_id": series_id, "released": len(released)}

    @router.post("/{office_id}/series/{series_id}/keep", responses=_GONE)
    def keep(office_id: str, series_id: KeptId, body: KeptVisitsIn, clerk: str = by_clerk) -> dict[str, Any]:
        check_office_and_line(hall, office_id, "")
        kept = hall.appointments.keep_series(office_id, series_id, [VisitId(each) for each in body.visit_ids], clerk)
        notes.note(clerk, "counter.keep_series", "series", series_id, office=office_id, kept=kept)
        return {"series_id": series_id, "kept": kept}

    return router

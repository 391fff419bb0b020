"""`/api/counter/{office_id}/…`: bookings by staff, for somebody who telephones or stands at the counter."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from channels.bookings import BOOKED_BEFORE, NewTimeIn, checked_person, refusal_of
from channels.console.inputs import InternalBookingIn, check_office_and_line
from channels.console.staff import OF_STAFF, StaffDesk
from channels.inputs import CatalogueId, Day, required_key
from channels.refusals import Refusal, refusals
from channels.visit_bodies import opening_body, written
from service_hall.appointments import reserving
from service_hall.appointments.outcomes import Booked, Cancelled, Moved, NotOpen
from service_hall.appointments.places import Wanted
from service_hall.appointments.replies import spaced
from service_hall.hall import Hall
from service_hall.shared.ids import VisitorId, read_code
from service_hall.staff.roles import Action
from service_hall.visits.visit import Code, Share, Visit


def make_staff_bookings_router(hall: Hall, staff: StaffDesk) -> APIRouter:
    """Before the counters' router, where any word can be a counter."""
    router = APIRouter(
        prefix="/api/counter",
        tags=["counter"],
        responses=OF_STAFF | refusals({404: "unknown_office", 422: "invalid_input, bad_day, bad_time"}),
    )
    by_clerk = Depends(staff.allowed(Action.SERVE_AT_COUNTER))

    @router.get("/{office_id}/openings", responses=refusals({422: "unknown_guide, not_handled, bad_day"}))
    def list_openings(office_id: str, guide_id: CatalogueId, day: Day, clerk: str = by_clerk) -> Response:
        """Out of the share that staff book from."""
        check_office_and_line(hall, office_id, "")
        found = hall.appointments.openings_between(guide_id, office_id, day, day, Share.INTERNAL)
        if isinstance(found, NotOpen):
            raise refusal_of(found)
        return JSONResponse({"openings": [opening_body(each) for each in found if each.left > 0]})

    @router.post(
        "/{office_id}/appointments",
        status_code=201,
        responses=BOOKED_BEFORE
        | refusals({409: "slot_full (with `alternatives`), limit_reached, restricted", 422: "as for citizens"}),
    )
    def book_for_somebody(office_id: str, body: InternalBookingIn, request: Request, clerk: str = by_clerk) -> Response:
        """For somebody who telephones or stands at the counter."""
        check_office_and_line(hall, office_id, "")
        key = required_key(request)
        wanted = Wanted(body.guide_id, office_id, body.starts_at, Share.INTERNAL)
        person = checked_person(body, hall.now().date())
        outcome = hall.appointments.book(reserving.Request(VisitorId(f"clerk:{clerk}"), wanted, person, key))
        if isinstance(outcome, Booked):
            return JSONResponse(slip(outcome.visit), 201 if outcome.is_new else 200)
        raise refusal_of(outcome)

    def slip(visit: Visit) -> dict[str, Any]:
        return {
            "code": spaced(visit.code),
            "guide_id": visit.guide_id,
            "guide_name": hall.guide_name(visit.guide_id),
            "starts_at": written(visit.starts_at),
            "counter": hall.appointments.counter_of(visit),
            "status": visit.status.value,
            "needs_new_time": visit.displaced,
        }

    def booked_by_staff(office_id: str, code: str, clerk: str) -> Visit:
        """Refuses (404) what a citizen booked: that is the citizen's to change."""
        found = hall.appointments.find(VisitorId(f"clerk:{clerk}"), Code(read_code(code)))
        if found is None or found.office_id != office_id or found.starts_at is None:
            raise Refusal(404, "unknown_code", "没有找到这个代约，请核对预约码；群众自己约的，请本人改。")
        return found

    @router.get("/{office_id}/appointments/{code}", responses=refusals({404: "unknown_code"}))
    def show_slip(office_id: str, code: str, clerk: str = by_clerk) -> dict[str, Any]:
        return slip(booked_by_staff(office_id, code, clerk))

    @router.delete(
        "/{office_id}/appointments/{code}", responses=refusals({404: "unknown_code", 409: "cancel_too_late"})
    )
    def cancel_slip(office_id: str, code: str, clerk: str = by_clerk) -> Response:
        visit = booked_by_staff(office_id, code, clerk)
        outcome = hall.appointments.cancel(VisitorId(f"clerk:{clerk}"), visit.code)
        if isinstance(outcome, Cancelled):
            return JSONResponse(slip(outcome.visit))
        raise refusal_of(outcome)

    @router.post(
        "/{office_id}/appointments/{code}/reschedule",
        responses=refusals(
            {404: "unknown_code", 409: "slot_full, reschedule_too_late, limit_reached", 422: "bad_time"}
        ),
    )
    def reschedule_slip(office_id: str, code: str, body: NewTimeIn, clerk: str = by_clerk) -> Response:
        visit = booked_by_staff(office_id, code, clerk)
        outcome = hall.appointments.reschedule(VisitorId(f"clerk:{clerk}"), visit.code, body.starts_at)
        if isinstance(outcome, Moved):
            return JSONResponse(slip(outcome.visit))
        raise refusal_of(outcome)

    return router

"""`/api/appointments/waiting-list`: a place wanted where none is free."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from channels.bookings import checked_person, refusal_of
from channels.inputs import KeptId
from channels.languages import Language, written_in
from channels.limits import RateLimits
from channels.origins import origin_of
from channels.proofs import PROOF_NEEDED, proof_given
from channels.refusals import Refusal, refusals
from channels.visit_bodies import wish_body
from channels.visitors import VisitorDesk
from channels.web.appointment_inputs import WishIn
from service_hall.appointments.outcomes import Wished
from service_hall.appointments.waiting_list import WishFor
from service_hall.hall import Hall
from service_hall.shared.ids import VisitorId
from service_hall.visits.waiting import WishId


def make_waiting_list_router(hall: Hall, desk: VisitorDesk, limits: RateLimits) -> APIRouter:
    """Before the appointments' router: a code could be read where `waiting-list` stands."""
    router = APIRouter(
        prefix="/api/appointments/waiting-list",
        tags=["appointments"],
        responses=refusals({401: "invalid_token", 429: "too_many_requests"}),
    )

    async def visitor(request: Request) -> VisitorId:
        visitor_id = desk.require(request)
        await limits.check_visitor(visitor_id)
        return visitor_id

    by_visitor = Depends(visitor)

    @router.post(
        "",
        status_code=201,
        responses=refusals(
            {409: "limit_reached, restricted", 422: "bad_name, bad_phone, bad_day, beyond_horizon, …"} | PROOF_NEEDED
        ),
    )
    def post_wish(body: WishIn, request: Request, visitor_id: VisitorId = by_visitor) -> Response:
        person = checked_person(body, hall.now().date())
        wanted = WishFor(body.guide_id, body.office_id, body.first_day, body.last_day)
        origin, proof = origin_of(request, hall.safe), proof_given(body.proof)
        outcome = hall.appointments.join(visitor_id, wanted, person, origin=origin, proof=proof)
        if isinstance(outcome, Wished):
            return JSONResponse(wish_body(hall, outcome.wish), 201)
        raise refusal_of(outcome)

    @router.get("")
    def list_wishes(visitor_id: VisitorId = by_visitor, lang: Language = Language.SIMPLIFIED) -> dict[str, Any]:
        return wishes_of(visitor_id, lang)

    @router.delete("/{wish_id}", responses=refusals({404: "unknown_wish", 422: "invalid_input"}))
    def drop_wish(
        wish_id: KeptId, visitor_id: VisitorId = by_visitor, lang: Language = Language.SIMPLIFIED
    ) -> dict[str, Any]:
        if not hall.appointments.leave(visitor_id, WishId(wish_id)):
            raise Refusal(404, "unknown_wish", "没有找到这条候补，请刷新后再看。")
        return wishes_of(visitor_id, lang)

    def wishes_of(visitor_id: VisitorId, language: Language) -> dict[str, Any]:
        return written_in(
            language, {"wishes": [wish_body(hall, each) for each in hall.appointments.wishes_of(visitor_id)]}
        )

    return router

"""`/api/appointments`: openings, booking, and what a visitor does with an own booking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from channels.boards import shared_glances
from channels.bookings import BOOKED_BEFORE, NewTimeIn, checked_person, refusal_of
from channels.inputs import CatalogueId, OptionalDay, check_days, required_key
from channels.languages import Language, traditional, written_in
from channels.limits import RateLimits
from channels.origins import origin_of
from channels.proofs import PROOF_NEEDED, proof_given
from channels.qr_codes import qr_code
from channels.refusals import Refusal, file_of, refusals
from channels.tickets import arrived, told
from channels.visit_bodies import appointment_body, opening_body
from channels.visitors import VisitorDesk
from channels.web.appointment_files import calendar_file
from channels.web.appointment_inputs import (
    AppealIn,
    BookingIn,
    ConsentIn,
    RatingIn,
    TicksIn,
    checked_code,
)
from service_hall.appointments import no_shows, reserving
from service_hall.appointments.openings import days_bookable
from service_hall.appointments.outcomes import Booked, Cancelled, Moved, NotAllowed, NotOpen, Unknown
from service_hall.appointments.places import Wanted
from service_hall.feedback.rating import NotRated
from service_hall.hall import Hall
from service_hall.queue.tickets import ticket_at_a_glance
from service_hall.shared.ids import VisitorId
from service_hall.visits.visit import Visit

_OWN = refusals({401: "invalid_token", 404: "unknown_code", 422: "invalid_input"})
_NO_OPENING = "past, too_soon, beyond_horizon, closed_day, no_opening, bad_time"


def make_appointments_router(hall: Hall, desk: VisitorDesk, limits: RateLimits) -> APIRouter:
    router = APIRouter(
        prefix="/api/appointments",
        tags=["appointments"],
        responses=refusals({422: "invalid_input", 429: "too_many_requests"}),
    )
    glances = shared_glances(hall)

    async def visitor(request: Request) -> VisitorId:
        """Refuses (401) before anything else is looked at."""
        return desk.require(request)

    async def writer(request: Request) -> VisitorId:
        visitor_id = await visitor(request)
        await limits.check_visitor(visitor_id)
        return visitor_id

    by_visitor, by_writer = Depends(visitor), Depends(writer)

    def shown(outcome: Visit | Unknown | NotAllowed, language: Language) -> Response:
        if isinstance(outcome, Visit):
            return JSONResponse(written_in(language, appointment_body(hall, outcome)))
        raise refusal_of(outcome)

    @router.get(
        "/openings",
        responses=refusals({422: "unknown_guide, unknown_office, not_handled, not_bookable, bad_day, bad_days"}),
    )
    async def list_openings(
        guide_id: CatalogueId,
        office_id: CatalogueId,
        from_: Annotated[OptionalDay, Query(alias="from")] = None,
        to: OptionalDay = None,
        full: bool = False,
    ) -> Response:
        return await to_thread.run_sync(openings_of, guide_id, office_id, from_, to, full)

    def openings_of(guide_id: str, office_id: str, from_: date | None, to: date | None, full: bool) -> Response:
        first, last = days_bookable(hall.now(), hall.rules_now())
        check_days(from_, to)
        found = hall.appointments.openings_between(guide_id, office_id, from_ or first, to or last)
        if isinstance(found, NotOpen):
            raise refusal_of(found)
        return JSONResponse({"openings": [opening_body(each) for each in found if each.left > 0 or full]})

    @router.post(
        "",
        status_code=201,
        responses=BOOKED_BEFORE
        | refusals(
            {
                401: "invalid_token",
                409: "slot_full (with `alternatives`), limit_reached, restricted",
                422: f"missing_idempotency_key, bad_name, bad_phone, bad_id_number, {_NO_OPENING}, …",
            }
            | PROOF_NEEDED
        ),
    )
    def post_booking(body: BookingIn, request: Request, visitor_id: VisitorId = by_writer) -> Response:
        key = required_key(request)
        person = checked_person(body, hall.now().date())
        wanted = Wanted(body.guide_id, body.office_id, body.starts_at)
        asked = reserving.Request(
            visitor_id,
            wanted,
            person,
            f"web {key}",
            body.share_with_clerk,
            origin=origin_of(request, hall.safe),
            proof=proof_given(body.proof),
        )
        outcome = hall.appointments.book(asked)
        if isinstance(outcome, Booked):
            return JSONResponse(appointment_body(hall, outcome.visit), 201 if outcome.is_new else 200)
        raise refusal_of(outcome)

    @router.get("", responses=refusals({401: "invalid_token"}))
    def list_own(visitor_id: VisitorId = by_visitor, lang: Language = Language.SIMPLIFIED) -> dict[str, Any]:
        own = hall.appointments.visits_of(visitor_id)
        return written_in(lang, {"appointments": [appointment_body(hall, visit) for visit in own]})

    @router.get(
        "/{code}/qr.svg",
        response_class=Response,
        responses=file_of("image/svg+xml") | refusals({404: "unknown_code"}),
    )
    async def show_qr(code: str) -> Response:
        """Draws whatever can be a code, so that it tells nobody which codes there are."""
        return Response(
            qr_code(checked_code(code), "svg"), media_type="image/svg+xml", headers={"Cache-Control": "private"}
        )

    def with_own(use: Callable[[Visit], Response]) -> Callable[[str, VisitorId], Response]:
        def found(code: str, visitor_id: VisitorId) -> Response:
            visit = hall.appointments.find(visitor_id, checked_code(code))
            if visit is None:
                raise refusal_of(Unknown())
            return use(visit)

        return found

    @router.get("/{code}", responses=_OWN)
    def show(code: str, visitor_id: VisitorId = by_visitor, lang: Language = Language.SIMPLIFIED) -> Response:
        return with_own(lambda visit: shown(visit, lang))(code, visitor_id)

    @router.get("/{code}/calendar.ics", response_class=Response, responses=file_of("text/calendar") | _OWN)
    def show_calendar(code: str, visitor_id: VisitorId = by_visitor) -> Response:
        def file(visit: Visit) -> Response:
            if visit.starts_at is None:
                raise Refusal(404)
            name = f"wenban-{visit.starts_at:%m%d}.ics"
            return Response(
                calendar_file(hall, visit),
                media_type="text/calendar; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )

        return with_own(file)(code, visitor_id)

    @router.delete("/{code}", responses=_OWN | refusals({409: "cancel_too_late"}))
    def cancel(code: str, visitor_id: VisitorId = by_writer, lang: Language = Language.SIMPLIFIED) -> Response:
        outcome = hall.appointments.cancel(visitor_id, checked_code(code))
        if isinstance(outcome, Cancelled):
            return shown(outcome.visit, lang)
        raise refusal_of(outcome)

    @router.post(
        "/{code}/reschedule",
        responses=_OWN | refusals({409: "slot_full, limit_reached, reschedule_too_late", 422: _NO_OPENING}),
    )
    def reschedule(
        code: str, body: NewTimeIn, visitor_id: VisitorId = by_writer, lang: Language = Language.SIMPLIFIED
    ) -> Response:
        outcome = hall.appointments.reschedule(visitor_id, checked_code(code), body.starts_at)
        if isinstance(outcome, Moved):
            return shown(outcome.visit, lang)
        raise refusal_of(outcome)

    @router.post(
        "/{code}/check-in",
        responses=_OWN | refusals({409: "too_early, not_today, displaced, over, not_confirmed"}),
    )
    def check_in(code: str, visitor_id: VisitorId = by_writer, lang: Language = Language.SIMPLIFIED) -> Response:
        outcome = hall.queue.check_in(checked_code(code), f"visitor:{visitor_id}", visitor_id)
        return arrived(hall, outcome, language=lang)

    @router.get("/{code}/ticket", responses=_OWN | refusals({404: "unknown_code, no_ticket"}))
    async def show_ticket(
        code: str, visitor_id: VisitorId = by_visitor, lang: Language = Language.SIMPLIFIED
    ) -> Response:
        visit = await to_thread.run_sync(hall.appointments.find, visitor_id, checked_code(code))
        if visit is None:
            raise refusal_of(Unknown())
        glance = await glances.at(visit.office_id)
        return told(ticket_at_a_glance(visit, glance) if glance else None, language=lang)

    @router.put("/{code}/pack", responses=_OWN | refusals({409: "pack_closed"}))
    def tick(
        code: str, body: TicksIn, visitor_id: VisitorId = by_writer, lang: Language = Language.SIMPLIFIED
    ) -> Response:
        """By their names as they were told, in whichever characters."""

        def ticking(visit: Visit) -> Response:
            names = [each.name for each in visit.pack.items if {each.name, traditional(each.name)} & {*body.ticked}]
            return shown(hall.appointments.tick(visitor_id, visit.code, names), lang)

        return with_own(ticking)(code, visitor_id)

    @router.put("/{code}/consent", responses=_OWN | refusals({409: "pack_closed"}))
    def consent(
        code: str, body: ConsentIn, visitor_id: VisitorId = by_writer, lang: Language = Language.SIMPLIFIED
    ) -> Response:
        return shown(hall.appointments.share_with_clerk(visitor_id, checked_code(code), body.share), lang)

    @router.post("/{code}/rating", responses=_OWN | refusals({409: "too_early", 422: "bad_score"}))
    def post_rating(
        code: str, body: RatingIn, visitor_id: VisitorId = by_writer, lang: Language = Language.SIMPLIFIED
    ) -> Response:
        outcome = hall.feedback.rate(visitor_id, checked_code(code), body.score, hall.reception.mask(body.comment))
        if isinstance(outcome, NotRated):
            status = {"unknown_code": 404, "bad_score": 422}.get(outcome.reason, 409)
            raise Refusal(status, outcome.reason, outcome.message)
        return shown(outcome.visit, lang)

    @router.post(
        "/{code}/appeal",
        responses=_OWN | refusals({409: "appeal_not_needed, appeal_made, appeal_too_late"}),
    )
    def post_appeal(
        code: str, body: AppealIn, visitor_id: VisitorId = by_writer, lang: Language = Language.SIMPLIFIED
    ) -> Response:
        outcome = hall.appointments.appeal(visitor_id, checked_code(code), hall.reception.mask(body.reason))
        if isinstance(outcome, no_shows.Appealed):
            return shown(outcome.visit, lang)
        raise refusal_of(outcome)

    return router

"""`/api/kiosk`: check-in with a code and tickets without a booking, for screens that have the kiosk's key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from channels.boards import hours_of, shared_boards
from channels.guesses import Count, Guesses, Pace
from channels.inputs import CatalogueId, key_of
from channels.kiosk.access import KioskAccess
from channels.languages import Language, written_in
from channels.limits import RateLimits
from channels.refusals import Refusal, refusals
from channels.tickets import TAKEN_BEFORE, arrived
from channels.visit_bodies import written
from service_hall.hall import Hall
from service_hall.shared.ids import read_code
from service_hall.visits.visit import Code

CODES = Pace("codes at a kiosk", 30, 2)


class CodeIn(BaseModel):
    code: Annotated[str, Field(max_length=40)]


class ItemIn(BaseModel):
    guide_id: CatalogueId


def make_kiosk_router(hall: Hall, limits: RateLimits, access: KioskAccess, guesses: Guesses) -> APIRouter:
    async def counted(kiosk: str = Depends(access.require)) -> AsyncIterator[None]:
        async with guesses.guess(Count(CODES, kiosk)) as guess:
            try:
                yield
            except Refusal as refusal:
                guess.is_wrong = refusal.code == "unknown_code"
                raise

    router = APIRouter(
        prefix="/api/kiosk",
        tags=["kiosk"],
        responses=refusals({422: "invalid_input", 429: "too_many_requests"}),
    )
    boards = shared_boards(hall)

    @router.get("/{office_id}", responses=refusals({404: "unknown_office"}))
    async def show_office(office_id: str, lang: Language = Language.SIMPLIFIED) -> dict[str, Any]:
        state = await boards.at(office_id)
        if state is None:
            raise Refusal(404, "unknown_office", "没有这个网点，请重新选择。")
        told = {
            "office_id": state.office_id,
            "office_name": state.office_name,
            **hours_of(state),
            "lines": [
                {
                    "line_id": line.line_id,
                    "name": line.name,
                    "letter": line.letter,
                    "waiting": line.waiting,
                    "early": line.early,
                    "ahead": line.ahead,
                    "estimated_wait_minutes": line.estimated_wait_minutes,
                    "open": line.is_open,
                    "opens_at": written(line.opens_at) if line.opens_at else None,
                    "counters": list(line.counters),
                    "items": [{"guide_id": guide_id, "guide_name": name} for guide_id, name in line.items],
                }
                for line in state.lines
            ],
        }
        return written_in(lang, told)

    @router.post(
        "/{office_id}/check-in",
        dependencies=[Depends(counted)],
        responses=refusals(
            {401: "no_kiosk_key", 404: "unknown_code", 409: "too_early, wrong_office, not_today, displaced, over, …"}
        ),
    )
    def post_check_in(office_id: str, body: CodeIn) -> Response:
        code = Code(read_code(body.code))
        return arrived(hall, hall.queue.check_in(code, f"kiosk:{office_id}", office_id=office_id))

    @router.post(
        "/{office_id}/tickets",
        dependencies=[Depends(access.require), Depends(limits.check_ticket)],
        status_code=201,
        responses=TAKEN_BEFORE
        | refusals(
            {
                401: "no_kiosk_key",
                404: "unknown_office",
                409: "closed_now",
                422: "unknown_guide, not_handled, bad_idempotency_key",
            }
        ),
    )
    def post_ticket(office_id: str, body: ItemIn, request: Request) -> Response:
        key = key_of(request)
        return arrived(hall, hall.queue.take_ticket(office_id, body.guide_id, f"kiosk:{office_id}", key), created=True)

    return router

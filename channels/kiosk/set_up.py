"""`/api/kiosk/key`: a touch screen shows the kiosk's key once, and is set up from then on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, StringConstraints

from channels.kiosk.access import KioskAccess
from channels.own_page import is_own_page
from channels.refusals import Refusal, refusals


class KeyIn(BaseModel):
    key: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


def make_set_up_router(access: KioskAccess) -> APIRouter:
    """Before the kiosk's own router, where any word can be an office."""
    router = APIRouter(
        prefix="/api/kiosk",
        tags=["kiosk"],
        responses=refusals({422: "invalid_input", 429: "too_many_requests"}),
    )

    @router.get("/key")
    def is_set_up(request: Request) -> Response:
        """Whether this screen is; if so, it stays so for another year."""
        found = access.screen(request) is not None
        response = JSONResponse({"set_up": found})
        if found:
            access.remember(request, response)
        return response

    @router.post("/key", responses=refusals({401: "wrong_key"}))
    async def set_up(body: KeyIn, request: Request) -> Response:
        if not is_own_page(request) or not await access.check(body.key, request):
            raise Refusal(401, "wrong_key", "设备密钥不对，请核对后再输一次。")
        response = JSONResponse({"set_up": True})
        access.remember(request, response)
        return response

    return router

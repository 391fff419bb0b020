"""`/api/wechat/link`: this browser belongs to a citizen on WeChat, or does no longer."""

from __future__ import annotations

import base64
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from channels.limits import RateLimits
from channels.qr_codes import qr_of
from channels.refusals import Refusal, refusals
from channels.visitors import Known, VisitorDesk
from channels.wechat.api import Decision, Refused
from channels.wechat.identity.linking import Linking, Outcome

COME_AGAIN_SECONDS = 10
_REFUSED = {
    Outcome.WRONG_CODE: "关联码不对，请看微信里收到的6位数字再输一次。",
    Outcome.NOT_SCANNED: "还没有扫码，请先用微信扫一扫上面的二维码。",
    Outcome.EXPIRED: "二维码已经过期，请重新打开再扫。",
}


class CodeIn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    code: Annotated[str, Field(min_length=1, max_length=20)]


def make_link_router(linking: Linking, desk: VisitorDesk, limits: RateLimits) -> APIRouter:
    router = APIRouter(prefix="/api/wechat/link", tags=["wechat"])

    def answer(request: Request, body: dict[str, Any], known: Known, status: int = 200) -> JSONResponse:
        response = JSONResponse({**body, "visitor_token": desk.token_for(known.visitor_id, known.since)}, status)
        desk.remember(request, response.headers, known)
        return response

    @router.get("", responses=refusals({401: "invalid_token"}))
    async def state(request: Request) -> dict[str, bool]:
        visitor_id = desk.recognise(request)
        if visitor_id is None:
            return {"linked": False, "scanned": False}
        return {
            "linked": await to_thread.run_sync(linking.is_linked, visitor_id),
            "scanned": await to_thread.run_sync(linking.is_scanned, visitor_id),
        }

    @router.post(
        "",
        status_code=201,
        responses=refusals(
            {401: "invalid_token", 409: "already_linked, not_possible", 429: "too_many_requests", 503: "unavailable"}
        ),
    )
    async def begin(request: Request) -> JSONResponse:
        known = desk.known(request) or desk.welcome()
        await limits.check_link(request)
        if await to_thread.run_sync(linking.is_linked, known.visitor_id):
            raise Refusal(409, "already_linked", "这里已经关联了微信，不用再扫。")
        offer = await to_thread.run_sync(linking.begin, known.visitor_id)
        try:
            url = await linking.ticket(offer.offer_id)
        except Refused as refused:
            raise _cannot(refused) from None
        drawn = base64.b64encode(qr_of(url, "svg")).decode()
        shown = f"data:image/svg+xml;base64,{drawn}"
        return answer(request, {"url": url, "qr": shown, "good_until": offer.good_until.isoformat()}, known, 201)

    @router.post(
        "/code",
        responses=refusals(
            {
                401: "invalid_token",
                409: "wrong_code, not_scanned, expired",
                422: "invalid_input",
                429: "too_many_requests",
            }
        ),
    )
    async def finish(request: Request, body: CodeIn) -> JSONResponse:
        visitor_id = desk.require(request)
        await limits.check_visitor(visitor_id)
        outcome, hers = await to_thread.run_sync(linking.finish, visitor_id, body.code.replace(" ", ""))
        if outcome in _REFUSED:
            raise Refusal(409, outcome.value, _REFUSED[outcome])
        return answer(request, {"linked": True}, desk.welcome(hers))

    @router.delete("", responses=refusals({401: "invalid_token", 409: "not_linked"}))
    async def part(request: Request) -> JSONResponse:
        """What was booked stays with WeChat; this browser, and every other of hers, is a newcomer."""
        visitor_id = desk.require(request)
        if not await to_thread.run_sync(linking.is_linked, visitor_id):
            raise Refusal(409, "not_linked", "这里没有关联微信，不用解除。")
        await to_thread.run_sync(linking.part, visitor_id)
        return answer(request, {"linked": False}, desk.welcome())

    return router


def _cannot(refused: Refused) -> Refusal:
    if refused.decision in (Decision.NOT_AUTHORISED, Decision.GIVE_UP):
        return Refusal(409, "not_possible", "这个公众号还不能扫码关联，请直接在微信里办。")
    headers = {"Retry-After": str(COME_AGAIN_SECONDS)}
    return Refusal(503, "unavailable", "微信现在没有回应，请过一会儿再试。", headers)

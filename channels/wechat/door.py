"""`/wechat`: where WeChat verifies the address, and hands in what citizens write."""

from __future__ import annotations

import time
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.background import BackgroundTask

from channels.refusals import Refusal, refusals
from channels.wechat.desk import WeChatDesk
from channels.wechat.protocol import (
    SUCCESS,
    Account,
    Foreign,
    Malformed,
    check_verification,
    open_request,
    read,
    write,
)

_NOT_FROM_WECHAT = "这个地址只接收微信公众平台的消息，请在微信里打开公众号。"
_KINDS: dict[int | str, dict[str, Any]] = {
    200: {"description": "an answer as XML, or `success`", "content": {"text/xml": {}, "text/plain": {}}}
}


def make_wechat_router(account: Account, desk: WeChatDesk) -> APIRouter:
    router = APIRouter(tags=["wechat"])

    @router.get("/wechat", response_class=PlainTextResponse, responses=refusals({403: "not_from_wechat"}))
    async def verify(request: Request) -> Response:
        query = request.query_params
        try:
            check_verification(account, query)
        except Foreign:
            raise Refusal(403, "not_from_wechat", _NOT_FROM_WECHAT) from None
        return PlainTextResponse(query.get("echostr", ""))

    @router.post(
        "/wechat",
        response_class=Response,
        responses={**_KINDS, **refusals({400: "bad_request", 403: "not_from_wechat", 413: "too_large"})},
    )
    async def receive(request: Request) -> Response:
        try:
            opened = open_request(account, request.query_params, await request.body())
            incoming = read(opened.fields)
            answer = await desk.answer(incoming, request.is_disconnected)
        except Foreign:
            raise Refusal(403, "not_from_wechat", _NOT_FROM_WECHAT) from None
        except Malformed:
            raise Refusal(400) from None
        if not answer.text:
            return PlainTextResponse(SUCCESS)
        written = opened.seal(write(answer.text, incoming, int(time.time())))
        handed_over = BackgroundTask(desk.handed_over, incoming, answer)
        return Response(written, media_type="text/xml; charset=utf-8", background=handed_over)

    return router

"""Refusals in the contract's form: a code for programs, one sentence for people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, LiteralString

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic_core import PydanticCustomError
from starlette.exceptions import HTTPException

from channels.languages import Language, language_of, traditional
from service_hall.shared.errors import OutOfReach, VisitorForgotten

OUTAGE_SECONDS = 30
"""When it is worth while to ask again: a database that was restarted is back by then."""
_WORDS = {
    400: ("bad_request", "请求的格式不对，请检查后再发一次。"),
    401: ("invalid_token", "访客凭证无效或已过期，请重新打开页面再试。"),
    404: ("not_found", "没有找到您要的内容，请检查地址，或回到首页重新查找。"),
    405: ("method_not_allowed", "这个地址不支持这样访问，请回到首页。"),
    408: ("too_slow", "内容没有收全，请检查网络后再发一次。"),
    413: ("too_large", "内容太长了，请缩短到一千字以内再发。"),
    415: ("unsupported_media_type", "请用 JSON 格式发送。"),
    422: ("invalid_input", "填写的内容有误，请检查后再试。"),
    429: ("too_many_requests", "现在来办事的人很多，请稍等一会儿再试。"),
    431: ("head_too_large", "请求的地址或标头太长了，请回到首页再试。"),
    500: ("internal_error", "系统出了点问题，请稍后再试，急事请拨打12345。"),
    503: ("unavailable", "系统暂时读不出、存不下数据，请过一分钟再试，急事请拨打12345。"),
}

_BARE = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>没有办成</title>'


class Refusal(Exception):
    def __init__(
        self,
        status: int,
        code: str = "",
        message: str = "",
        headers: Mapping[str, str] | None = None,
        also: Mapping[str, Any] | None = None,
    ) -> None:
        """`also`: what a program gets beside them: free times, a puzzle."""
        super().__init__(code)
        usual_code, usual_message = _WORDS.get(status, _WORDS[500])
        self.status, self.code, self.message = status, code or usual_code, message or usual_message
        self.headers, self.also = dict(headers or {}), dict(also or {})

    def response(self, language: Language = Language.SIMPLIFIED) -> JSONResponse:
        """In the letters of the page; in English it is told there, by its code."""
        said = traditional(self.message) if language is Language.TRADITIONAL else self.message
        return JSONResponse({"error": self.code, "message": said, **self.also}, self.status, headers=self.headers)

    def response_at(self, path: str) -> Response:
        """Where the connection itself is refused, and no page can be drawn: a bare one at the console."""
        if not path.startswith("/console"):
            return self.response()
        page = f"{_BARE}<p>{self.message}</p>" + '<p><a href="/console">回到工作台首页</a></p>'
        return HTMLResponse(page, self.status, {"Cache-Control": "no-store", **self.headers})


def no_token() -> Refusal:
    return Refusal(401, headers={"WWW-Authenticate": "Bearer"})


def refusals(codes: Mapping[int, str]) -> dict[int | str, dict[str, Any]]:
    """For the schema of a route: its `error` codes by status."""
    said = {"type": "string"}
    body = {"schema": {"type": "object", "properties": {"error": said, "message": said}}}
    return {status: {"description": errors, "content": {"application/json": body}} for status, errors in codes.items()}


def file_of(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """For the schema of a route that hands out a file of one of these kinds."""
    return {200: {"description": "a file", "content": {media_type: {} for media_type in media_types}}}


def told(code: LiteralString, message: LiteralString) -> PydanticCustomError:
    """For a validator that can say more than that the field is wrong."""
    return PydanticCustomError(code, message, {"told": True})


Show = Callable[[Request, Refusal], Awaitable[Response | None]]
"""How a page says a refusal; None: it is none of its pages."""
Say = Callable[[Request, Refusal], Awaitable[Response]]


async def say_to_programs(_: Request, refusal: Refusal) -> Response:
    return refusal.response()


def install_refusals(app: FastAPI, *shows: Show) -> Say:
    """`shows`: asked in turn; a program gets JSON from none of them. What comes back says a refusal before any route is
    found, in the same words."""

    async def answer(request: Request, refusal: Refusal) -> Response:
        for show in shows:
            if page := await show(request, refusal):
                return page
        return refusal.response(language_of(request))

    @app.exception_handler(Refusal)
    async def refuse(request: Request, refusal: Refusal) -> Response:
        return await answer(request, refusal)

    @app.exception_handler(OutOfReach)
    async def refuse_for_now(request: Request, __: OutOfReach) -> Response:
        return await answer(request, Refusal(503, headers={"Retry-After": str(OUTAGE_SECONDS)}))

    @app.exception_handler(VisitorForgotten)
    async def refuse_forgotten(_: Request, __: VisitorForgotten) -> JSONResponse:
        return no_token().response()

    @app.exception_handler(RequestValidationError)
    async def refuse_input(request: Request, fault: RequestValidationError) -> Response:
        return await answer(request, _of_input(fault))

    @app.exception_handler(HTTPException)
    async def refuse_http(request: Request, fault: HTTPException) -> Response:
        status = fault.status_code if fault.status_code in _WORDS else (500 if fault.status_code >= 500 else 400)
        refusal = Refusal(status, headers=fault.headers)
        refusal.status = fault.status_code
        return await answer(request, refusal)

    @app.exception_handler(Exception)
    async def refuse_fault(request: Request, __: Exception) -> Response:
        return await answer(request, Refusal(500))

    return answer


def _of_input(fault: RequestValidationError) -> Refusal:
    names = [str(error["loc"][-1]) for error in fault.errors() if len(error["loc"]) > 1]
    if any(error["type"] == "json_invalid" for error in fault.errors()):
        return Refusal(400)
    for error in fault.errors():
        if error.get("ctx", {}).get("told"):
            return Refusal(422, error["type"], error["msg"])
    fields = "、".join(dict.fromkeys(name for name in names if not name.isdigit())) or "内容"
    return Refusal(422, message=f"填写的内容有误（{fields}），请检查后再试。")

"""A real server on loopback that answers as WeChat's API does, keeps what it was asked, and fails as it is told."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.standins.wechat.answers import Answer, Answers
from tests.standins.wechat.faults import Fault, Faults

SEND = "/cgi-bin/message/custom/send"
TYPING = "/cgi-bin/message/custom/typing"
STABLE_TOKEN = "/cgi-bin/stable_token"
SUBSCRIBE = "/cgi-bin/message/subscribe/bizsend"
TEMPLATE = "/cgi-bin/message/template/send"
MENU = "/cgi-bin/menu/create"
UPLOAD = "/cgi-bin/media/upload"
QR_CODE = "/cgi-bin/qrcode/create"
OAUTH = "/sns/oauth2/access_token"
_SECONDS = 10


@dataclass(frozen=True)
class Call:
    path: str
    query: dict[str, str]
    body: dict[str, Any]
    """Of an upload: `media`, the bytes."""
    refused: int = 0
    """The code with which it was refused; 0: it was done."""


@dataclass
class StandIn:
    """Used from the test's thread while the server runs in its own."""

    url: str = ""
    answers: Answers = field(default_factory=Answers)
    faults: Faults = field(default_factory=Faults)
    calls: list[Call] = field(default_factory=list)
    """In the order in which they came in, refused ones too; what was hung up on is among them."""
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def order(self, path: str, fault: Fault | int, times: int | None = 1) -> None:
        """`fault`: a code, or what happens. `times` None: until `clear`."""
        self.faults.order(path, Fault(code=fault) if isinstance(fault, int) else fault, times)

    def clear(self) -> None:
        """No faults are ordered any more, and nothing was asked yet."""
        self.faults.clear()
        with self._changed:
            self.calls.clear()

    def of(self, path: str, openid: str = "") -> list[Call]:
        """Those that were done. `openid`: to her alone."""
        with self._changed:
            return [
                call
                for call in self.calls
                if call.path == path and not call.refused and (not openid or call.body.get("touser") == openid)
            ]

    def sent(self, openid: str = "") -> list[dict[str, Any]]:
        """Customer-service messages that were taken, in order."""
        return [call.body for call in self.of(SEND, openid)]

    def texts(self, openid: str = "") -> list[str]:
        return [body["text"]["content"] for body in self.sent(openid) if body["msgtype"] == "text"]

    def wait_for(self, path: str, count: int = 1, openid: str = "", seconds: float = _SECONDS) -> list[Call]:
        """Until so many were done. Raises AssertionError."""
        met = self.has_come(path, count, seconds, openid)
        found = self.of(path, openid)
        assert met, f"{len(found)} of {count} calls of {path}"
        return found

    def has_come(self, path: str, count: int, seconds: float, openid: str = "") -> bool:
        """Waits; True when so many were done."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.of(path, openid)) >= count, seconds)

    def note(self, call: Call) -> None:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    async def serve(self, request: Request) -> Response:
        path, query = request.url.path, dict(request.query_params)
        body = await _body_of(request)
        fault = self.faults.next(path)
        if fault and fault.kind in ("hang", "disconnect", "http_502"):
            self.note(Call(path, query, body, refused=-2))
            await self.faults.wait(fault.seconds if fault.kind == "hang" else 0)
            return Response(status_code=502) if fault.kind == "http_502" else _Disconnect()
        answer: Answer | None = {"errcode": fault.code, "errmsg": "ordered"} if fault and fault.kind == "code" else None
        answer = answer or self.answers.answer(path, query, body)
        self.note(Call(path, query, body, answer.get("errcode", 0)))
        if fault and fault.kind == "slow":
            await self.faults.wait(fault.seconds)
        return Response("<html>oops") if fault and fault.kind == "bad_json" else JSONResponse(answer)


class _Disconnect(Response):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """In the middle of its answer: the server closes the connection."""
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"999")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ConnectionAbortedError


async def _body_of(request: Request) -> dict[str, Any]:
    read = await request.body()
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return json.loads(read) if read else {}
    whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + read)
    [media] = whole.iter_parts()
    return {"media": media.get_payload(decode=True), "name": media.get_filename()}


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # the tests' own


@contextlib.contextmanager
def standing_in(port: int = 0) -> Iterator[StandIn]:
    stand_in = StandIn()
    app = Starlette(routes=[Route("/{path:path}", stand_in.serve, methods=["GET", "POST"])])
    with serving(app, port) as stand_in.url:
        try:
            yield stand_in
        finally:
            stand_in.faults.end()


@contextlib.contextmanager
def serving(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """The address; 0: any port that is free."""
    config = uvicorn.Config(app, port=port, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
    server = _Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
        if not thread.is_alive():
            raise OSError(f"port {port} is taken")
    [listens] = {socket.getsockname()[1] for each in server.servers for socket in each.sockets}
    try:
        yield f"http://127.0.0.1:{listens}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join(_SECONDS)

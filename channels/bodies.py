"""A body is read whole, within bounds of size and time, before anybody acts on the beginning of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.refusals import Refusal, Say, say_to_programs

MOST_BODY_BYTES = 16 * 1024
MOST_FORM_BYTES = 512 * 1024
"""Of the console: a whole guide in one form."""
MOST_BODY_SECONDS = 10.0
_CLOSE = {"Connection": "close"}
"""What is still to come is not waited for."""


class WholeBodies:
    def __init__(self, app: ASGIApp, larger: Mapping[str, int] | None = None, say: Say = say_to_programs) -> None:
        """`larger`: paths that take more bytes than the others; one that ends in a slash, with all below it. What is
        named first counts."""
        self._app, self._larger, self._say = app, larger or {}, say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            body = await _whole_body(Headers(scope=scope), receive, most_bytes_of(scope["path"], self._larger))
            if body:
                _check_kind(scope)
        except Refusal as refusal:
            response = await self._say(Request(scope), refusal)
            await response(scope, receive, send)
            return
        except _Gone:
            return
        await self._app(scope, receive if body is None else _handed_on(body, receive), send)


def most_bytes_of(path: str, larger: Mapping[str, int]) -> int:
    """Of a body sent to this path. `larger`: as `WholeBodies` has it."""
    taken = (most for each, most in larger.items() if path == each or (each.endswith("/") and path.startswith(each)))
    return next(taken, MOST_BODY_BYTES)


class _Gone(Exception):
    """Whoever was to send the rest has left."""


async def _whole_body(headers: Headers, receive: Receive, most_bytes: int) -> bytes | None:
    """None: none was announced. Refuses what is too large (413), announced or not, or too slow (408)."""
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit() and len(length) < 10) or int(length) > most_bytes:
        raise Refusal(413, headers=_CLOSE)
    if int(length) == 0 and "transfer-encoding" not in headers:
        return None
    body = bytearray()
    try:
        async with asyncio.timeout(MOST_BODY_SECONDS):
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _Gone
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > most_bytes:
                    raise Refusal(413, headers=_CLOSE)
    except TimeoutError:
        raise Refusal(408, headers=_CLOSE) from None
    return bytes(body)


def _check_kind(scope: Scope) -> None:
    kind = Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
    if scope["path"].startswith("/api/") and kind != "application/json":
        raise Refusal(415)


def _handed_on(body: bytes, receive: Receive) -> Receive:
    """The body in one piece, and then what comes after it: that the caller leaves."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message

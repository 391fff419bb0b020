"""How much, how often: limits at the doors."""

from __future__ import annotations

import json
import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.addresses import address_of
from channels.refusals import Refusal

MOST_BODY_BYTES = 16 * 1024
MOST_CHARACTERS = 1000
FEWEST_TICKETS = 10
ADDRESS_CALLS_A_TICKET = 20
"""At most every twentieth request of an address may take a ticket: 60 a minute by default."""


class RateLimits:
    def __init__(self, per_visitor: int, per_address: int) -> None:
        self._visitor, self._address = RateLimitItemPerMinute(per_visitor), RateLimitItemPerMinute(per_address)
        self._ticket = RateLimitItemPerMinute(max(FEWEST_TICKETS, per_address // ADDRESS_CALLS_A_TICKET))
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def check_visitor(self, visitor_id: str) -> None:
        """Raises the refusal (429 with Retry-After) of a visitor in too much haste."""
        await self._check(self._visitor, "visitor", visitor_id)

    async def check_address(self, request: Request) -> None:
        await self._check(self._address, "address", address_of(request))

    async def check_ticket(self, request: Request) -> None:
        """A hall's kiosks are often one address, and no faster than this."""
        await self._check(self._ticket, "ticket", address_of(request))

    async def _check(self, limit: RateLimitItem, kind: str, who: str) -> None:
        if await self._limiter.hit(limit, kind, who):
            return
        window = await self._limiter.get_window_stats(limit, kind, who)
        wait_seconds = max(1, math.ceil(window.reset_time - time.time()))
        raise Refusal(
            429,
            "too_many_requests",
            f"您发得太快了，请过{wait_seconds}秒再试。",
            headers={"Retry-After": str(wait_seconds)},
        )


class BodyLimit:
    """Refuses (413) a request body over MOST_BODY_BYTES, announced or not, before anything reads it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        announced = headers.get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > MOST_BODY_BYTES:
            await _refuse(send)
            return
        seen = 0
        too_large = False

        async def counted() -> Message:
            nonlocal seen, too_large
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > MOST_BODY_BYTES:
                too_large = True
                return {"type": "http.request", "body": b"", "more_body": False}
            return message

        async def guarded(message: Message) -> None:
            if not too_large:
                await send(message)

        await self._app(scope, counted, guarded)
        if too_large:
            await _refuse(send)


async def _refuse(send: Send) -> None:
    refusal = Refusal(413)
    body = json.dumps({"error": refusal.code, "message": refusal.message}, ensure_ascii=False).encode()
    await send(
        {
            "type": "http.response.start",
            "status": 413,
            "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())],
        }
    )
    await send({"type": "http.response.body", "body": body})

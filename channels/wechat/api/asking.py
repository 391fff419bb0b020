"""One question to WeChat over HTTP: an answer, or a refusal that says what is to be done. No retries here."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import httpx

from channels.breaker import Breaker, Resting
from channels.wechat.api.errors import NO_ANSWER, Decision, Refused

CALL_SECONDS = 5.0
"""A citizen waits for it, or the next one in line does."""
CONNECT_SECONDS = 2.0
AT_ONCE = 32


class NoAnswer(Refused):
    """For the breaker: nobody was there."""

    def __init__(self, was_sent: bool) -> None:
        super().__init__(NO_ANSWER, Decision.UNCERTAIN if was_sent else Decision.RETRY_LATER)


_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def http_for_wechat(transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """Of its own: when WeChat hangs, nobody else's connections are used up."""
    return httpx.AsyncClient(
        limits=httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=8),
        timeout=httpx.Timeout(CALL_SECONDS, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS),
        transport=transport,
        trust_env=False,
    )


class Asking:
    """Neither an address nor what was sent may reach a log: both hold secrets. So no fault is chained to another."""

    def __init__(self, root: str, http: httpx.AsyncClient, breaker: Breaker | None = None) -> None:
        self._root, self._http, self._breaker = root.rstrip("/"), http, breaker or Breaker()

    async def get(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        return await self._ask(self._http.build_request("GET", f"{self._root}{path}", params=query))

    async def post(self, path: str, query: Mapping[str, str], body: Mapping[str, Any]) -> dict[str, Any]:
        # WeChat shows what is escaped as it stands there: \u60a8.
        written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
        return await self._ask(
            self._http.build_request(
                "POST",
                f"{self._root}{path}",
                params=query,
                content=written,
                headers={"Content-Type": "application/json; charset=utf-8"},
            )
        )

    async def upload(self, path: str, query: Mapping[str, str], name: str, content: bytes) -> dict[str, Any]:
        files = {"media": (name, content, "image/png")}
        return await self._ask(self._http.build_request("POST", f"{self._root}{path}", params=query, files=files))

    async def _ask(self, request: httpx.Request) -> dict[str, Any]:
        try:
            with self._breaker.attempt(NoAnswer):
                return _read(await self._answer_to(request))
        except Resting:
            raise NoAnswer(was_sent=False) from None

    async def _answer_to(self, request: httpx.Request) -> httpx.Response:
        try:
            async with asyncio.timeout(CALL_SECONDS):
                return await self._http.send(request)
        except _NEVER_SENT:
            fault = NoAnswer(was_sent=False)
        except (httpx.HTTPError, TimeoutError):
            fault = NoAnswer(was_sent=True)
        raise fault


def _read(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = json.loads(response.content) if response.is_success else None
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise NoAnswer(was_sent=True)
    code = answer.get("errcode", 0)
    if not isinstance(code, int) or code:
        raise Refused(code if isinstance(code, int) else NO_ANSWER)
    return answer

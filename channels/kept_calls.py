"""HTTP calls to a server nearby, over connections that are kept: a tenth of what a general client takes for one.

Such a client follows redirects, keeps cookies, decodes, retries. None of it is wanted between two processes of a hall,
and it took the service a third of its time (docs/adr/0040). A call is never made twice.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import httptools

IDLE_SECONDS = 2.0
"""Servers close idle connections, after five seconds often: ours are given up sooner, so that no call meets one that is
being closed."""
MOST_ANSWER_BYTES = 1024 * 1024


class CallFailed(Exception):
    """Nobody there, or no HTTP, or no end of the answer."""


@dataclass(frozen=True)
class Answered:
    status: int
    body: bytes

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


class KeptCalls:
    """As many connections as there are calls at a time."""

    def __init__(self, url: str, now: Callable[[], float] = time.monotonic) -> None:
        """`now`: seconds of a clock that only goes forward."""
        address = urlsplit(url)
        self._host, self._is_secure = address.hostname or "127.0.0.1", address.scheme == "https"
        self._port = address.port or (443 if self._is_secure else 80)
        self._prefix = address.path.rstrip("/")
        self._named = address.netloc.rpartition("@")[2]
        self._now = now
        self._idle: list[_Connection] = []
        """Who came back last stands last, and goes first."""

    async def get(self, path: str) -> Answered:
        """Raises CallFailed. Whoever waits no longer hangs up."""
        return await self._call(f"GET {self._prefix}{path} HTTP/1.1\r\nHost: {self._named}\r\n\r\n".encode("ascii"))

    async def post(self, path: str, content: Any) -> Answered:
        """`content`: for JSON. Raises CallFailed. Whoever waits no longer hangs up."""
        body = json.dumps(content, ensure_ascii=False).encode(errors="replace")
        head = (
            f"POST {self._prefix}{path} HTTP/1.1\r\nHost: {self._named}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return await self._call(head.encode("ascii") + body)

    def close(self) -> None:
        while self._idle:
            self._idle.pop().hang_up()

    async def _call(self, request: bytes) -> Answered:
        connection = self._kept() or await self._opened()
        try:
            answered = await connection.ask(request)
        except BaseException:
            connection.hang_up()
            raise
        if connection.may_be_kept:
            connection.idle_since = self._now()
            self._idle.append(connection)
        else:
            connection.hang_up()
        return answered

    def _kept(self) -> _Connection | None:
        oldest = self._now() - IDLE_SECONDS
        while self._idle and self._idle[0].idle_since < oldest:
            self._idle.pop(0).hang_up()
        while self._idle:
            if not (connection := self._idle.pop()).is_closing:
                return connection
        return None

    async def _opened(self) -> _Connection:
        try:
            _, connection = await asyncio.get_running_loop().create_connection(
                _Connection, self._host, self._port, ssl=self._is_secure or None
            )
        except OSError as fault:
            raise CallFailed(type(fault).__name__) from fault
        return connection


class _Connection(asyncio.Protocol):
    """One question at a time."""

    idle_since = 0.0
    may_be_kept = False

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answered: asyncio.Future[Answered] | None = None
        self._begin()

    async def ask(self, request: bytes) -> Answered:
        if self._transport is None or self.is_closing:
            raise CallFailed("closed")
        self._begin()
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answered

    @property
    def is_closing(self) -> bool:
        return self._transport is None or self._transport.is_closing()

    def hang_up(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by its class

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail("hung up")

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as fault:
            self._fail(type(fault).__name__)

    # of the parser

    def on_body(self, body: bytes) -> None:
        self._body += body
        if len(self._body) > MOST_ANSWER_BYTES:
            self._fail("endless")

    def on_message_complete(self) -> None:
        self.may_be_kept = self._parser.should_keep_alive()
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(Answered(self._parser.get_status_code(), bytes(self._body)))
        else:
            self.hang_up()  # nobody has asked

    def _begin(self) -> None:
        self.may_be_kept = False
        self._body = bytearray()
        self._parser = httptools.HttpResponseParser(self)

    def _fail(self, cause: str) -> None:
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(CallFailed(cause))
        self.hang_up()

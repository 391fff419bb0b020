"""Stand-ins for Rasa: one that understands, in place of the calls to it, and one on a real socket that misbehaves as told."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from channels.breaker import Breaker
from channels.kept_calls import Answered, CallFailed
from channels.rasa_client import RasaClient
from channels.waiting_line import WaitingLine
from evaluation.stack import free_ports
from service_hall.conversation.open_turns import OpenTurn
from service_hall.conversation.turn import Turn
from service_hall.hall import Hall

TIMEOUT_MS = 150
Heard = dict[str, Any]
"""The body of a message to Rasa's REST channel."""
Before = Callable[[Heard], Awaitable[None]]


async def at_once(_: Heard) -> None:
    return None


def wide_line() -> WaitingLine:
    """Where nobody has to wait."""
    return WaitingLine(at_once=64, longest=64, patience_s=60)


class FakeSeconds:
    """A clock that goes forward when it is told to."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


class UnderstandingRasa:
    """Answers as Rasa and our actions would, the sentence read by the knowledge base's own reader."""

    def __init__(self, hall: Hall, before: Before = at_once) -> None:
        """`before` is awaited before each answer."""
        self.hall, self.before = hall, before
        self.heard: list[Heard] = []
        self.is_up = True

    @property
    def messages(self) -> list[str]:
        return [heard["message"] for heard in self.heard]

    def client(
        self, timeout_ms: int = 10_000, line: WaitingLine | None = None, breaker: Breaker | None = None
    ) -> RasaClient:
        return RasaClient(self, timeout_ms, line or wide_line(), breaker)

    async def get(self, path: str) -> Answered:
        if not self.is_up:
            raise CallFailed("refused")
        return Answered(200, b'{"status": "ok"}')

    async def post(self, path: str, content: Any) -> Answered:
        if not self.is_up:
            raise CallFailed("refused")
        heard: Heard = json.loads(json.dumps(content))
        self.heard.append(heard)
        await self.before(heard)
        turn = self.hall.open_turns.find(heard["metadata"]["message_id"])
        if turn is None:
            return Answered(200, b"[]")
        turn.take(self._respond)
        messages = [{"recipient_id": heard["sender"], "custom": {"message_id": turn.message_id}}]
        return Answered(200, json.dumps(messages).encode())

    def _respond(self, turn: OpenTurn) -> Turn:
        return self.hall.reception.respond_alone(turn.visitor_id, turn.sentence, turn.context)


def http_answer(body: bytes, status: str = "200 OK", content_type: str = "application/json") -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


class SocketRasa:
    """Listens on loopback and sends back the very bytes it is given; None: hangs until the caller hangs up."""

    def __init__(self) -> None:
        self.sends: bytes | None = http_answer(b"[]")
        self.asked = 0
        self.abandoned = asyncio.Event()
        """The caller hung up on a question that was never answered."""
        [self.port] = free_ports(1)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[SocketRasa]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        async with server:
            yield self

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                (
                    int(line.split(b":")[1])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length:")
                ),
                0,
            )
            await reader.readexactly(length)
            self.asked += 1
            if self.sends is None:
                await reader.read()  # to the end of what the caller sends: until it hangs up
                self.abandoned.set()
            else:
                writer.write(self.sends)
                await writer.drain()
        writer.close()

"""A body is read whole before anybody acts on it; what is too large, too slow or of another kind does nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from channels import bodies
from channels.bodies import MOST_BODY_BYTES, WholeBodies
from tests.channels.callers import APPOINTMENTS, Visitor
from tests.channels.web.conftest import refused

JSON = (b"content-type", b"application/json")
CHUNKED = (b"transfer-encoding", b"chunked")


class Heard:
    """An app that notes what reaches it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.after: list[str] = []
        self.sent: list[dict[str, Any]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        assert not message.get("more_body", False)
        self.bodies.append(message.get("body", b""))
        self.after.append((await receive())["type"])
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def ask(self, *parts: bytes | None, headers: tuple[tuple[bytes, bytes], ...] = (JSON, CHUNKED)) -> int:
        """The status. None among the parts: the caller is silent from then on."""
        waiting = iter(parts)

        async def receive() -> dict[str, Any]:
            part = next(waiting, b"")
            if part is None:
                await asyncio.Event().wait()
            if part == b"":
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": part, "more_body": part != parts[-1]}

        async def send(message: dict[str, Any]) -> None:
            self.sent.append(message)

        scope = {"type": "http", "path": "/api/anything", "method": "POST", "headers": list(headers)}
        await WholeBodies(self)(scope, receive, send)  # type: ignore[arg-type]
        return int(self.sent[0]["status"]) if self.sent else 0


async def test_a_booking_in_a_body_that_then_grows_too_large_is_not_made(visitor: Visitor) -> None:
    async def booking_and_more() -> AsyncIterator[bytes]:
        yield json.dumps(visitor.request_body()).encode()
        for _ in range(20):
            yield b" " * 1024

    headers = {"Content-Type": "application/json", "Idempotency-Key": "key"}
    response = await visitor.ask("POST", content=booking_and_more(), headers=headers)
    refused(response, 413, "too_large")
    assert (await visitor.ask("GET")).json() == {"appointments": []}


async def test_a_booking_in_pieces_is_one_booking(visitor: Visitor) -> None:
    async def letter_by_letter() -> AsyncIterator[bytes]:
        for byte in json.dumps(visitor.request_body()).encode():
            yield bytes([byte])

    headers = {"Content-Type": "application/json", "Idempotency-Key": "key"}
    assert (await visitor.ask("POST", content=letter_by_letter(), headers=headers)).status_code == 201
    assert len((await visitor.ask("GET")).json()["appointments"]) == 1


async def test_a_body_of_pieces_reaches_the_app_in_one_and_then_that_the_caller_left() -> None:
    app = Heard()
    assert await app.ask(b'{"a"', b": 1", b"}") == 204
    assert app.bodies == [b'{"a": 1}']
    assert app.after == ["http.disconnect"]


async def test_at_the_limit_it_is_read_and_one_more_is_too_much() -> None:
    app = Heard()
    assert await app.ask(b"x" * MOST_BODY_BYTES) == 204
    assert await Heard().ask(b"x" * MOST_BODY_BYTES, b"y") == 413
    assert await Heard().ask(b"x", headers=(JSON, (b"content-length", b"%d" % (MOST_BODY_BYTES + 1)))) == 413
    assert await Heard().ask(b"x", headers=(JSON, (b"content-length", b"9" * 5000))) == 413


async def test_whoever_is_refused_before_the_end_is_cut_off() -> None:
    app = Heard()
    await app.ask(b"x" * MOST_BODY_BYTES, b"y")
    assert (b"connection", b"close") in app.sent[0]["headers"]
    assert app.bodies == []


async def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_BODY_SECONDS", 0.01)
    app = Heard()
    assert await app.ask(b"{", None) == 408
    assert app.bodies == []


async def test_whoever_leaves_half_way_asked_for_nothing() -> None:
    app = Heard()
    assert await app.ask(b"{", b"", b"}") == 0
    assert app.bodies == []


@pytest.mark.parametrize("kind", [b"", b"text/plain", b"application/x-www-form-urlencoded", b"application/jsonx"])
async def test_another_kind_than_json_is_refused(kind: bytes) -> None:
    app = Heard()
    assert await app.ask(b"{}", headers=((b"content-type", kind), CHUNKED)) == 415
    assert app.bodies == []


async def test_json_may_say_how_it_is_written() -> None:
    assert await Heard().ask(b"{}", headers=((b"content-type", b"Application/JSON; charset=utf-8"), CHUNKED)) == 204


async def test_without_a_body_nothing_is_asked_of_its_kind(visitor: Visitor) -> None:
    response = await visitor.http.post(f"{APPOINTMENTS}/ABCDE23456/check-in", headers=visitor.headers)
    refused(response, 404, "unknown_code")

"""On a real socket: whoever is slow, endless or takes nothing is cut, and nobody else notices."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from channels.bodies import MOST_BODY_BYTES, WholeBodies
from channels.console.knowledge.exchange import EXCHANGE, MOST_FILE_BYTES
from evaluation.stack import free_ports
from server import connections, service
from server.app import LARGER
from server.connections import MOST_AROUND_BODY_BYTES, MOST_HEAD_BYTES, MOST_WAITING_REQUESTS
from server.settings import Settings
from tests.channels.web.conftest import CHINESE_SENTENCE

HELLO = b"GET /hello HTTP/1.1\r\nHost: hall\r\n\r\n"
LONGEST_READ = 256 * 1024
MUCH = b"x" * 50_000_000


class App:
    """Says hello, what it was sent, or far too much."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.ended = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        self.asked.append(scope["path"])
        body = MUCH if scope["path"] == "/much" else (await receive()).get("body", b"") or b"hello"
        headers = [(b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for at in range(0, len(body), 1_000_000):
            piece = body[at : at + 1_000_000]
            await send({"type": "http.response.body", "body": piece, "more_body": at + 1_000_000 < len(body)})
        self.ended.set()


class Caller:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def send(self, *parts: bytes) -> None:
        try:
            for part in parts:
                self.writer.write(part)
                await self.writer.drain()
        except ConnectionError:
            pass  # hung up on; what was said before stands

    async def answer(self) -> tuple[int, bytes]:
        head = await self.reader.readuntil(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length"))
        return int(head.split()[1]), await self.reader.readexactly(length)

    async def rest(self) -> bytes:
        """Until the other side hangs up."""
        try:
            async with asyncio.timeout(20):
                return await self.reader.read()
        except ConnectionError:
            return b""

    async def is_refused(self, status: int) -> None:
        said = await self.rest()
        head, _, body = said.partition(b"\r\n\r\n")
        assert int(head.split()[1]) == status, said
        assert b"connection: close" in head
        assert CHINESE_SENTENCE.fullmatch(json.loads(body)["message"])


class Door:
    def __init__(self, app: App, server: uvicorn.Server, port: int) -> None:
        self.app, self.server, self.port = app, server, port

    async def call(self) -> Caller:
        return Caller(*await asyncio.open_connection("127.0.0.1", self.port, limit=2**20))

    async def is_empty(self) -> None:
        async with asyncio.timeout(20):
            while self.server.server_state.connections:
                await asyncio.sleep(0.005)


@pytest.fixture
async def door(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Door]:
    app, [port] = App(), free_ports(1)
    server = service.public_server(WholeBodies(app, LARGER), Settings(port=port, var=tmp_path, trusted_proxies=""))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    yield Door(app, server, port)
    server.should_exit = server.force_exit = True
    await serving


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.05)
    monkeypatch.setattr(connections, "WRITE_SECONDS", 0.05)


class TestWhoeverBehaves:
    async def test_is_answered_again_and_again_on_one_connection(self, door: Door) -> None:
        caller = await door.call()
        for _ in range(3):
            await caller.send(HELLO)
            assert await caller.answer() == (200, b"hello")

    async def test_may_send_a_few_requests_ahead(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(HELLO * MOST_WAITING_REQUESTS)
        assert [await caller.answer() for _ in range(MOST_WAITING_REQUESTS)] == [
            (200, b"hello")
        ] * MOST_WAITING_REQUESTS

    async def test_may_send_the_head_in_pieces(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(*(bytes([byte]) for byte in HELLO))
        assert await caller.answer() == (200, b"hello")

    async def test_may_have_a_head_of_nearly_all_that_is_allowed(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(with_header(MOST_HEAD_BYTES - 100))
        assert await caller.answer() == (200, b"hello")

    async def test_may_send_a_body_in_the_smallest_pieces(self, door: Door) -> None:
        caller = await door.call()
        pieces = b"1\r\nx\r\n" * MOST_BODY_BYTES
        await caller.send(
            b"POST /echo HTTP/1.1\r\nHost: hall\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces + b"0\r\n\r\n"
        )
        assert await caller.answer() == (200, b"x" * MOST_BODY_BYTES)

    async def test_is_answered_though_another_protocol_was_offered(self, door: Door) -> None:
        for other in (b"websocket", b"h2c"):
            caller = await door.call()
            await caller.send(HELLO[:-2] + b"Connection: Upgrade\r\nUpgrade: " + other + b"\r\n\r\n")
            assert await caller.answer() == (200, b"hello")


class TestAHeadThatIsTooLarge:
    async def test_is_refused_when_it_came_whole(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(with_header(MOST_HEAD_BYTES))
        await caller.is_refused(431)
        assert door.app.asked == []

    async def test_is_a_page_for_staff_who_typed_too_long_a_search(self, door: Door) -> None:
        caller = await door.call()
        address = b"/console/audit?by=" + b"%E5%90%8D" * (MOST_HEAD_BYTES // 9)
        await caller.send(HELLO.replace(b"/hello", address))
        said = await caller.rest()
        head, _, body = said.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 431") and b"content-type: text/html" in head.lower()
        assert "回到工作台首页" in body.decode()

    async def test_is_refused_though_each_line_is_short(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(HELLO[:-2] + b"a: b\r\n" * (MOST_HEAD_BYTES // 6 + 1) + b"\r\n")
        await caller.is_refused(431)

    @pytest.mark.parametrize("beginning", [b"GET /", b"GET / HTTP/1.1\r\nX: ", b"GET / HTTP/1.1\r\n"])
    async def test_is_cut_before_it_ends(self, door: Door, beginning: bytes) -> None:
        caller = await door.call()
        await caller.send(beginning, *[b"x" * 1000] * (MOST_HEAD_BYTES // 1000 + 1))
        said = await caller.rest()
        assert said.startswith((b"HTTP/1.1 431", b"HTTP/1.1 400")) or said == b""
        assert door.app.asked == []

    async def test_is_cut_on_a_connection_that_was_good_so_far(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(HELLO)
        await caller.answer()
        await caller.send(with_header(MOST_HEAD_BYTES))
        await caller.is_refused(431)

    async def test_endless_trailers_are_cut(self, door: Door) -> None:
        caller = await door.call()
        begun = b"POST /echo HTTP/1.1\r\nHost: hall\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
        await caller.send(begun, *[b"a: b\r\n" * 1000] * (MOST_AROUND_BODY_BYTES // 6000 + LONGEST_READ // 6000 + 2))
        await caller.rest()
        await door.is_empty()
        assert door.app.asked == []

    async def test_a_flood_of_requests_sent_ahead_is_cut(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(HELLO * 1000)
        await caller.rest()
        assert len(door.app.asked) <= MOST_WAITING_REQUESTS + 1


async def test_a_sheet_gets_in_where_the_console_takes_it(door: Door) -> None:
    caller, sheet = await door.call(), b"x" * (MOST_FILE_BYTES // 2)
    begun = f"POST {EXCHANGE} HTTP/1.1\r\nHost: hall\r\nContent-Length: {len(sheet)}\r\n\r\n"
    await caller.send(begun.encode(), sheet)
    assert await caller.answer() == (200, sheet)


@pytest.mark.usefixtures("in_a_hurry")
class TestWhoeverIsTooSlow:
    async def test_with_the_head_is_told_so_and_cut(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(HELLO[:-2])
        await caller.is_refused(408)

    async def test_wins_nothing_with_a_letter_now_and_then(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(HELLO[:10])

        async def drip() -> None:
            while True:
                await caller.send(b"x")
                await asyncio.sleep(0.005)

        dripping = asyncio.create_task(drip())
        await door.is_empty()
        dripping.cancel()

    async def test_with_the_next_head_is_cut_too(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(HELLO)
        await caller.answer()
        await caller.send(HELLO[:-2])
        await caller.is_refused(408)

    async def test_who_says_nothing_at_all_hears_nothing(self, door: Door) -> None:
        caller = await door.call()
        assert await caller.rest() == b""

    async def test_who_takes_nothing_is_cut_and_the_answer_ends(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(HELLO.replace(b"/hello", b"/much"))
        async with asyncio.timeout(20):
            await door.app.ended.wait()
        await door.is_empty()
        assert len(await caller.rest()) < len(MUCH)

    async def test_who_has_asked_may_take_time_over_the_answer(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(HELLO.replace(b"/hello", b"/much"))
        head = await caller.reader.readuntil(b"\r\n\r\n")
        taken = 0
        while taken < len(MUCH):
            taken += len(await caller.reader.read(4_000_000))
        assert head.startswith(b"HTTP/1.1 200")


class TestWhatIsNoHttp:
    @pytest.mark.parametrize("said", [b"\x16\x03\x01\x02\x00\x01", b"hello\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"])
    async def test_is_refused_without_a_line_in_the_log(
        self, door: Door, said: bytes, caplog: pytest.LogCaptureFixture
    ) -> None:
        caller = await door.call()
        await caller.send(said)
        await caller.is_refused(400)
        assert caplog.records == []

    async def test_two_lengths_are_refused(self, door: Door) -> None:
        caller = await door.call()
        await caller.send(
            b"POST /echo HTTP/1.1\r\nHost: hall\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        )
        await caller.is_refused(400)
        assert door.app.asked == []


class TestTheLobby:
    async def test_of_too_many_idle_ones_of_an_address_the_longest_waiting_goes(
        self, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(door.server.config.http_protocol_class.lobby, "_most", 3)  # type: ignore[attr-defined]
        callers = []
        for _ in range(4):
            callers.append(caller := await door.call())
            await caller.send(HELLO)
            assert await caller.answer() == (200, b"hello")
        assert await callers[0].rest() == b""
        for caller in callers[1:]:
            await caller.send(HELLO)
            assert await caller.answer() == (200, b"hello")

    async def test_nobody_is_left_in_it(self, door: Door) -> None:
        for _ in range(3):
            caller = await door.call()
            await caller.send(HELLO)
            await caller.answer()
            caller.writer.close()
        await door.is_empty()
        assert len(door.server.config.http_protocol_class.lobby) == 0  # type: ignore[attr-defined]


def with_header(size: int) -> bytes:
    return HELLO[:-2] + b"X-Long: " + b"x" * size + b"\r\n\r\n"

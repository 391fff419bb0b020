"""Calls over kept connections, against real sockets: none is made twice, and none meets a connection that is closing."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

import pytest
import uvloop

from channels.kept_calls import IDLE_SECONDS, MOST_ANSWER_BYTES, CallFailed, KeptCalls
from tests.stand_ins import FakeSeconds


class Server:
    """Answers each call with its number on that connection, until told to hang up."""

    def __init__(self) -> None:
        self.connections = self.calls = 0
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self.says_close = False
        self.hangs_up_after: int | None = None
        self.sends: bytes | None = None
        self.closed = asyncio.Event()
        """One that it hung up on has been closed."""

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/below"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while self.hangs_up_after is None or self.calls < self.hangs_up_after:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next((int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length")), 0)
                self.heads.append(head)
                self.bodies.append(await reader.readexactly(length))
                self.calls += 1
                body = str(self.calls).encode()
                close = b"Connection: close\r\n" if self.says_close else b""
                writer.write(
                    self.sends or b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (close, len(body), body)
                )
                await writer.drain()
        writer.close()
        self.closed.set()


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def seconds() -> FakeSeconds:
    return FakeSeconds()


@pytest.fixture
async def calls(server: Server, seconds: FakeSeconds) -> AsyncIterator[KeptCalls]:
    async with server.listening() as url:
        calls = KeptCalls(url, seconds)
        yield calls
        calls.close()


async def test_a_connection_is_used_again(server: Server, calls: KeptCalls) -> None:
    answers = [(await calls.post("/here", {"said": "丢了\ud800"})).body for _ in range(3)]
    assert (answers, server.connections) == ([b"1", b"2", b"3"], 1)
    assert server.heads[0].startswith(b"POST /below/here HTTP/1.1\r\nHost: 127.0.0.1:")
    assert json.loads(server.bodies[0]) == {"said": "丢了?"}


async def test_calls_side_by_side_have_a_connection_each(server: Server, calls: KeptCalls) -> None:
    answers = await asyncio.gather(*(calls.get("/") for _ in range(4)))
    assert sorted(answer.body for answer in answers) == [b"1", b"2", b"3", b"4"]
    assert server.connections == 4


async def test_one_that_was_idle_too_long_is_given_up(server: Server, calls: KeptCalls, seconds: FakeSeconds) -> None:
    await calls.get("/")
    seconds.at += IDLE_SECONDS + 0.1
    await calls.get("/")
    assert server.connections == 2


async def test_one_that_the_server_closes_is_not_kept(server: Server, calls: KeptCalls) -> None:
    server.says_close = True
    assert [(await calls.get("/")).body for _ in range(2)] == [b"1", b"2"]
    assert server.connections == 2


async def test_one_that_the_server_has_closed_meanwhile_is_not_used(server: Server, calls: KeptCalls) -> None:
    server.hangs_up_after = 1
    await calls.get("/")
    await server.closed.wait()
    await asyncio.sleep(0)  # the end of the connection is heard
    server.hangs_up_after = None
    assert (await calls.get("/")).body == b"2"


async def test_a_call_whose_connection_breaks_is_not_made_again(server: Server, calls: KeptCalls) -> None:
    server.hangs_up_after = 0
    with pytest.raises(CallFailed):
        await calls.post("/", {})
    assert server.connections == 1


async def test_whoever_gives_up_leaves_no_answer_for_the_next_one(server: Server, calls: KeptCalls) -> None:
    given_up = asyncio.create_task(calls.get("/"))
    while not server.calls:
        await asyncio.sleep(0)
    given_up.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await given_up
    assert (await calls.get("/")).body == b"2"
    assert server.connections == 2


async def test_an_answer_in_pieces_is_one(server: Server, calls: KeptCalls) -> None:
    server.sends = b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    answered = await calls.get("/")
    assert (answered.status, answered.body, answered.is_success) == (201, b"abc", True)


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"SSH-2.0-OpenSSH\r\n\r\n", id="no HTTP"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (2 * MOST_ANSWER_BYTES) + b" " * (MOST_ANSWER_BYTES + 1),
            id="endless",
        ),
    ],
)
async def test_what_is_no_answer_fails(sent: bytes, server: Server, calls: KeptCalls) -> None:
    server.sends = sent
    with pytest.raises(CallFailed):
        await calls.get("/")


async def test_an_answer_that_nobody_waits_for_ends_the_connection(server: Server, calls: KeptCalls) -> None:
    """Two for one call: the second may not be taken for that of the next call."""
    server.sends = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1" * 2
    assert (await calls.get("/")).body == b"1"
    server.sends = None
    assert (await calls.get("/")).body == b"2"
    assert server.connections == 2


async def test_nobody_changes_over_to_another_protocol(server: Server, calls: KeptCalls) -> None:
    server.sends = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nmore"
    assert not (await calls.get("/")).is_success
    server.sends = None
    assert (await calls.get("/")).body == b"2"
    assert server.connections == 2


def test_it_calls_from_the_loop_that_serves(server: Server) -> None:
    async def call() -> bytes:
        async with server.listening() as url:
            calls = KeptCalls(url)
            answers = [(await calls.get("/")).body for _ in range(2)]
            calls.close()
            return b"".join(answers)

    assert uvloop.run(call()) == b"12"
    assert server.connections == 1

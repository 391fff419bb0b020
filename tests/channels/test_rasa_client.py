"""Rasa's client against real sockets: whatever is at the other end, an answer or a plain fault, within the time-out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from channels import rasa_client
from channels.rasa_client import REST_SECONDS, RasaAnswer, RasaClient, RasaFault
from server.settings import Settings
from service_hall.conversation.context import Context
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.conversation.turn import Turn
from tests.stand_ins import TIMEOUT_MS, SocketRasa, http_answer, told

GOOD = told(Turn(Outcome.ANSWERED, (TextReply(text="您好。"),), Context(region="880101")))
USELESS: dict[str, bytes] = {
    "an empty list": http_answer(b"[]"),
    "500": http_answer(b"[]", "500 Internal Server Error"),
    "404": http_answer(b"{}", "404 Not Found"),
    "a redirect": http_answer(json.dumps([{"custom": GOOD}]).encode(), "302 Found"),
    "garbage instead of HTTP": b"\x00\xffSSH-2.0-OpenSSH_9.2\r\n\r\n",
    "nothing at all": b"",
    "a page instead of JSON": http_answer(b"<html>Bad gateway</html>", content_type="text/html"),
    "broken JSON": http_answer(b'[{"custom": '),
    "bytes that are no text": http_answer(b"\xff\xfe\x00\xd8"),
    "an answer cut short": http_answer(b"[]" * 50)[:-20],
    "an object": http_answer(b'{"custom": {}}'),
    "a number": http_answer(b"7"),
    "words without the envelope": http_answer(json.dumps([{"text": "hi"}]).encode()),
    "an unknown outcome": http_answer(json.dumps([{"custom": {**GOOD, "outcome": "perhaps"}}]).encode()),
    "an unknown reply": http_answer(json.dumps([{"custom": {**GOOD, "replies": [{"type": "dance"}]}}]).encode()),
    "an envelope that is a list": http_answer(json.dumps([{"custom": []}]).encode()),
}


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client


@pytest.fixture
async def rasa() -> AsyncIterator[SocketRasa]:
    async with SocketRasa().listening() as listening:
        yield listening


class FakeTime:
    """Stands in for the module `time` within the client."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 1000.0
        monkeypatch.setattr(rasa_client, "time", SimpleNamespace(monotonic=lambda: self.seconds))


async def ask(client: RasaClient, text: str = "借书证丢了") -> RasaAnswer:
    return await client.ask("v_1", text, Context(region="880101"))


def good_bytes(**changed: Any) -> bytes:
    return http_answer(json.dumps([{"text": "first a word"}, {"custom": {**GOOD, **changed}}]).encode())


async def test_a_usable_answer_is_found_among_the_messages(rasa: SocketRasa, http: httpx.AsyncClient) -> None:
    rasa.sends = good_bytes()
    answer = await ask(RasaClient(rasa.url + "/", TIMEOUT_MS * 20, http))
    assert (answer.outcome, answer.replies[0].text) == (Outcome.ANSWERED, "您好。")
    assert answer.context == Context(region="880101")


@pytest.mark.parametrize("sent", USELESS.values(), ids=USELESS.keys())
async def test_a_useless_answer_is_a_fault_not_a_silence(
    sent: bytes, rasa: SocketRasa, http: httpx.AsyncClient
) -> None:
    rasa.sends = sent
    with pytest.raises(RasaFault):
        await ask(RasaClient(rasa.url, TIMEOUT_MS * 20, http))


async def test_nobody_listening_is_a_fault(http: httpx.AsyncClient) -> None:
    with pytest.raises(RasaFault):
        await ask(RasaClient(SocketRasa().url, TIMEOUT_MS, http))


async def test_a_hanging_rasa_is_hung_up_on(rasa: SocketRasa, http: httpx.AsyncClient) -> None:
    rasa.sends = None
    with pytest.raises(RasaFault, match="TimeoutError"):
        await ask(RasaClient(rasa.url, TIMEOUT_MS, http))
    await rasa.abandoned.wait()


async def test_a_rasa_that_drips_is_bounded_as_a_whole(http: httpx.AsyncClient) -> None:
    """Each byte comes in good time, the last one never: only a limit on the whole call ends that."""
    hung_up = asyncio.Event()

    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        try:
            while not writer.is_closing():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(TIMEOUT_MS / 1000 / 20)
        except ConnectionError:
            pass
        hung_up.set()
        writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(RasaFault, match="TimeoutError"):
            await ask(RasaClient(f"http://127.0.0.1:{port}", TIMEOUT_MS, http))
        await hung_up.wait()


async def test_the_time_out_is_the_settings_own() -> None:
    """httpx has a time-out of its own, five seconds, which must not be the one that counts."""
    limits: list[Any] = []

    def note(request: httpx.Request) -> httpx.Response:
        limits.append(request.extensions["timeout"])
        return httpx.Response(200, json=[{"custom": GOOD}])

    async with httpx.AsyncClient(transport=httpx.MockTransport(note)) as client:
        await ask(RasaClient("http://rasa.invalid", 9_000, client))
    assert all(seconds is None or seconds >= 9 for seconds in limits[0].values())


def test_rasa_gets_less_time_than_wechat_gives_us() -> None:
    assert Settings.model_fields["rasa_timeout_ms"].default <= 2_000


async def test_after_no_answer_rasa_is_left_alone_for_a_while(
    rasa: SocketRasa, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = FakeTime(monkeypatch)
    rasa.sends = b""
    client = RasaClient(rasa.url, TIMEOUT_MS * 20, http)
    with pytest.raises(RasaFault):
        await ask(client)
    rasa.sends = good_bytes()
    time.seconds += REST_SECONDS - 0.1
    with pytest.raises(RasaFault, match="resting"):
        await ask(client)
    assert rasa.asked == 1


async def test_after_the_rest_a_recovered_rasa_answers_again(
    rasa: SocketRasa, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = FakeTime(monkeypatch)
    rasa.sends = b""
    client = RasaClient(rasa.url, TIMEOUT_MS * 20, http)
    with pytest.raises(RasaFault):
        await ask(client)
    rasa.sends = good_bytes()
    time.seconds += REST_SECONDS + 0.1
    assert (await ask(client)).outcome is Outcome.ANSWERED
    assert (await ask(client)).outcome is Outcome.ANSWERED
    assert rasa.asked == 3


async def test_one_message_that_rasa_fails_over_does_not_hold_up_the_next(
    rasa: SocketRasa, http: httpx.AsyncClient
) -> None:
    client = RasaClient(rasa.url, TIMEOUT_MS * 20, http)
    with pytest.raises(RasaFault):
        await ask(client)
    rasa.sends = good_bytes()
    assert (await ask(client)).outcome is Outcome.ANSWERED


async def test_it_is_ready_when_its_channel_answers(rasa: SocketRasa, http: httpx.AsyncClient) -> None:
    rasa.sends = http_answer(b'{"status": "ok"}')
    assert await RasaClient(rasa.url, TIMEOUT_MS, http).is_ready()


@pytest.mark.parametrize("sent", [http_answer(b"", "503 Service Unavailable"), b"garbage", b""])
async def test_it_is_not_ready_when_its_channel_answers_badly(
    sent: bytes, rasa: SocketRasa, http: httpx.AsyncClient
) -> None:
    rasa.sends = sent
    assert not await RasaClient(rasa.url, TIMEOUT_MS, http).is_ready()


async def test_it_is_not_ready_when_nobody_listens(http: httpx.AsyncClient) -> None:
    assert not await RasaClient(SocketRasa().url, TIMEOUT_MS, http).is_ready()

"""Rasa's client against real sockets: whatever is at the other end, an answer or a plain fault, within the time-out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from channels.breaker import FAULTS_IN_A_ROW, REST_SECONDS, Breaker, State
from channels.kept_calls import KeptCalls
from channels.rasa_client import RasaClient, RasaFault, Result
from channels.waiting_line import WaitingLine
from server.settings import Settings
from service_hall.conversation.context import Context
from service_hall.conversation.open_turns import OpenTurn
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.conversation.turn import Turn
from service_hall.shared.ids import MessageId, VisitorId
from tests.stand_ins import TIMEOUT_MS, FakeSeconds, SocketRasa, http_answer, wide_line

ID = MessageId("m_1")
ANSWER = Turn(Outcome.ANSWERED, (TextReply(text="您好。"),), Context(region="880101"))
GOOD = {"message_id": ID}
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
    "another turn's id": http_answer(json.dumps([{"custom": {"message_id": "m_2"}}]).encode()),
    "an id that is a list": http_answer(json.dumps([{"custom": {"message_id": [ID]}}]).encode()),
    "an envelope that is a list": http_answer(json.dumps([{"custom": []}]).encode()),
}


@pytest.fixture
async def rasa() -> AsyncIterator[SocketRasa]:
    async with SocketRasa().listening() as listening:
        yield listening


def client_of(url: str, timeout_ms: int, line: WaitingLine | None = None) -> RasaClient:
    return RasaClient(KeptCalls(url), timeout_ms, line or wide_line())


async def ask(client: RasaClient, is_taken: bool = True) -> Turn:
    turn = OpenTurn(ID, VisitorId("v_1"), "借书证丢了", Context())
    if is_taken:  # by an action of ours, meanwhile
        turn.take(lambda _: ANSWER)
    return await client.ask(turn)


def good_bytes() -> bytes:
    return http_answer(json.dumps([{"text": "first a word"}, {"custom": GOOD}]).encode())


async def test_the_turn_is_answered_when_one_of_the_messages_names_it(rasa: SocketRasa) -> None:
    rasa.sends = good_bytes()
    assert await ask(client_of(rasa.url + "/", TIMEOUT_MS * 20)) is ANSWER


async def test_a_turn_that_is_named_but_was_not_taken_is_a_fault(rasa: SocketRasa) -> None:
    """Rasa asks the actions of another service."""
    rasa.sends = good_bytes()
    client = client_of(rasa.url, TIMEOUT_MS * 20)
    with pytest.raises(RasaFault, match="no turn"):
        await ask(client, is_taken=False)
    assert client.results == {Result.USELESS: 1}


@pytest.mark.parametrize("sent", USELESS.values(), ids=USELESS.keys())
async def test_a_useless_answer_is_a_fault_not_a_silence(sent: bytes, rasa: SocketRasa) -> None:
    rasa.sends = sent
    with pytest.raises(RasaFault):
        await ask(client_of(rasa.url, TIMEOUT_MS * 20))


async def test_nobody_listening_is_a_fault() -> None:
    with pytest.raises(RasaFault):
        await ask(client_of(SocketRasa().url, TIMEOUT_MS))


async def test_a_hanging_rasa_is_hung_up_on(rasa: SocketRasa) -> None:
    rasa.sends = None
    with pytest.raises(RasaFault, match="TimeoutError"):
        await ask(client_of(rasa.url, TIMEOUT_MS))
    await rasa.abandoned.wait()


async def test_a_rasa_that_drips_is_bounded_as_a_whole() -> None:
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
            await ask(client_of(f"http://127.0.0.1:{port}", TIMEOUT_MS))
        await hung_up.wait()


def test_rasa_gets_less_time_than_wechat_gives_us() -> None:
    assert Settings.model_fields["rasa_timeout_ms"].default <= 2_000


class TestTheBreaker:
    """How it opens, rests and closes is tested in test_breaker; here, what counts as a fault and who is spared."""

    @pytest.fixture
    def seconds(self) -> FakeSeconds:
        return FakeSeconds()

    @pytest.fixture
    def client(self, rasa: SocketRasa, seconds: FakeSeconds) -> RasaClient:
        return RasaClient(KeptCalls(rasa.url), TIMEOUT_MS * 20, wide_line(), Breaker(now=seconds))

    async def fail(self, client: RasaClient, times: int) -> None:
        for _ in range(times):
            with pytest.raises(RasaFault):
                await ask(client)

    async def test_one_time_out_sends_nobody_else_away(self, rasa: SocketRasa) -> None:
        client = client_of(rasa.url, TIMEOUT_MS)
        rasa.sends = None
        await self.fail(client, 1)
        rasa.sends = good_bytes()
        assert (await ask(client)).outcome is Outcome.ANSWERED

    async def test_messages_that_time_out_side_by_side_are_one_fault(self, rasa: SocketRasa) -> None:
        """A machine that stops for a moment stops for all of them."""
        client = client_of(rasa.url, TIMEOUT_MS)
        rasa.sends = None
        together = await asyncio.gather(*(ask(client) for _ in range(8)), return_exceptions=True)
        assert all(isinstance(each, RasaFault) for each in together)
        assert client.breaker.state is State.CLOSED

    async def test_after_several_in_a_row_rasa_is_left_alone(
        self, rasa: SocketRasa, client: RasaClient, seconds: FakeSeconds
    ) -> None:
        rasa.sends = b""
        await self.fail(client, FAULTS_IN_A_ROW)
        rasa.sends = good_bytes()
        seconds.at += REST_SECONDS - 0.1
        await self.fail(client, 5)
        assert rasa.asked == FAULTS_IN_A_ROW
        assert client.results == {Result.NO_ANSWER: FAULTS_IN_A_ROW, Result.RESTING: 5}

    async def test_after_the_rest_a_recovered_rasa_answers_again(
        self, rasa: SocketRasa, client: RasaClient, seconds: FakeSeconds
    ) -> None:
        rasa.sends = b""
        await self.fail(client, FAULTS_IN_A_ROW)
        rasa.sends = good_bytes()
        seconds.at += REST_SECONDS
        for _ in range(2):
            assert (await ask(client)).outcome is Outcome.ANSWERED

    async def test_whoever_waits_when_it_opens_waits_no_longer(self, rasa: SocketRasa) -> None:
        line = WaitingLine(at_once=1, longest=64, patience_s=60)
        client = RasaClient(KeptCalls(rasa.url), TIMEOUT_MS * 20, line)
        rasa.sends = b""
        await asyncio.gather(*(ask(client) for _ in range(20)), return_exceptions=True)
        assert rasa.asked == FAULTS_IN_A_ROW
        assert client.results[Result.RESTING] == 20 - FAULTS_IN_A_ROW

    async def test_waiting_in_our_own_line_is_no_fault_of_rasas(self, rasa: SocketRasa) -> None:
        """Each of them waits longer than Rasa's whole time-out."""
        line = WaitingLine(at_once=1, longest=0, patience_s=60)
        client = RasaClient(KeptCalls(rasa.url), TIMEOUT_MS, line)
        rasa.sends = good_bytes()
        async with line.place():
            await self.fail(client, FAULTS_IN_A_ROW * 2)
        assert client.results == {Result.NO_PLACE: FAULTS_IN_A_ROW * 2}
        assert (await ask(client)).outcome is Outcome.ANSWERED

    async def test_useless_answers_open_nothing(self, rasa: SocketRasa, client: RasaClient) -> None:
        """Rasa failed over these messages, and says so at once: the next citizen's may be well."""
        await self.fail(client, FAULTS_IN_A_ROW * 2)
        rasa.sends = good_bytes()
        assert (await ask(client)).outcome is Outcome.ANSWERED


async def test_it_is_ready_when_its_channel_answers(rasa: SocketRasa) -> None:
    rasa.sends = http_answer(b'{"status": "ok"}')
    assert await client_of(rasa.url, TIMEOUT_MS).is_ready()


@pytest.mark.parametrize("sent", [http_answer(b"", "503 Service Unavailable"), b"garbage", b""])
async def test_it_is_not_ready_when_its_channel_answers_badly(sent: bytes, rasa: SocketRasa) -> None:
    rasa.sends = sent
    assert not await client_of(rasa.url, TIMEOUT_MS).is_ready()


async def test_it_is_not_ready_when_nobody_listens() -> None:
    assert not await client_of(SocketRasa().url, TIMEOUT_MS).is_ready()

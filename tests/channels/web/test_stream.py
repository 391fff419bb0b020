"""`GET /api/chat/stream` on a real socket: what is pushed arrives, with numbers to resume by."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from channels.own_page import COOKIE, PAGE_HEADER
from channels.visitors import VisitorDesk
from channels.web import stream, stream_hub
from channels.web.stream_seats import MOST_OF_A_VISITOR
from evaluation.stack import free_ports
from server.app import make_app
from server.storage.forgotten_store import ForgottenVisitors
from service_hall.conversation.reply import TextReply
from service_hall.shared.errors import OutOfReach
from service_hall.shared.ids import VisitorId, new_visitor_id
from tests.channels.web.conftest import Citizen, refused
from tests.fakes import FixedClock
from tests.town_house import SECRET, TownHouse

STREAM = "/api/chat/stream"
MOST_OF_AN_ADDRESS = 20


@dataclass(frozen=True)
class Event:
    number: int
    kind: str
    data: dict[str, Any]


class Listener:
    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def next(self) -> Event:
        """The next event; comments that only keep the line alive are passed over."""
        fields: dict[str, str] = {}
        async for line in self._lines:
            name, _, value = line.partition(": ")
            if name:
                fields[name] = value
            elif "data" in fields:
                return Event(int(fields["id"]), fields["event"], json.loads(fields["data"]))
        raise EOFError


@pytest.fixture
def town_house(tmp_path: Path) -> TownHouse:
    return TownHouse(tmp_path, streams_per_address=MOST_OF_AN_ADDRESS)


@pytest.fixture
async def http(town_house: TownHouse, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    monkeypatch.setattr(stream_hub, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(stream, "TRY_AGAIN_SECONDS", 0.01)
    [port] = free_ports(1)
    server = uvicorn.Server(uvicorn.Config(make_app(town_house.house), port=port, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30, limits=httpx.Limits()
    ) as client:
        yield client
    server.should_exit = True
    await serving


@pytest.fixture
def visitor() -> VisitorId:
    return new_visitor_id()


def token_of(visitor: VisitorId) -> dict[str, str]:
    return {"Authorization": f"Bearer {VisitorDesk(SECRET).token_for(visitor)}"}


@contextlib.asynccontextmanager
async def listening(
    http: httpx.AsyncClient, visitor: VisitorId, last_event_id: str | None = None
) -> AsyncIterator[Listener]:
    headers = token_of(visitor) | ({"Last-Event-ID": last_event_id} if last_event_id is not None else {})
    async with http.stream("GET", STREAM, headers=headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Listener(response)


def push(town: TownHouse, visitor: VisitorId, text: str) -> int:
    return town.records.push(visitor, TextReply(text=text), FixedClock()())


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer v_1.forged"}, {"Cookie": f"{COOKIE}=v_1.forged"}])
async def test_without_a_token_of_ours_there_is_no_stream(http: httpx.AsyncClient, headers: dict[str, str]) -> None:
    response = await http.get(STREAM, headers=headers)
    assert response.status_code == 401
    assert response.json()["error"] == "invalid_token"


async def test_a_pushed_reply_arrives_whole_with_its_number(
    http: httpx.AsyncClient, town_house: TownHouse, visitor: VisitorId
) -> None:
    async with listening(http, visitor) as listener:
        number = push(town_house, visitor, "请到3号窗口。\n带上证件。")
        event = await listener.next()
    assert event == Event(number, "reply", {"type": "text", "text": "请到3号窗口。\n带上证件。"})


async def test_a_newly_opened_stream_begins_with_what_comes_next(
    http: httpx.AsyncClient, town_house: TownHouse, visitor: VisitorId
) -> None:
    push(town_house, visitor, "昨天的话。")
    async with listening(http, visitor) as listener:
        push(town_house, visitor, "现在的话。")
        assert (await listener.next()).data["text"] == "现在的话。"


async def test_it_resumes_after_the_last_event_seen(
    http: httpx.AsyncClient, town_house: TownHouse, visitor: VisitorId
) -> None:
    async with listening(http, visitor) as listener:
        push(town_house, visitor, "第一句。")
        seen = (await listener.next()).number
    for text in ("第二句。", "第三句。"):
        push(town_house, visitor, text)
    async with listening(http, visitor, last_event_id=str(seen)) as listener:
        assert [(await listener.next()).data["text"] for _ in range(2)] == ["第二句。", "第三句。"]


async def test_from_nought_everything_comes_again(
    http: httpx.AsyncClient, town_house: TownHouse, visitor: VisitorId
) -> None:
    for number in range(150):  # more than one look fetches
        push(town_house, visitor, f"第{number}句。")
    async with listening(http, visitor, last_event_id="0") as listener:
        texts = [(await listener.next()).data["text"] for _ in range(150)]
    assert texts == [f"第{number}句。" for number in range(150)]


async def test_nobody_hears_what_is_pushed_to_another(
    http: httpx.AsyncClient, town_house: TownHouse, visitor: VisitorId
) -> None:
    async with listening(http, visitor, last_event_id="0") as listener:
        push(town_house, new_visitor_id(), "不是给您的。")
        push(town_house, visitor, "给您的。")
        assert (await listener.next()).data["text"] == "给您的。"


async def test_two_windows_of_one_visitor_both_hear(
    http: httpx.AsyncClient, town_house: TownHouse, visitor: VisitorId
) -> None:
    async with listening(http, visitor) as one, listening(http, visitor) as other:
        push(town_house, visitor, "请到3号窗口。")
        assert await one.next() == await other.next()


async def test_our_own_page_may_listen_with_its_cookie(
    http: httpx.AsyncClient, town_house: TownHouse, visitor: VisitorId
) -> None:
    token = VisitorDesk(SECRET).token_for(visitor)
    headers = {"Cookie": f"{COOKIE}={token}", PAGE_HEADER: "1"}
    async with http.stream("GET", STREAM, headers=headers) as response:
        push(town_house, visitor, "请到3号窗口。")
        assert (await Listener(response).next()).data["text"] == "请到3号窗口。"
    assert (await http.get(STREAM, headers={"Cookie": f"{COOKIE}={token}"})).status_code == 401


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "9" * 5000, "²"])
async def test_an_odd_number_to_resume_by_is_no_fault_of_ours(
    http: httpx.AsyncClient, visitor: VisitorId, number: str
) -> None:
    headers = [
        (b"authorization", token_of(visitor)["Authorization"].encode()),
        (b"last-event-id", number.encode("latin-1")),
    ]
    async with http.stream("GET", STREAM, headers=headers) as response:
        assert response.status_code in (200, 422)
        if response.status_code == 422:
            assert json.loads(await response.aread())["error"] == "unknown_event"


async def test_one_visitor_may_not_hold_ever_more_streams(
    http: httpx.AsyncClient, town_house: TownHouse, visitor: VisitorId
) -> None:
    async with contextlib.AsyncExitStack() as opened:
        for _ in range(MOST_OF_A_VISITOR):
            await opened.enter_async_context(listening(http, visitor))
        response = await http.get(STREAM, headers=token_of(visitor))
        assert response.status_code == 429
        assert response.headers["retry-after"]
        async with listening(http, new_visitor_id()):
            pass
    # Once the windows are closed their places are free again.
    while (status := await _status(http, visitor)) == 429:
        await asyncio.sleep(0.01)
    assert status == 200


async def test_a_burst_of_one_visitor_finds_no_gap(http: httpx.AsyncClient, visitor: VisitorId) -> None:
    assert await opened(http, [visitor] * 40) == MOST_OF_A_VISITOR


async def test_a_burst_of_one_address_finds_no_gap(http: httpx.AsyncClient, town_house: TownHouse) -> None:
    assert await opened(http, [new_visitor_id() for _ in range(60)]) == MOST_OF_AN_ADDRESS
    # All have hung up: their places are free again.
    while (again := await opened(http, [new_visitor_id() for _ in range(60)])) < MOST_OF_AN_ADDRESS:
        await asyncio.sleep(0.01)
    assert again == MOST_OF_AN_ADDRESS


async def test_whoever_asks_for_too_many_is_told_when_to_come_back(http: httpx.AsyncClient, visitor: VisitorId) -> None:
    async with contextlib.AsyncExitStack() as kept:
        for _ in range(MOST_OF_A_VISITOR):
            await kept.enter_async_context(listening(http, visitor))
        response = await http.get(STREAM, headers=token_of(visitor))
        refused(response, 429, "too_many_requests")


async def test_a_stream_outlives_a_database_that_is_away_for_a_while(
    http: httpx.AsyncClient, town_house: TownHouse, visitor: VisitorId, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_away = True

    def away(look: Any) -> Any:
        def looked(*asked: Any) -> Any:
            if is_away:
                raise OutOfReach
            return look(*asked)

        return looked

    async with listening(http, visitor) as listener:
        for name in ("news_after", "pushed_after"):
            monkeypatch.setattr(town_house.records, name, away(getattr(town_house.records, name)))
        push(town_house, visitor, "请到3号窗口。")
        async with http.stream("GET", STREAM, headers=token_of(visitor) | {"Last-Event-ID": "0"}) as resumed:
            other = Listener(resumed)
            is_away = False
            assert (await listener.next()).data["text"] == "请到3号窗口。"
            assert (await other.next()).data["text"] == "请到3号窗口。"


async def test_whoever_is_forgotten_hears_nothing_more_and_opens_no_stream(
    http: httpx.AsyncClient, town_house: TownHouse, visitor: VisitorId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_hub, "LOOK_SECONDS", 3600)  # at once, without a look
    async with asyncio.timeout(20), listening(http, visitor) as listener:
        assert (await http.delete("/api/visitor", headers=token_of(visitor))).status_code == 200
        with pytest.raises(EOFError):
            await listener.next()
        refused(await http.get(STREAM, headers=token_of(visitor)), 401, "invalid_token")


async def test_whom_another_node_has_forgotten_a_moment_ago_opens_no_stream_here(
    http: httpx.AsyncClient, town_house: TownHouse, visitor: VisitorId
) -> None:
    ForgottenVisitors(town_house.house.engine).add(visitor, FixedClock()())
    assert visitor not in town_house.house.forgotten
    refused(await http.get(STREAM, headers=token_of(visitor)), 401, "invalid_token")


async def opened(http: httpx.AsyncClient, visitors: Sequence[VisitorId]) -> int:
    """How many streams are open after all have asked at once; the others were refused."""
    async with contextlib.AsyncExitStack() as kept:
        asked = [http.send(http.build_request("GET", STREAM, headers=token_of(each)), stream=True) for each in visitors]
        responses = await asyncio.gather(*asked)
        for response in responses:
            kept.push_async_callback(response.aclose)
        statuses = [response.status_code for response in responses]
        assert set(statuses) <= {200, 429}
        return statuses.count(200)


async def _status(http: httpx.AsyncClient, visitor: VisitorId) -> int:
    async with http.stream("GET", STREAM, headers=token_of(visitor)) as response:
        return response.status_code


async def test_the_head_of_a_stream_takes_no_seat(citizen: Citizen) -> None:
    await citizen.say("你好")
    for _ in range(50):
        response = await citizen.http.head("/api/chat/stream", headers=citizen.headers)
        assert response.status_code == 200 and response.headers["content-type"].startswith("text/event-stream")

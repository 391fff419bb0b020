"""The whole web app of the made-up town, asked in memory."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from channels.visitors import VisitorDesk
from server.app import make_app
from service_hall.shared.ids import VisitorId
from tests.fakes import FixedClock
from tests.town_house import SECRET, TownHouse

Knock = Callable[..., httpx.AsyncClient]


CHINESE_SENTENCE = re.compile(r"[\u4e00-\u9fff].*。")


def refused(response: httpx.Response, status: int, code: str = "") -> None:
    """In the contract's form: a status, a code, one Chinese sentence, nothing else."""
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"error", "message"}
    assert CHINESE_SENTENCE.fullmatch(body["message"]), body["message"]
    assert re.fullmatch(r"[a-z_]+", body["error"])
    assert code in ("", body["error"])


def visitor_of(token: str) -> VisitorId:
    visitor = VisitorDesk(SECRET, clock=lambda: FixedClock()().timestamp()).visitor_of(token)
    assert visitor
    return visitor


class Citizen:
    """Another program at the chat door: keeps its token from message to message."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.token = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    async def post(self, **body: Any) -> httpx.Response:
        response = await self.http.post("/api/chat/messages", json=body, headers=self.headers)
        if response.is_success:
            self.token = response.json()["visitor_token"]
        return response

    async def say(self, text: str, **more: Any) -> dict[str, Any]:
        response = await self.post(text=text, **more)
        assert response.status_code == 200, response.text
        answered: dict[str, Any] = response.json()
        return answered


@pytest.fixture
def town_house(tmp_path: Path) -> TownHouse:
    return TownHouse(tmp_path)


@pytest.fixture
async def knock() -> AsyncIterator[Knock]:
    """Opens a door to a town house: `knock(house, address="10.0.0.1")`."""
    async with AsyncExitStack() as opened:
        apps: dict[int, Any] = {}

        def at(town: TownHouse, address: str = "127.0.0.1", raises: bool = True) -> httpx.AsyncClient:
            if id(town) not in apps:
                apps[id(town)] = make_app(town.house)
            transport = httpx.ASGITransport(app=apps[id(town)], client=(address, 40000), raise_app_exceptions=raises)
            client = httpx.AsyncClient(transport=transport, base_url="http://town.test")
            opened.push_async_callback(client.aclose)
            return client

        yield at


@pytest.fixture
def http(town_house: TownHouse, knock: Knock) -> httpx.AsyncClient:
    return knock(town_house)


@pytest.fixture
def citizen(http: httpx.AsyncClient) -> Citizen:
    return Citizen(http)

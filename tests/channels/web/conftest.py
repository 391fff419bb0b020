"""The whole web app of the made-up town, asked in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.app import make_app
from tests.town_house import TownHouse

Knock = Callable[..., httpx.AsyncClient]


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
            app = apps.setdefault(id(town), make_app(town.house))
            transport = httpx.ASGITransport(app=app, client=(address, 40000), raise_app_exceptions=raises)
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

"""What whoever keeps the service running can ask of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from server.app import make_app
from tests.town_house import TownHouse


@pytest.fixture
def town_house(tmp_path: Path) -> TownHouse:
    return TownHouse(tmp_path)


@pytest.fixture
async def http(town_house: TownHouse) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=make_app(town_house.house))
    async with httpx.AsyncClient(transport=transport, base_url="http://town.test") as client:
        yield client


async def test_it_is_alive_whatever_else_is_down(http: httpx.AsyncClient, town_house: TownHouse) -> None:
    town_house.rasa.is_up = False
    response = await http.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_it_is_ready_when_database_index_and_rasa_are(http: httpx.AsyncClient) -> None:
    response = await http.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "database": "ok", "index": "ok", "rasa": "ok"}


async def test_without_rasa_it_says_so(http: httpx.AsyncClient, town_house: TownHouse) -> None:
    town_house.rasa.is_up = False
    response = await http.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "not_ready", "database": "ok", "index": "ok", "rasa": "down"}


async def test_without_the_database_it_says_so(http: httpx.AsyncClient, town_house: TownHouse, tmp_path: Path) -> None:
    town_house.house.engine.dispose()
    for file in tmp_path.glob("town.sqlite3*"):
        file.unlink()
    (tmp_path / "town.sqlite3").mkdir()  # what cannot be opened
    response = await http.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "down"


async def test_requests_are_counted_by_route_never_by_address(http: httpx.AsyncClient) -> None:
    await http.get("/api/knowledge/guides/dog-register")
    await http.get("/api/knowledge/search", params={"q": "借书证"})
    await http.get("/张三的身份证/110101199003078515")
    response = await http.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    counted = {
        (sample.labels["route"], sample.labels["status"])
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
        if sample.name == "wenban_requests_total"
    }
    assert ("unmatched", "404") in counted
    assert any(route.endswith("/guides/{guide_id}") for route, _ in counted)
    for private in ("110101199003078515", "张三", "dog-register", "借书证"):
        assert private not in response.text


async def test_the_interface_is_described(http: httpx.AsyncClient) -> None:
    assert (await http.get("/docs")).status_code == 200
    described = (await http.get("/openapi.json")).json()["paths"]
    assert {"/api/chat/messages", "/api/chat/stream", "/api/chat/feedback", "/healthz", "/readyz"} <= set(described)

"""What whoever keeps the service running can ask of it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from channels.breaker import FAULTS_IN_A_ROW
from server.app import make_app
from server.settings import ROOT
from tests.channels.web.conftest import refused
from tests.town_house import TownHouse

READY = {
    "status": "ready",
    "database": "ok",
    "index": "ok",
    "rasa": "ok",
    "line": "free",
    "breaker": "closed",
    "faulty_documents": 0,
}


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
    assert response.json() == READY


async def test_without_rasa_it_says_so(http: httpx.AsyncClient, town_house: TownHouse) -> None:
    town_house.rasa.is_up = False
    response = await http.get("/readyz")
    assert response.status_code == 503
    assert response.json() == READY | {"status": "not_ready", "rasa": "down"}


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


async def test_a_rush_is_told_and_does_not_make_it_unready(http: httpx.AsyncClient, town_house: TownHouse) -> None:
    rasa = town_house.house.rasa
    async with contextlib.AsyncExitStack() as places:
        for _ in range(rasa.line.at_once):
            await places.enter_async_context(rasa.line.place())
        response = await http.get("/readyz")
    assert (response.status_code, response.json()) == (200, READY | {"line": "waiting"})


async def test_an_open_breaker_is_told(http: httpx.AsyncClient, town_house: TownHouse) -> None:
    town_house.rasa.is_up = False
    for _ in range(FAULTS_IN_A_ROW):
        await http.post("/api/chat/messages", json={"text": "借书证丢了怎么补办"})
    assert (await http.get("/readyz")).json()["breaker"] == "open"


async def test_the_lines_and_the_breaker_are_measured(http: httpx.AsyncClient, town_house: TownHouse) -> None:
    await http.post("/api/chat/messages", json={"text": "借书证丢了怎么补办"})
    town_house.rasa.is_up = False
    for _ in range(FAULTS_IN_A_ROW + 1):
        await http.post("/api/chat/messages", json={"text": "借书证丢了怎么补办"})
    async with town_house.house.switchboard.alone.place():
        measured = await measured_by(http)
    alone = town_house.house.switchboard.alone
    assert measured["wenban_line_in_work", "rasa"] == 0
    assert measured["wenban_line_in_work", "alone"] == 1
    assert measured["wenban_line_waiting", "rasa"] == 0
    assert measured["wenban_line_at_once", "alone"] == alone.at_once
    assert measured["wenban_line_longest", "alone"] == alone.longest
    assert measured["wenban_line_turned_away_total", "rasa", "full"] == 0
    assert measured["wenban_rasa_results_total", "answered"] == 1
    assert measured["wenban_rasa_results_total", "no_answer"] == FAULTS_IN_A_ROW
    assert measured["wenban_rasa_results_total", "resting"] == 1
    assert measured["wenban_rasa_breaker", "open"] == 1
    assert measured["wenban_rasa_breaker", "closed"] == 0
    assert measured["wenban_rasa_breaker_opened_total",] == 1


async def test_turns_are_counted_by_outcome_and_reason(http: httpx.AsyncClient) -> None:
    for _ in range(2):
        await http.post("/api/chat/messages", json={"payload": '/give_details{"node":"colour","value":"red"}'})
    assert (await measured_by(http))["wenban_turns_total", "not_found", "stale_choice"] == 2


async def measured_by(http: httpx.AsyncClient) -> dict[tuple[str, ...], float]:
    """By the name and what it is labelled with."""
    families = text_string_to_metric_families((await http.get("/metrics")).text)
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


async def test_every_name_that_is_measured_is_described(http: httpx.AsyncClient) -> None:
    names = {name for name, *_ in await measured_by(http) if name.startswith("wenban_")}
    page = (ROOT / "docs" / "http.md").read_text("utf-8")
    # A histogram's parts are described by the name of the whole.
    names = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in names}
    assert [name for name in names if f"`{name}`" not in page] == []


class TestWhoMaySeeTheMetrics:
    TOKEN = "a token of the tests"

    async def asked(self, town: TownHouse, host: str, **headers: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=make_app(town.house), client=(host, 40000))
        written = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
        async with httpx.AsyncClient(transport=transport, base_url="http://town.test") as client:
            return await client.get("/metrics", headers=written)

    @pytest.fixture
    def guarded(self, tmp_path: Path) -> TownHouse:
        return TownHouse(tmp_path, metrics_token=self.TOKEN)

    @pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
    async def test_this_machine_may(self, town_house: TownHouse, host: str) -> None:
        assert (await self.asked(town_house, host)).status_code == 200

    async def test_elsewhere_there_are_none(self, town_house: TownHouse) -> None:
        refused(await self.asked(town_house, "192.0.2.7"), 404, "not_found")

    @pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "via", "x_real_ip"])
    async def test_a_proxy_on_this_machine_opens_them_to_nobody(self, town_house: TownHouse, header: str) -> None:
        refused(await self.asked(town_house, "127.0.0.1", **{header: "127.0.0.1"}), 404)

    async def test_elsewhere_the_token_opens_them(self, guarded: TownHouse) -> None:
        shown = await self.asked(guarded, "192.0.2.7", authorization=f"Bearer {self.TOKEN}")
        assert shown.status_code == 200

    @pytest.mark.parametrize("shown", ["", "Bearer", "Bearer ", "Bearer another", "Basic dTpw", "Bearer \u00ff"])
    async def test_another_one_does_not(self, guarded: TownHouse, shown: str) -> None:
        response = await self.asked(guarded, "192.0.2.7", **({"authorization": shown} if shown else {}))
        refused(response, 401, "invalid_token")
        assert response.headers["www-authenticate"] == "Bearer"


async def test_the_interface_is_described(http: httpx.AsyncClient) -> None:
    described = (await http.get("/openapi.json")).json()["paths"]
    assert {"/api/chat/messages", "/api/chat/stream", "/api/chat/feedback", "/healthz", "/readyz"} <= set(described)

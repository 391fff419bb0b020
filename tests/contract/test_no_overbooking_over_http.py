"""Many at once at the web's door, on a real socket."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from channels.visitors import VisitorDesk
from evaluation.stack import free_ports
from server.app import make_app
from service_hall.appointments.places import MOST_ALTERNATIVES
from service_hall.visits.ledger import Load
from tests.contract.crowds import MINUTES, NINE, PLACES, TUESDAY, roomy_offices
from tests.fakes import TOWN_HALL
from tests.town_house import SECRET, SharedShelf, TownHouse
from tests.visit_town import CARD, MONDAY, moment, somebody, visit_library, visitor


class RoomyShelf(SharedShelf):
    """Takes the library ready made, and in it the offices of this file."""

    def restock(self) -> None:
        library = visit_library()
        self._library = replace(library, published=replace(library.published, offices=roomy_offices()))


@pytest.fixture
def town_house(tmp_path: Path) -> Iterator[TownHouse]:
    town = TownHouse(tmp_path, shelf=RoomyShelf)
    town.clock.at = moment(MONDAY, "08:00")
    yield town
    town.house.engine.dispose()


@asynccontextmanager
async def served(town: TownHouse) -> AsyncIterator[httpx.AsyncClient]:
    """On a real socket, every request on a connection of its own."""
    [port] = free_ports(1)
    server = uvicorn.Server(uvicorn.Config(make_app(town.house), port=port, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0)
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=120, limits=limits
    ) as client:
        yield client
    server.should_exit = True
    await serving


def posted(number: int, starts_at: datetime = NINE, key: str = "") -> dict[str, Any]:
    token = VisitorDesk(SECRET).token_for(visitor(number))
    return {
        "json": {
            "guide_id": CARD,
            "office_id": TOWN_HALL,
            "starts_at": starts_at.isoformat(),
            "name": "张小明",
            "phone": somebody(number).phone,
        },
        "headers": {"Authorization": f"Bearer {token}", "Idempotency-Key": key or f"key-{number}"},
    }


class TestOverHttp:
    async def test_two_hundred_posts_for_twenty_places(self, town_house: TownHouse) -> None:
        async with served(town_house) as http:
            answers = await asyncio.gather(*(http.post("/api/appointments", **posted(number)) for number in range(200)))
        assert Counter(answer.status_code for answer in answers) == {201: PLACES, 409: 200 - PLACES}
        refused = [answer.json() for answer in answers if answer.status_code == 409]
        assert {(body["error"], len(body["alternatives"])) for body in refused} == {("slot_full", MOST_ALTERNATIVES)}
        assert len({answer.json()["code"] for answer in answers if answer.status_code == 201}) == PLACES
        public = town_house.house.hall.means.ledger.read(
            lambda page: page.loads(TOWN_HALL, "cards", TUESDAY, TUESDAY, town_house.clock())
        )
        assert public == [Load(NINE, public=PLACES * MINUTES)]

    async def test_a_double_click_is_one_appointment(self, town_house: TownHouse) -> None:
        async with served(town_house) as http:
            answers = await asyncio.gather(*(http.post("/api/appointments", **posted(1)) for _ in range(20)))
        assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 19}
        assert len({answer.json()["code"] for answer in answers}) == 1

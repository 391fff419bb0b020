"""The town with a life event, and members of staff at its console."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from server.app import make_app
from service_hall.publishing.question_sets import FIRST_SET
from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import AtDesk
from tests.lived_town import LivedShelf
from tests.publishing_town import QUESTIONS
from tests.town_house import TownHouse

Sit = Callable[..., AtDesk]


@pytest.fixture
def house(tmp_path: Path) -> TownHouse:
    made = TownHouse(tmp_path, shelf=LivedShelf)
    made.house.publishing.hit_testing.keep_set(FIRST_SET, "必测", QUESTIONS, True, "")
    return made


@pytest.fixture
async def sit(house: TownHouse) -> AsyncIterator[Sit]:
    app = make_app(house.house)
    clients: list[httpx.AsyncClient] = []

    def at(name: str, *roles: Role, **more: frozenset[str]) -> AtDesk:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://town.test")
        clients.append(client)
        return AtDesk(client).signed_in(house, name, *roles, **more)

    yield at
    for client in clients:
        await client.aclose()


@pytest.fixture
def anna(sit: Sit) -> AtDesk:
    return sit("anna", Role.CURATOR)


@pytest.fixture
def berta(sit: Sit) -> AtDesk:
    return sit("berta", Role.REVIEWER)

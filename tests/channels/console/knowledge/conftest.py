from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from server.app import make_app
from service_hall.publishing.question_sets import FIRST_SET
from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import AtDesk
from tests.publishing_town import QUESTIONS, TownShelf
from tests.town_house import TownHouse

At = Callable[..., AtDesk]


@pytest.fixture
def knowing(tmp_path: Path) -> TownHouse:
    """The town's house, whose knowledge may be changed."""
    made = TownHouse(tmp_path, shelf=TownShelf)
    made.house.publishing.hit_testing.keep_set(FIRST_SET, "必测", QUESTIONS, True, "")
    return made


@pytest.fixture
async def at(knowing: TownHouse) -> AsyncIterator[At]:
    """Whoever is named sits at a browser of her own."""
    app = make_app(knowing.house)
    async with AsyncExitStack() as open_ones:
        clients: list[httpx.AsyncClient] = []

        def sit(name: str, *roles: Role, **more: frozenset[str]) -> AtDesk:
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://town.test")
            clients.append(client)
            return AtDesk(client).signed_in(knowing, name, *roles, **more)

        yield sit
        for client in clients:
            open_ones.push_async_callback(client.aclose)


@pytest.fixture
def anna(at: At) -> AtDesk:
    return at("anna", Role.CURATOR)


@pytest.fixture
def berta(at: At) -> AtDesk:
    return at("berta", Role.REVIEWER)

"""The town whose halls take bookings, asked in memory at every door."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from channels.limits import RateLimits
from server.app import make_app
from tests.channels.callers import Clerk, Visitor
from tests.channels.remembered_fields import remember_fields
from tests.channels.web.conftest import Knock
from tests.channels.web.conftest import knock as knock
from tests.town_house import SharedHallShelf, TownHouse

remember_fields()


@pytest.fixture
def halls(tmp_path: Path) -> TownHouse:
    """On Monday 2026-06-01 at half past nine."""
    return TownHouse(tmp_path, shelf=SharedHallShelf)


class NoLimits(RateLimits):
    """All who are turned away are one address."""

    def _take(self, *_: object) -> int:
        return 0


@pytest.fixture(scope="session")
def closed_app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    town = TownHouse(tmp_path_factory.mktemp("closed"), shelf=SharedHallShelf)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.app.RateLimits", NoLimits)
        return make_app(town.house)


@pytest.fixture
async def closed_door(closed_app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """For those who are turned away: behind it nothing is ever changed, so all such tests may share it."""
    transport = httpx.ASGITransport(app=closed_app)
    async with httpx.AsyncClient(transport=transport, base_url="http://town.test") as client:
        yield client


@pytest.fixture
def turned_away(closed_door: httpx.AsyncClient) -> Visitor:
    return Visitor(closed_door)


@pytest.fixture
def door(halls: TownHouse, knock: Knock) -> httpx.AsyncClient:
    return knock(halls)


@pytest.fixture
def visitor(door: httpx.AsyncClient) -> Visitor:
    return Visitor(door)


@pytest.fixture
def other(door: httpx.AsyncClient) -> Visitor:
    return Visitor(door, 2)


@pytest.fixture
def clerk(halls: TownHouse, knock: Knock) -> Clerk:
    """At the town's hall, signed in already."""
    return Clerk(knock(halls)).signed_in(halls)

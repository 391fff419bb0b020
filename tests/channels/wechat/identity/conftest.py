"""The town with an official account, and WeChat's stand-in."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from channels.wechat.api import OpenId
from server.wechat import OnWeChat
from service_hall.shared.ids import VisitorId
from tests.channels.web.conftest import Knock
from tests.standins.wechat import StandIn
from tests.standins.wechat.account import settings_of
from tests.town_house import SharedHallShelf, TownHouse

LI = OpenId("openid-of-li")


@pytest.fixture
def halls(tmp_path: Path, wechat: StandIn) -> TownHouse:
    return TownHouse(tmp_path, shelf=SharedHallShelf, public_url="https://town.test", **settings_of(wechat.url))


@pytest.fixture
def door(halls: TownHouse, knock: Knock) -> httpx.AsyncClient:
    """Nothing runs beside it."""
    return knock(halls)


@pytest.fixture
def account(halls: TownHouse) -> OnWeChat:
    assert halls.house.wechat
    return halls.house.wechat


@pytest.fixture
def li(halls: TownHouse, account: OnWeChat) -> VisitorId:
    """Has written on WeChat before."""
    return account.people.visitor_of(LI, halls.clock())

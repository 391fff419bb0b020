"""Every life event is walked to its list over WeChat's own protocol, all of them at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from knowledge_base.language.asking import asks_for_all
from knowledge_base.library import Library
from knowledge_base.scenarios.model import Scenario
from tests.channels.wechat.conftest import OnWeChat
from tests.standins.wechat import StandIn
from tests.standins.wechat.account import settings_of
from tests.town_house import TownHouse
from tests.walked_ways import shelf_of, written_answers

LIST = "您的办事清单"


@pytest.fixture
def town(tmp_path: Path, wechat: StandIn, real_library: Library) -> TownHouse:
    return TownHouse(tmp_path, shelf=shelf_of(real_library), **settings_of(wechat.url))


async def test_each_ends_in_its_list(
    door: httpx.AsyncClient, wechat: StandIn, town: TownHouse, real_library: Library
) -> None:
    today = town.clock().date()

    async def walk(scenario: Scenario) -> tuple[str, bool]:
        citizen = OnWeChat(door, wechat, f"openid-{scenario.id}")
        # Who asks for all that is to be done is asked the first question at once; who tells is offered the list first.
        await _told(citizen, next(each.q for each in scenario.asked if not asks_for_all(each.q)))
        heard = await _told(citizen, "1")
        for question, written in written_answers(scenario, today):
            if question.ask not in heard:
                return f"{scenario.id}.{question.id}: {heard[:80]}", False
            heard = await _told(citizen, written)
        return scenario.id, LIST in heard and scenario.title in heard

    ends = await asyncio.gather(*map(walk, real_library.published.scenarios.values()))
    assert len(ends) == 36 and [name for name, is_list in ends if not is_list] == []


async def _told(citizen: OnWeChat, said: str) -> str:
    """What came back with the request, or was sent after it."""
    before = len(citizen.wechat.sent(citizen.openid))
    if answer := await citizen.say(said):
        return answer
    return "\n".join((await citizen.hear(before + 1))[before:])

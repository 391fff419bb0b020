"""Citizens on WeChat before the town's service, in memory, and the account's side of it on a real socket."""

from __future__ import annotations

import asyncio
import time
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import httpx
import pytest

from channels.switchboard.bursts import Bursts
from channels.wechat import desk
from server import wechat as on_wechat
from server import wechat_doors
from server.app import make_app
from tests.standins.wechat import StandIn, posting
from tests.standins.wechat.account import settings_of
from tests.standins.wechat.posting import Post
from tests.town_house import SharedHallShelf, TownHouse


@pytest.fixture
def town(tmp_path: Path, wechat: StandIn) -> TownHouse:
    return TownHouse(tmp_path, shelf=SharedHallShelf, **settings_of(wechat.url))


@pytest.fixture
async def door(town: TownHouse) -> AsyncIterator[httpx.AsyncClient]:
    """Where fragments wait for each other less than elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wechat_doors, "Bursts", partial(Bursts, quiet_seconds=0.1))
        app = make_app(town.house)
    transport = httpx.ASGITransport(app=app)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "CLOSING_SECONDS", 0.1)
        patch.setattr(on_wechat, "ENDING_SECONDS", 0.1)
        http = httpx.AsyncClient(transport=transport, base_url="http://town.test")
        async with app.router.lifespan_context(app), http:
            yield http


class OnWeChat:
    """A citizen. WeChat numbers what she sends."""

    def __init__(self, door: httpx.AsyncClient, wechat: StandIn, openid: str = "openid-of-li") -> None:
        self.door, self.wechat, self.openid = door, wechat, openid
        self._numbers = iter(range(24_000_000_000_000_001, 24_000_000_000_001_000))
        self.how: Callable[[str, int], Post] = posting.plain

    async def post(self, xml: str) -> httpx.Response:
        post = self.how(xml, int(time.time()))
        return await self.door.post("/wechat", params=post.query, content=post.body, headers=post.headers)

    def text(self, said: str, **more: str | int | float) -> str:
        """As XML, to be posted once or again."""
        return posting.text(self.openid, said, next(self._numbers), int(time.time()), **more)

    async def say(self, said: str, **more: str | int | float) -> str:
        """What comes back with the request; empty: nothing did."""
        return answer_in(await self.post(self.text(said, **more)))

    async def event(self, name: str, key: str | None = None, **more: str | int | float) -> str:
        return answer_in(await self.post(posting.event(self.openid, name, int(time.time()), key, **more)))

    async def hear(self, count: int = 1) -> list[str]:
        """The texts that were sent to her, once there are so many; of a menu its head and its labels."""
        await asyncio.to_thread(self.wechat.wait_for, "/cgi-bin/message/custom/send", count, self.openid)
        return [_words(body) for body in self.wechat.sent(self.openid)]


def answer_in(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text
    if response.headers["content-type"].startswith("text/plain"):
        assert response.text == "success"
        return ""
    assert response.headers["content-type"] == "text/xml; charset=utf-8"
    root = ET.fromstring(response.text)
    assert root.tag == "xml" and root.findtext("MsgType") == "text"
    content = root.findtext("Content") or ""
    assert 0 < len(content.encode()) <= 2048
    return content


def _words(body: dict[str, object]) -> str:
    match body:
        case {"msgtype": "text", "text": {"content": str(text)}}:
            return text
        case {"msgtype": "msgmenu", "msgmenu": {"head_content": str(head), "list": list(options)}}:
            return "\n".join((head, *(f"{option['id']} {option['content']}" for option in options)))
        case {"msgtype": "news", "news": {"articles": [{"title": str(title), "url": str(url)}]}}:
            return f"{title} {url}"
    return str(body["msgtype"])


@pytest.fixture
def li(door: httpx.AsyncClient, wechat: StandIn) -> OnWeChat:
    return OnWeChat(door, wechat)


@pytest.fixture
def wang(door: httpx.AsyncClient, wechat: StandIn) -> OnWeChat:
    return OnWeChat(door, wechat, "openid-of-wang")

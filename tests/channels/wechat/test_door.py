"""At the door itself: who is let in, and what goes back."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET
from pathlib import Path

import httpx
import pytest

from server.app import make_app
from tests.channels.web.conftest import refused
from tests.channels.wechat.conftest import OnWeChat, answer_in
from tests.standins.wechat import APP_ID, OTHER_AES_KEY, StandIn, posting
from tests.standins.wechat.account import settings_of
from tests.town_house import TownHouse

LOST = "借书证丢了怎么补办"


def now() -> int:
    return int(time.time())


async def test_the_address_is_verified(door: httpx.AsyncClient) -> None:
    query = posting.plain("", now()).query | {"echostr": "<b>7301</b>"}
    response = await door.get("/wechat", params=query)
    assert (response.status_code, response.text) == (200, "<b>7301</b>")
    assert response.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "changed", [{"signature": "0" * 40}, {"signature": ""}, {"nonce": "other"}, {"timestamp": "1"}]
)
async def test_nobody_else_gets_through(door: httpx.AsyncClient, li: OnWeChat, changed: dict[str, str]) -> None:
    query = posting.plain("", now()).query | {"echostr": "7301"} | changed
    refused(await door.get("/wechat", params=query), 403, "not_from_wechat")
    refused(await door.post("/wechat", params=query, content=li.text(LOST).encode()), 403, "not_from_wechat")
    refused(await door.get("/wechat"), 403, "not_from_wechat")


async def test_without_an_account_the_door_is_closed(tmp_path: Path) -> None:
    transport = httpx.ASGITransport(app=make_app(TownHouse(tmp_path).house))
    async with httpx.AsyncClient(transport=transport, base_url="http://town.test") as closed:
        query = posting.plain("", now()).query
        assert (await closed.get("/wechat", params=query)).status_code == 404
        assert (await closed.post("/wechat", params=query, content=b"<xml/>")).status_code == 404


@pytest.mark.parametrize("how", ["plain", "safe", "compatible"])
async def test_each_mode_is_answered_as_it_came(li: OnWeChat, how: str) -> None:
    post = posting.plain if how == "plain" else posting.safe
    sent = post(li.text(LOST), now()) if how != "compatible" else posting.safe(li.text(LOST), now(), compatible=True)
    response = await li.door.post("/wechat", params=sent.query, content=sent.body)
    assert response.status_code == 200
    if how != "plain":
        sealed = ET.fromstring(response.text).findtext("Encrypt") or ""
        xml, app_id = posting.decrypt(sealed)
        assert app_id == APP_ID
    else:
        xml = response.text
    root = ET.fromstring(xml)
    assert "补办借书证" in (root.findtext("Content") or "")
    assert (root.findtext("ToUserName"), root.findtext("FromUserName")) == (li.openid, posting.ACCOUNT)


async def test_in_safe_mode_nothing_plain_is_taken(tmp_path: Path, wechat: StandIn) -> None:
    app = make_app(TownHouse(tmp_path, wechat_safe_mode=True, **settings_of(wechat.url)).house)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://town.test") as http:
        li = OnWeChat(http, wechat)
        overheard = posting.safe(li.text(LOST), now(), compatible=True)
        bare = {name: overheard.query[name] for name in ("signature", "timestamp", "nonce")}
        for query, body in ((bare, overheard.body), (bare, li.text(LOST).encode())):
            refused(await http.post("/wechat", params=query, content=body), 403, "not_from_wechat")
        assert (await http.get("/wechat", params=bare | {"echostr": "1"})).text == "1"
        assert "<Encrypt>" in (await http.post("/wechat", params=overheard.query, content=overheard.body)).text


async def test_a_foreign_account_or_key_is_turned_away(li: OnWeChat) -> None:
    for sent, status in (
        (posting.safe(li.text(LOST), now(), app_id="wxother"), 403),
        (posting.safe(li.text(LOST), now(), key=OTHER_AES_KEY), 400),
        (posting.safe(li.text(LOST), now(), token="another"), 403),
        (posting.safe(li.text(LOST), now() - 3600), 403),
    ):
        refused(await li.door.post("/wechat", params=sent.query, content=sent.body), status)


@pytest.mark.parametrize(
    "body", [b"", b"x", b"<xml></xml>", b"<!DOCTYPE a><xml><MsgType>text</MsgType></xml>", b"\xff"]
)
async def test_what_is_malformed_is_a_400(door: httpx.AsyncClient, body: bytes) -> None:
    sent = posting.plain("", now())
    refused(await door.post("/wechat", params=sent.query, content=body), 400, "bad_request")


async def test_64_kilobytes_are_taken_and_no_more(li: OnWeChat) -> None:
    assert "1000" in await li.say("长" * 20_000)
    sent = posting.plain(li.text("x" * 70_000), now())
    refused(await li.door.post("/wechat", params=sent.query, content=sent.body), 413, "too_large")


async def test_neither_secret_nor_words_reach_the_log(
    li: OnWeChat, town: TownHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    await li.say("我的电话是13812345678，借书证丢了怎么补办")
    settings = town.house.settings
    for private in (
        settings.wechat_secret,
        settings.wechat_token,
        settings.wechat_aes_key,
        "借书证",
        "13812345678",
        li.openid,
    ):
        assert private not in caplog.text


async def test_many_citizens_behind_wechats_addresses_are_not_counted_as_one(tmp_path: Path, wechat: StandIn) -> None:
    app = make_app(TownHouse(tmp_path, rate_per_visitor=2, rate_per_address=1, **settings_of(wechat.url)).house)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://town.test") as http:
        for citizen in (OnWeChat(http, wechat), OnWeChat(http, wechat, "openid-of-wang")):
            answers = [await citizen.say(LOST) for _ in range(3)]
            assert ["补办借书证" in answer for answer in answers] == [True, True, False]
            assert "秒再试" in answers[-1]


async def test_it_is_answered_on_a_kept_connection_again_and_again(li: OnWeChat) -> None:
    for _ in range(3):
        assert answer_in(await li.post(li.text(LOST)))

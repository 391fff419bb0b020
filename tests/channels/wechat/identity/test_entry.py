"""Pages opened from WeChat, by OAuth2."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from channels.own_page import COOKIE, PAGE_HEADER
from channels.wechat.identity.entry import entry_url
from service_hall.shared.ids import VisitorId
from tests.channels.callers import Visitor
from tests.channels.wechat.identity.conftest import LI
from tests.standins.wechat import APP_ID, Fault, StandIn
from tests.standins.wechat.server import OAUTH

IN_WECHAT = {"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0.50"}


@pytest.fixture
def phone(door: httpx.AsyncClient) -> httpx.AsyncClient:
    door.base_url = httpx.URL("https://town.test")
    door.headers.update(IN_WECHAT)
    return door


async def opens(phone: httpx.AsyncClient, to: str = "/") -> str:
    """The state with which WeChat sends the browser back."""
    sent = await phone.get("/wechat/enter", params={"to": to})
    assert sent.status_code == 302
    asked = urlsplit(sent.headers["location"])
    assert (asked.hostname, asked.fragment) == ("open.weixin.qq.com", "wechat_redirect")
    query = {name: values[0] for name, values in parse_qs(asked.query).items()}
    assert list(parse_qs(asked.query)) == ["appid", "redirect_uri", "response_type", "scope", "state"]
    assert query["appid"] == APP_ID and query["redirect_uri"] == "https://town.test/wechat/enter/back"
    assert query["scope"] == "snsapi_base" and query["state"].isalnum() and len(query["state"]) <= 128
    return query["state"]


async def back(phone: httpx.AsyncClient, code: str, state: str) -> httpx.Response:
    return await phone.get("/wechat/enter/back", params={"code": code, "state": state})


class TestWhoOpensAPage:
    async def test_is_known_on_it_as_on_wechat(self, phone: httpx.AsyncClient, wechat: StandIn, li: VisitorId) -> None:
        booked = await Visitor(phone, 2, li).booked()
        wechat.answers.person("code-1", LI)
        came = await back(phone, "code-1", await opens(phone, "/?panel=visits"))
        assert (came.status_code, came.headers["location"]) == (302, "/?panel=visits")
        assert phone.cookies.get(COOKIE)
        own = await phone.get("/api/appointments", headers={PAGE_HEADER: "1"})
        assert [each["code"] for each in own.json()["appointments"]] == [booked]

    async def test_a_snapshot_is_nobody_and_cannot_book(self, phone: httpx.AsyncClient, wechat: StandIn) -> None:
        wechat.answers.person("code-1", "made-up", is_snapshot=True)
        came = await back(phone, "code-1", await opens(phone))
        assert came.status_code == 200 and "使用完整服务" in came.text
        assert phone.cookies.get(COOKIE) is None
        body = Visitor(phone).request_body()
        tried = await phone.post(
            "/api/appointments", json=body, headers={PAGE_HEADER: "1", "Idempotency-Key": "key-of-a-snapshot"}
        )
        assert tried.status_code == 401

    async def test_a_card_that_was_passed_on_opens_elsewhere_without_wechat(self, door: httpx.AsyncClient) -> None:
        came = await door.get("/wechat/enter", params={"to": "/?panel=visits"})
        assert (came.status_code, came.headers["location"]) == (302, "/?panel=visits")

    async def test_two_pages_at_once_do_not_take_each_others_state(
        self, phone: httpx.AsyncClient, wechat: StandIn
    ) -> None:
        first, second = await opens(phone, "/one"), await opens(phone, "/two")
        for state, code, place in ((first, "code-1", "/one"), (second, "code-2", "/two")):
            wechat.answers.person(code, LI)
            assert (await back(phone, code, state)).headers["location"] == place


class TestNobodyIsSentAstray:
    @pytest.mark.parametrize(
        "to",
        ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:1", "", "/wechat/enter", "/\r\nX: 1", "/路"],
    )
    async def test_to_a_place_that_is_not_ours(self, phone: httpx.AsyncClient, wechat: StandIn, to: str) -> None:
        wechat.answers.person("code-1", LI)
        assert (await back(phone, "code-1", await opens(phone, to))).headers["location"] == "/"

    async def test_with_a_code_of_somebody_else(self, phone: httpx.AsyncClient, wechat: StandIn) -> None:
        """The state is bound to the browser that began."""
        wechat.answers.person("code-of-an-attacker", "openid-of-an-attacker")
        state = await opens(phone)
        phone.cookies.clear()
        came = await back(phone, "code-of-an-attacker", state)
        assert came.status_code == 403 and wechat.of(OAUTH) == [] and phone.cookies.get(COOKIE) is None

    @pytest.mark.parametrize("state", ["", "x", "x" * 200, "中文", "../../x"])
    async def test_with_a_state_that_is_none(self, phone: httpx.AsyncClient, wechat: StandIn, state: str) -> None:
        await opens(phone)
        assert (await back(phone, "code-1", state)).status_code == 403 and wechat.of(OAUTH) == []

    async def test_a_second_time(self, phone: httpx.AsyncClient, wechat: StandIn) -> None:
        wechat.answers.person("code-1", LI)
        state = await opens(phone)
        await back(phone, "code-1", state)
        assert (await back(phone, "code-1", state)).status_code == 403

    async def test_without_a_code(self, phone: httpx.AsyncClient) -> None:
        assert (await back(phone, "", await opens(phone))).status_code == 403


class TestWhatGoesWrong:
    async def test_a_code_that_is_used_is_told_as_such(self, phone: httpx.AsyncClient) -> None:
        came = await back(phone, "code-of-nobody", await opens(phone))
        assert came.status_code == 403 and "再点一次" in came.text

    async def test_wechat_that_does_not_answer(self, phone: httpx.AsyncClient, wechat: StandIn) -> None:
        wechat.order(OAUTH, Fault("http_502"))
        came = await back(phone, "code-1", await opens(phone))
        assert came.status_code == 503 and "请稍后再试" in came.text
        assert "code-1" not in came.text


def test_a_link_for_wechat_keeps_its_place() -> None:
    assert entry_url("https://town.test/", "/?panel=visits") == "https://town.test/wechat/enter?to=/%3Fpanel%3Dvisits"

"""Who asks from a frame of another site: a cookie for that site and that widget alone, or a token in memory."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from channels.own_page import COOKIE, PAGE_HEADER
from tests.channels.web.conftest import visitor_of
from tests.town_house import TownHouse

MESSAGES = "/api/chat/messages"
KEPT = "wenban_widget_1"
ONE, OTHER = {PAGE_HEADER: "widget-1"}, {PAGE_HEADER: "widget-zone"}


@pytest.fixture
def door(door: httpx.AsyncClient) -> httpx.AsyncClient:
    """What is Secure goes back over https alone."""
    door.base_url = httpx.URL("https://town.test")
    return door


async def say(door: httpx.AsyncClient, headers: dict[str, str], text: str = "你好") -> str:
    response = await door.post(MESSAGES, json={"text": text}, headers=headers)
    assert response.status_code == 200
    return visitor_of(response.json()["visitor_token"])


async def test_its_cookie_is_for_this_site_alone_and_no_script_reads_it(door: httpx.AsyncClient) -> None:
    cookie = (await door.post(MESSAGES, json={"text": "你好"}, headers=ONE)).headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    assert name == KEPT
    assert {"HttpOnly", "SameSite=none", "Secure", "Partitioned", "Path=/"} <= set(rest.split("; "))


async def test_it_goes_on_and_two_widgets_of_a_page_are_two_visitors(door: httpx.AsyncClient) -> None:
    one, other, page = await say(door, ONE), await say(door, OTHER), await say(door, {PAGE_HEADER: "1"})
    assert len({one, other, page}) == 3
    assert [await say(door, ONE), await say(door, OTHER), await say(door, {PAGE_HEADER: "1"})] == [one, other, page]


async def test_it_counts_for_nothing_without_the_header_that_no_other_site_can_set(door: httpx.AsyncClient) -> None:
    one = await say(door, ONE)
    assert KEPT in door.cookies
    assert await say(door, {}) != one
    for named in ("widget", "widget-", "widget-1;", "widget-ONE", "widget-" + "a" * 17, "1, widget-1"):
        assert (await door.get(MESSAGES, headers={PAGE_HEADER: named})).status_code == 401


async def test_another_site_is_not_allowed_to_set_it(door: httpx.AsyncClient) -> None:
    asked = {
        "Origin": "https://evil.test",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": PAGE_HEADER,
    }
    response = await door.options(MESSAGES, headers=asked)
    assert response.status_code == 405
    assert not [name for name in response.headers if name.startswith("access-control")]


async def test_where_the_browser_refuses_the_cookie_the_token_does(door: httpx.AsyncClient) -> None:
    token = (await door.post(MESSAGES, json={"text": "你好"}, headers=ONE)).json()["visitor_token"]
    door.cookies.clear()
    assert (await door.get(MESSAGES, headers=ONE)).status_code == 401
    assert (await door.get(MESSAGES, headers=ONE | {"Authorization": f"Bearer {token}"})).status_code == 200


async def test_whoever_leaves_takes_its_cookie_along_and_no_other(door: httpx.AsyncClient) -> None:
    page = await say(door, {PAGE_HEADER: "1"})
    await say(door, ONE)
    response = await door.delete("/api/visitor", headers=ONE)
    assert response.status_code == 200 and "Partitioned" in response.headers["set-cookie"]
    assert KEPT not in door.cookies and COOKIE in door.cookies
    assert await say(door, {PAGE_HEADER: "1"}) == page


async def test_it_is_renewed_at_whatever_door(door: httpx.AsyncClient, halls: TownHouse) -> None:
    await say(door, ONE)
    halls.clock.at += timedelta(days=2)
    response = await door.get("/api/appointments", headers=ONE)
    assert response.status_code == 200
    [cookie] = response.headers.get_list("set-cookie")
    assert cookie.startswith(f"{KEPT}=") and cookie.endswith("; Partitioned")

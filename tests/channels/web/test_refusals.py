"""Whatever is refused, wherever: a code for programs and one Chinese sentence for people."""

from __future__ import annotations

import httpx
import pytest

from tests.channels.web.conftest import Knock, refused
from tests.town_house import TownHouse


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api", 404),
        ("GET", "/api/chat", 404),
        ("POST", "/api/chat/nothing", 404),
        ("GET", "/static/nothing.js", 404),
        ("GET", "/static/%2e%2e/routes.py", 404),
        ("GET", "/wp-login.php", 404),
        ("PUT", "/api/chat/messages", 405),
        ("PATCH", "/api/chat/messages", 405),
        ("PUT", "/", 405),
        ("POST", "/healthz", 405),
        ("POST", "/api/knowledge/search", 405),
        ("PATCH", "/metrics", 405),
        ("GET", "/api/chat/stream", 401),
    ],
)
async def test_every_refusal_has_the_same_form(http: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    refused(await http.request(method, path), status)


async def test_a_method_that_is_not_allowed_names_those_that_are(http: httpx.AsyncClient) -> None:
    assert (await http.patch("/api/chat/messages")).headers["allow"] == "DELETE, GET, HEAD, POST"
    assert (await http.patch("/api/appointments/ABCDE23456")).headers["allow"] == "DELETE, GET, HEAD"
    assert (await http.put("/static/icon.svg")).headers["allow"] == "GET, HEAD"


async def test_a_fault_of_ours_tells_nothing_of_the_inside(
    town_house: TownHouse, knock: Knock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(town_house.house.switchboard, "receive", fail)
    response = await knock(town_house, raises=False).post("/api/chat/messages", json={"text": "你好"})
    refused(response, 500, "internal_error")
    assert "secret" not in response.text


async def test_a_reason_in_chinese_says_so_on_an_english_page(http: httpx.AsyncClient) -> None:
    for lang, said in (
        ("en", '<p class="lead" lang="zh-CN">没有这份办事指南'),
        ("zh-Hans", '<p class="lead">没有这份办事指南'),
    ):
        page = await http.get("/guides/none", params={"lang": lang}, headers={"Accept": "text/html"})
        assert page.status_code == 404 and said in page.text


async def test_who_reads_traditional_characters_is_refused_in_them(http: httpx.AsyncClient) -> None:
    response = await http.post("/api/chat/messages", json={"text": " "}, headers={"Cookie": "wenban_lang=zh-Hant"})
    refused(response, 422, "empty_message")
    assert response.json()["message"] == "您還沒有寫內容，請用一句話說說要辦的事。"

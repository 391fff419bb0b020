"""Whatever goes wrong at the console is a page in Chinese with a way back, never a program's answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from channels.bodies import MOST_FORM_BYTES
from channels.limits import FEWEST_AT_THE_CONSOLE
from server.storage.audit_store import AuditStore
from service_hall.shared.errors import OutOfReach
from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import BROWSER, AtDesk
from tests.channels.web.conftest import Knock
from tests.town_house import TownHouse


@pytest.fixture
def admin(halls: TownHouse, knock: Knock) -> AtDesk:
    return AtDesk(knock(halls, raises=False)).signed_in(halls, "王主任", Role.ADMINISTRATOR)


def shown(response: httpx.Response, status: int, said: str) -> str:
    """A whole page in Chinese that leads back."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-store" and "Content-Security-Policy" in response.headers
    assert said in response.text and '<a href="/console">回到工作台首页</a>' in response.text
    [main] = re.findall(r"<main.*</main>", response.text, re.DOTALL)
    assert not re.search(r"[A-Za-z]{3,}", re.sub(r"<[^>]*>", "", main)), main
    return response.text


@pytest.mark.parametrize("path", ["/console/no/such/page", "/console/knowledge/guides/no-such-guide", "/console/"])
async def test_what_there_is_not(admin: AtDesk, path: str) -> None:
    page = shown(await admin.http.get(path), 404, "没有")
    assert "王主任" in page  # with her menu


async def test_what_cannot_be_asked_for_in_that_way(admin: AtDesk) -> None:
    shown(await admin.http.post("/console/audit"), 405, "这个地址不能这样打开")
    shown(await admin.http.get("/console/sign-out"), 405, "这个地址不能这样打开")


async def test_who_is_in_haste(tmp_path: Path, knock: Knock) -> None:
    http = knock(TownHouse(tmp_path, rate_per_address=1))
    for _ in range(FEWEST_AT_THE_CONSOLE):
        await http.get("/console/sign-in")
    response = await http.get("/console/sign-in")
    shown(response, 429, "打开页面太快了，请过")
    assert int(response.headers["retry-after"]) > 0


async def test_what_is_too_large(admin: AtDesk) -> None:
    told = {"note": "字" * (MOST_FORM_BYTES // 3 + 1)}
    response = await admin.http.post(
        "/console/staff/new", data=told, headers={"Referer": "http://town.test/console/staff/new"}
    )
    page = shown(response, 413, "太大了")
    assert "一千字" not in page and '<a href="/console/staff/new" data-back>' in page


@pytest.mark.parametrize(("fault", "status", "said"), [
    (lambda: RuntimeError("secret details"), 500, "刚才的操作可能没有做成"),
    (lambda: OutOfReach("a database"), 503, "请过一分钟再试"),
])  # fmt: skip
async def test_what_breaks_within(
    admin: AtDesk, monkeypatch: pytest.MonkeyPatch, fault: Callable[[], Exception], status: int, said: str
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise fault()

    monkeypatch.setattr(AuditStore, "lines", broken)
    page = shown(await admin.http.get("/console/audit"), status, said)
    assert "secret details" not in page and "a database" not in page


async def test_the_way_back_leads_to_no_other_site(admin: AtDesk) -> None:
    for referer in (
        "http://elsewhere.test/console/staff",
        "http://town.test/elsewhere",
        "http://town.test/console/..//a",
    ):
        response = await admin.http.post("/console/audit", headers=BROWSER | {"Referer": referer})
        assert "data-back" not in response.text


async def test_programs_are_told_as_ever(admin: AtDesk) -> None:
    response = await admin.http.put("/api/counter/me")
    assert response.status_code == 405 and response.json()["error"] == "method_not_allowed"

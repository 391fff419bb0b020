"""No page of the console is forgotten: anonymous is sent to sign in at every address, whoever has no role gets nowhere,
and no form counts without its token."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from channels.console.staff import COOKIE, signer_for
from service_hall.staff.roles import Role
from tests.channels.callers import OWN_PAGE
from tests.channels.console.shell.desk import BROWSER, AtDesk
from tests.channels.web.conftest import Knock
from tests.town_house import SECRET, TownHouse

FEWEST = 40


def routes_of(app: FastAPI) -> list[tuple[str, str]]:
    """Each method and address of the console, ids filled in."""
    return [
        (method, re.sub(r"\{[^}]*\}", "1", route.path))
        for route in flat(app.routes)
        if route.path.startswith("/console")
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]


def flat(routes: list[BaseRoute]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif router := getattr(route, "original_router", None):  # as FastAPI keeps what was included
            yield from flat(router.routes)


@pytest.fixture(scope="session")
def addresses(closed_app: FastAPI) -> list[tuple[str, str]]:
    found = routes_of(closed_app)
    assert len(found) >= FEWEST
    return found


async def test_anonymous_is_asked_to_sign_in_everywhere(
    closed_door: httpx.AsyncClient, addresses: list[tuple[str, str]]
) -> None:
    for method, path in addresses:
        if path == "/console/sign-in":
            continue
        for cookie in ({}, {"Cookie": f"{COOKIE}=admin.forged.c2ln"}):
            response = await closed_door.request(method, path, headers=BROWSER | cookie)
            asked = (303, "/console/sign-in") if method == "GET" else (401, "")
            to = response.headers.get("location", "").partition("?")[0]
            assert (response.status_code, to) == asked, (method, path)


async def test_whoever_has_no_role_gets_nowhere(
    halls: TownHouse, knock: Knock, addresses: list[tuple[str, str]]
) -> None:
    desk = AtDesk(knock(halls)).signed_in(halls, "没有角色")
    mark = halls.house.accounts.session_mark("没有角色")
    token = signer_for(SECRET, "wenban.console.form").dumps(["没有角色", mark])
    for method, path in addresses:
        if path != "/console/sign-in":
            data = None if method == "GET" else {"csrf": token}
            response = await desk.http.request(method, path, data=data)
            assert response.status_code == 403 and "没有这项权限" in response.text, (method, path)


async def test_no_form_counts_without_its_token_whoever_sends_it(
    halls: TownHouse, knock: Knock, addresses: list[tuple[str, str]]
) -> None:
    desk = AtDesk(knock(halls)).signed_in(halls, "王主任", *Role)
    for method, path in addresses:
        if method != "GET" and path != "/console/sign-in":
            response = await desk.http.request(method, path, data={"a": "b"}, headers=OWN_PAGE)
            assert response.status_code == 403, (method, path, response.status_code)

"""Role × action at every door of staff, anonymous included. `doors.txt` is the table: a new route that it does not name
fails here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from channels.console.staff import signer_for
from service_hall.staff.roles import WHO_MAY, Action, Role
from tests.channels.callers import OWN_PAGE
from tests.channels.console.shell.desk import BROWSER, AtDesk
from tests.channels.console.shell.test_every_route import flat
from tests.channels.web.conftest import Knock
from tests.town_house import SECRET, TownHouse

OF_STAFF = ("/console", "/api/console", "/api/counter")
ANYBODY, SIGNED_IN = "anybody", "signed_in"
TABLE = Path(__file__).with_name("doors.txt").read_text("utf-8")
DOORS = [tuple(line.split()) for line in TABLE.splitlines() if line and not line.startswith("#")]
ENDS_THE_SESSION = ("/console/sign-out", "/api/counter/logout")


def in_the_app(app: FastAPI) -> Iterator[tuple[str, str]]:
    for route in flat(app.routes):
        if route.path.startswith(OF_STAFF):
            yield from ((method, route.path) for method in (route.methods or set()) - {"HEAD"})


def may_go_in(role: Role | None, needed: str) -> bool:
    if role is None:
        return needed == ANYBODY
    return needed in (ANYBODY, SIGNED_IN) or role in WHO_MAY[Action(needed)]


async def knocked(http: httpx.AsyncClient, method: str, path: str, token: str) -> httpx.Response:
    """With all that a page of ours sends along."""
    address = re.sub(r"\{[^}]*\}", "1", path)
    if path.startswith("/api/"):
        json: dict[str, str] | None = None if method == "GET" else {}
        return await http.request(method, address, headers=BROWSER | OWN_PAGE, json=json)
    return await http.request(method, address, headers=BROWSER, data=None if method == "GET" else {"csrf": token})


def test_every_door_of_staff_stands_in_the_table(closed_app: FastAPI) -> None:
    assert sorted(in_the_app(closed_app)) == sorted((method, path) for method, path, _ in DOORS)
    assert {needed for *_, needed in DOORS} <= {ANYBODY, SIGNED_IN, *Action}
    assert sorted(path for _, path, needed in DOORS if needed == ANYBODY) == [
        "/api/counter/login", "/console/sign-in", "/console/sign-in",
    ]  # fmt: skip


@pytest.mark.parametrize("role", Role)
async def test_each_role_goes_in_where_the_table_lets_it_and_nowhere_else(
    halls: TownHouse, knock: Knock, role: Role
) -> None:
    desk = AtDesk(knock(halls, raises=False)).signed_in(halls, "李静", role)
    token = str(signer_for(SECRET, "wenban.console.form").dumps(["李静", halls.house.accounts.session_mark("李静")]))
    for method, path, needed in sorted(DOORS, key=lambda door: door[1] in ENDS_THE_SESSION):
        if path == ENDS_THE_SESSION[0]:
            continue  # the other one is the same, and ends the session as well
        response = await knocked(desk.http, method, path, token)
        is_refused = response.status_code == 403 and "没有这项权限" in response.text
        assert is_refused is not may_go_in(role, needed), (role, method, path, response.status_code)
        assert needed == ANYBODY or response.status_code != 401, (role, method, path)
        assert response.status_code < 500, (role, method, path, response.text)


async def test_anonymous_goes_in_nowhere_but_at_the_sign_in(closed_door: httpx.AsyncClient) -> None:
    for method, path, needed in DOORS:
        response = await knocked(closed_door, method, path, "")
        is_sent_away = response.status_code == 401 or response.headers.get("location", "").startswith(
            "/console/sign-in"
        )
        if not may_go_in(None, needed):
            assert is_sent_away, (method, path, response.status_code)

"""A member of staff at the pages of the console: a browser's cookies, headers, and forms as they stand on the page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import httpx
from fastapi import Response

from channels.console.staff import COOKIE, StaffDesk
from server.storage.staff_store import StaffStore
from service_hall.staff.accounts import Duties
from service_hall.staff.roles import Role
from tests.town_house import SECRET, TownHouse

BROWSER = {"Sec-Fetch-Site": "same-origin"}


class AtDesk:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        http.headers.update(BROWSER)

    def signed_in(
        self,
        town: TownHouse,
        name: str,
        *roles: Role,
        regions: frozenset[str] = frozenset(),
        departments: frozenset[str] = frozenset(),
    ) -> AtDesk:
        """Without a password, which would take its time."""
        accounts, response = town.house.accounts, Response()
        StaffStore(town.house.engine).add(
            name, "no password's hash", town.clock(), Duties(frozenset(roles), regions, departments)
        )
        StaffDesk(SECRET, accounts).sign_in(response, name, accounts.session_mark(name) or "")
        [kept] = re.findall(rf"{COOKIE}=\"?([^;\"]+)", response.headers["set-cookie"])
        self.http.cookies.set(COOKIE, kept, domain=self.http.base_url.host, path="/")
        return self

    async def look(self, path: str, status: int = 200) -> str:
        response = await self.http.get(path)
        assert response.status_code == status, (response.status_code, response.headers.get("location"), response.text)
        return response.text

    async def csrf(self, path: str) -> str:
        [token, *_] = re.findall(r'name="csrf" value="([^"]+)"', await self.look(path))
        return unescape(str(token))

    async def send(self, path: str, data: dict[str, Any] | None = None, page: str = "") -> httpx.Response:
        """The form that stands on `page`, or on the page of the same address."""
        return await self.http.post(path, data={"csrf": await self.csrf(page or path), **(data or {})})

    async def did(self, path: str, data: dict[str, Any] | None = None, page: str = "") -> str:
        """The page that came next."""
        response = await self.send(path, data, page)
        assert response.status_code == 303, response.text
        return await self.look(response.headers["location"])


def way(response: httpx.Response) -> str:
    """Where it sends on to."""
    assert response.status_code == 303, response.text
    parts = urlsplit(response.headers["location"])
    return parts.path + (f"?{parts.query}" if parts.query else "")

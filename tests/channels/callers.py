"""Who calls at the doors of the hall: a visitor with a token, a clerk with a session, and the days they speak of."""

from __future__ import annotations

from datetime import date, timedelta
from http.cookies import Morsel, SimpleCookie
from typing import Any

import httpx
from fastapi import Response

from channels.console.staff import COOKIE as STAFF_COOKIE
from channels.console.staff import StaffDesk
from channels.own_page import PAGE_HEADER
from channels.visitors import VisitorDesk
from server.staff import ADMIN, RULES_ALL
from server.storage.staff_store import StaffStore
from service_hall.shared.ids import VisitorId
from tests.fakes import TOWN_HALL
from tests.town_house import SECRET, TownHouse
from tests.visit_town import CARD, MONDAY, moment, somebody

APPOINTMENTS = "/api/appointments"
TUESDAY = MONDAY + timedelta(days=1)
OWN_PAGE = {PAGE_HEADER: "1"}


def written(day: date, clock: str) -> str:
    return f"{day.isoformat()}T{clock}:00+08:00"


class Visitor:
    """Another program, with the token of visitor `number`; books for the person of that number."""

    def __init__(self, http: httpx.AsyncClient, number: int = 1, visitor_id: VisitorId | None = None) -> None:
        """`visitor_id`: of somebody who is known already."""
        self.http, self.number = http, number
        self.visitor_id = visitor_id or VisitorId(f"v_{number:03d}")
        self.headers = {"Authorization": f"Bearer {VisitorDesk(SECRET).token_for(self.visitor_id)}"}

    def request_body(self, **changed: Any) -> dict[str, Any]:
        """What it would book: a library card at the town's hall, on Tuesday at nine."""
        person = somebody(self.number)
        return {
            "guide_id": CARD,
            "office_id": TOWN_HALL,
            "starts_at": written(TUESDAY, "09:00"),
            "name": person.name,
            "phone": person.phone,
            **changed,
        }

    async def ask(self, method: str, rest: str = "", **more: Any) -> httpx.Response:
        headers = self.headers | more.pop("headers", {})
        return await self.http.request(method, f"{APPOINTMENTS}{rest}", headers=headers, **more)

    async def book(self, key: str = "key", **changed: Any) -> httpx.Response:
        return await self.ask("POST", json=self.request_body(**changed), headers={"Idempotency-Key": key})

    async def booked(self, key: str = "key", **changed: Any) -> str:
        """The code."""
        response = await self.book(key, **changed)
        assert response.status_code == 201, response.text
        code: str = response.json()["code"]
        return code

    async def shown(self, code: str) -> dict[str, Any]:
        response = await self.ask("GET", f"/{code}")
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        return body


class Clerk:
    """The staff's own page, signed in."""

    def __init__(self, http: httpx.AsyncClient, office_id: str = TOWN_HALL) -> None:
        self.http, self.office_id = http, office_id

    def signed_in(self, town: TownHouse) -> Clerk:
        kept = staff_cookie(town)
        self.http.cookies.set(STAFF_COOKIE, kept.value, domain=self.http.base_url.host, path=kept["path"])
        return self

    async def ask(self, method: str, rest: str, **more: Any) -> httpx.Response:
        headers = OWN_PAGE | more.pop("headers", {})
        return await self.http.request(method, f"/api/counter{rest}", headers=headers, **more)

    async def here(self, method: str, rest: str, **more: Any) -> httpx.Response:
        """At the clerk's own office."""
        return await self.ask(method, f"/{self.office_id}{rest}", **more)

    async def did(self, method: str, rest: str, **more: Any) -> Any:
        response = await self.here(method, rest, **more)
        assert response.is_success, response.text
        return response.json()

    async def walk_in(self, guide_id: str = CARD) -> dict[str, Any]:
        """The ticket."""
        ticket: dict[str, Any] = (await self.did("POST", "/tickets", json={"guide_id": guide_id}))["ticket"]
        return ticket


def staff_cookie(town: TownHouse, secret: str = SECRET) -> Morsel[str]:
    """Of a session of `admin`; without a password, which would take its time."""
    accounts, response = town.house.accounts, Response()
    StaffStore(town.house.engine).add(ADMIN, "no password's hash", town.clock(), RULES_ALL)
    StaffDesk(secret, accounts).sign_in(response, ADMIN, accounts.session_mark(ADMIN) or "")
    return SimpleCookie(response.headers["set-cookie"])[STAFF_COOKIE]


def set_clock(town: TownHouse, day: date, clock: str) -> None:
    town.clock.at = moment(day, clock)

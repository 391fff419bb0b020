"""Who is at the counter: a password, a session, and nothing for anybody else."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from itsdangerous import TimestampSigner

from channels.console.staff import COOKIE, SESSION_SECONDS
from channels.own_page import PAGE_HEADER
from server.app import make_app
from server.staff import ADMIN
from server.storage.engine import writing
from server.storage.staff_schema import staff_accounts
from server.storage.staff_store import StaffStore
from tests.channels.callers import OWN_PAGE, Clerk, staff_cookie
from tests.channels.web.conftest import Knock, refused
from tests.fakes import TOWN_HALL
from tests.town_house import SECRET, SharedHallShelf, TownHouse

PASSWORD = "a password of the tests"
LOGIN = "/api/counter/login"


def routes_of(house: TownHouse) -> list[tuple[str, str]]:
    """Every address of the counter, with ids filled in."""
    paths = make_app(house.house).openapi()["paths"]
    return [
        (
            method.upper(),
            path.replace("{office_id}", TOWN_HALL).replace("{counter}", "1").replace("{", "").replace("}", ""),
        )
        for path, methods in paths.items()
        if path.startswith("/api/counter/") and path != LOGIN
        for method in methods
    ]


def remove(town: TownHouse, name: str) -> None:
    with writing(town.house.engine).begin() as transaction:
        transaction.execute(sa.delete(staff_accounts).where(staff_accounts.c.name == name))


@pytest.fixture
def open_house(halls: TownHouse) -> TownHouse:
    halls.house.accounts.open_admin(PASSWORD)
    return halls


async def log_in(http: httpx.AsyncClient, **changed: Any) -> httpx.Response:
    return await http.post(LOGIN, json={"name": ADMIN, "password": PASSWORD, **changed}, headers=OWN_PAGE)


class TestStrangers:
    async def test_get_nothing_at_any_address(self, halls: TownHouse, closed_door: httpx.AsyncClient) -> None:
        routes = routes_of(halls)
        assert len(routes) >= 20
        for method, path in routes:
            for headers in ({}, OWN_PAGE, OWN_PAGE | {"Cookie": f"{COOKIE}=admin.forged.c2ln"}):
                refused(await closed_door.request(method, path, headers=headers), 401, "not_signed_in")

    async def test_a_visitors_token_opens_no_counter(self, closed_door: httpx.AsyncClient, turned_away: Any) -> None:
        refused(await closed_door.get("/api/counter/me", headers=OWN_PAGE | turned_away.headers), 401)

    @pytest.mark.parametrize("kept", ["", ".", "..", "admin", "é", "admin.é.é", "a" * 5000])
    async def test_an_odd_cookie_is_no_fault_of_ours(self, closed_door: httpx.AsyncClient, kept: str) -> None:
        headers = [(b"cookie", f"{COOKIE}={kept}".encode("latin-1")), (PAGE_HEADER.encode(), b"1")]
        refused(await closed_door.get("/api/counter/me", headers=headers), 401, "not_signed_in")

    async def test_a_session_signed_with_another_secret_is_none(self, halls: TownHouse, knock: Knock) -> None:
        for secret, status in (("another secret", 401), (SECRET, 200)):
            headers = OWN_PAGE | {"Cookie": f"{COOKIE}={staff_cookie(halls, secret).value}"}
            assert (await knock(halls).get("/api/counter/me", headers=headers)).status_code == status


class TestLoggingIn:
    async def test_with_the_password_opens_a_session(self, open_house: TownHouse, knock: Knock) -> None:
        http = knock(open_house)
        response = await log_in(http)
        assert (response.status_code, response.json()) == (200, {"name": "admin"})
        cookie = response.headers["set-cookie"].lower()
        assert cookie.startswith(f"{COOKIE}=")
        for part in ("httponly", "samesite=strict", "path=/", f"max-age={SESSION_SECONDS}"):
            assert part in cookie
        assert "secure" not in cookie
        assert PASSWORD not in cookie
        me = await http.get("/api/counter/me", headers=OWN_PAGE)
        assert (me.status_code, me.json()) == (200, {"name": "admin"})
        assert me.headers["cache-control"] == "no-store"

    async def test_behind_https_the_cookie_is_marked_secure(self, tmp_path: Path, knock: Knock) -> None:
        town = TownHouse(tmp_path, shelf=SharedHallShelf, secure_cookies=True)
        town.house.accounts.open_admin(PASSWORD)
        assert "; secure" in (await log_in(knock(town))).headers["set-cookie"].lower()

    async def test_with_anything_else_is_refused_alike(self, open_house: TownHouse, knock: Knock) -> None:
        http = knock(open_house)
        wrong: list[dict[str, str]] = [
            {"password": ""},
            {"password": PASSWORD + " "},
            {"password": PASSWORD.upper()},
            {"name": "nobody"},
            {"name": ""},
            {"name": "ADMIN"},
            {"name": "\x00"},
            {"name": "' OR 1=1 --"},
            {"name": "admin.forged"},
        ]
        answers = [await log_in(http, **changed) for changed in wrong]
        for answer in answers:
            refused(answer, 401, "wrong_password")
            assert "set-cookie" not in answer.headers
        assert len({answer.text for answer in answers}) == 1

    @pytest.mark.parametrize(
        "changed", [{"name": "x" * 65}, {"password": "x" * 201}, {"name": 7}, {"password": None}], ids=str
    )
    async def test_what_is_no_name_or_password(self, closed_door: httpx.AsyncClient, changed: dict[str, Any]) -> None:
        refused(await log_in(closed_door, **changed), 422, "invalid_input")

    async def test_from_another_site_is_refused(self, open_house: TownHouse, knock: Knock) -> None:
        response = await knock(open_house).post(LOGIN, json={"name": ADMIN, "password": PASSWORD})
        refused(response, 401, "wrong_password")
        assert "set-cookie" not in response.headers


class TestTheSession:
    async def test_counts_for_nothing_without_the_pages_own_header(self, clerk: Clerk) -> None:
        refused(await clerk.http.get("/api/counter/me"), 401, "not_signed_in")
        refused(await clerk.http.post(f"/api/counter/{TOWN_HALL}/1/call-next"), 401, "not_signed_in")

    async def test_lasts_a_working_day(self, clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
        now = time.time()
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(now + SESSION_SECONDS - 60))
        assert (await clerk.ask("GET", "/me")).status_code == 200
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(now + SESSION_SECONDS + 60))
        refused(await clerk.ask("GET", "/me"), 401, "not_signed_in")

    async def test_ends_with_the_logout(self, clerk: Clerk) -> None:
        response = await clerk.ask("POST", "/logout")
        assert response.status_code == 200
        assert f'{COOKIE}=""' in response.headers["set-cookie"]
        assert "path=/" in response.headers["set-cookie"].lower()
        refused(await clerk.ask("GET", "/me"), 401, "not_signed_in")

    async def test_ends_everywhere_with_the_logout(self, halls: TownHouse, clerk: Clerk, knock: Knock) -> None:
        elsewhere = Clerk(knock(halls)).signed_in(halls)
        copied = OWN_PAGE | {"Cookie": f"{COOKIE}={clerk.http.cookies[COOKIE]}"}
        assert (await elsewhere.ask("GET", "/me")).status_code == 200
        await clerk.ask("POST", "/logout")
        refused(await elsewhere.ask("GET", "/me"), 401, "not_signed_in")
        refused(await elsewhere.here("POST", "/1/call-next"), 401, "not_signed_in")
        refused(await knock(halls).get("/api/counter/me", headers=copied), 401, "not_signed_in")
        assert (await Clerk(knock(halls)).signed_in(halls).ask("GET", "/me")).status_code == 200

    async def test_ends_with_another_password_at_the_next_start(
        self, halls: TownHouse, clerk: Clerk, knock: Knock
    ) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        refused(await clerk.ask("GET", "/me"), 401, "not_signed_in")
        http = knock(halls)
        assert (await log_in(http)).status_code == 200
        halls.house.accounts.open_admin(PASSWORD)
        assert (await http.get("/api/counter/me", headers=OWN_PAGE)).status_code == 200

    async def test_ends_with_the_account(self, halls: TownHouse, clerk: Clerk) -> None:
        kept = clerk.http.cookies[COOKIE]
        remove(halls, ADMIN)
        refused(await clerk.ask("GET", "/me"), 401, "not_signed_in")
        clerk.signed_in(halls)
        assert (await clerk.ask("GET", "/me")).status_code == 200
        refused(await clerk.http.get("/api/counter/me", headers=OWN_PAGE | {"Cookie": f"{COOKIE}={kept}"}), 401)

    async def test_is_ended_by_nobody_who_has_none(self, halls: TownHouse, clerk: Clerk, knock: Knock) -> None:
        ended = f"{COOKIE}={clerk.http.cookies[COOKIE]}"
        await clerk.ask("POST", "/logout")
        clerk.signed_in(halls)
        signed = TimestampSigner(SECRET, salt="wenban.staff", key_derivation="hmac", digest_method=hashlib.sha256)
        of_old = f"{COOKIE}={signed.sign(ADMIN).decode()}"
        for headers in ({}, OWN_PAGE, *(OWN_PAGE | {"Cookie": cookie} for cookie in (ended, of_old))):
            refused(await knock(halls).post("/api/counter/logout", headers=headers), 401, "not_signed_in")
        refused(await clerk.http.post("/api/counter/logout"), 401, "not_signed_in")
        assert (await clerk.ask("GET", "/me")).status_code == 200

    async def test_a_changed_name_breaks_the_seal(self, halls: TownHouse, clerk: Clerk, knock: Knock) -> None:
        store = StaffStore(halls.house.engine)
        store.add("root", "no password's hash", halls.clock())
        root = store.find("root")
        assert root
        said, signature = clerk.http.cookies[COOKIE].split(".", 1)
        assert json.loads(base64.urlsafe_b64decode(said + "==")) == [ADMIN, halls.house.accounts.session_mark(ADMIN)]
        forged = base64.urlsafe_b64encode(json.dumps(["root", root.session_mark]).encode()).decode().strip("=")
        for changed in (f"{forged}.{signature}", forged, f"{forged}.{signature.split('.')[0]}"):
            headers = OWN_PAGE | {"Cookie": f"{COOKIE}={changed}"}
            refused(await knock(halls).get("/api/counter/me", headers=headers), 401, "not_signed_in")


class TestExplaining:
    async def test_staff_are_told_why_a_sentence_is_answered_as_it_is(self, clerk: Clerk) -> None:
        told = (await clerk.ask("POST", "/explain", json={"text": "借书证丢了怎么补办，我的手机13812345678"})).json()
        assert told["weighed"]["candidates"][0]["guide_id"] == "library-card-lost"
        assert told["rule"] and told["declined"] and "13812345678" not in str(told)

    async def test_nothing_and_too_much_is_refused(self, clerk: Clerk) -> None:
        for text in ("", "长" * 1001):
            refused(await clerk.ask("POST", "/explain", json={"text": text}), 422, "invalid_input")

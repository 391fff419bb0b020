"""Tokens of visitors: renewed by use at any door, at their end without it."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from itsdangerous import Signer

from channels.own_page import COOKIE, PAGE_HEADER
from channels.visitors import DAYS_WITHOUT_USE, VisitorDesk
from channels.web.renewals import TOKEN_HEADER
from service_hall.shared.ids import VisitorId, new_visitor_id
from tests.channels.web.conftest import Knock, refused
from tests.town_house import SECRET, SharedHallShelf, TownHouse

DAY = 24 * 3600
START = 1_780_000_000
OWN = "/api/appointments"


class Time:
    def __init__(self) -> None:
        self.seconds = START

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def desk(time: Time) -> VisitorDesk:
    return VisitorDesk(SECRET, clock=time)


def of_version_0_1(visitor_id: str) -> str:
    signer = Signer(SECRET, salt="wenban.visitor", key_derivation="hmac", digest_method=hashlib.sha256)
    return signer.sign(visitor_id).decode()


class TestATokenInTime:
    def test_it_names_the_visitor_for_so_many_days(self, desk: VisitorDesk, time: Time) -> None:
        visitor = new_visitor_id()
        token = desk.token_for(visitor)
        time.seconds += DAYS_WITHOUT_USE * DAY
        assert desk.visitor_of(token) == visitor
        time.seconds += 1
        assert desk.visitor_of(token) is None

    def test_a_renewed_one_lives_on_and_still_says_since_when(self, desk: VisitorDesk, time: Time) -> None:
        token = desk.token_for(new_visitor_id())
        for _ in range(5):
            time.seconds += (DAYS_WITHOUT_USE - 1) * DAY
            known = desk.read(token)
            assert known
            assert known.since == START
            token = desk.token_for(known.visitor_id, known.since)

    def test_what_a_node_whose_clock_is_ahead_has_given_is_good(self, desk: VisitorDesk, time: Time) -> None:
        token = desk.token_for(new_visitor_id())
        time.seconds -= 3600
        assert desk.read(token)

    def test_the_secret_before_still_opens_it(self, desk: VisitorDesk, time: Time) -> None:
        visitor = new_visitor_id()
        newer = VisitorDesk("another secret", previous=SECRET, clock=time)
        assert newer.visitor_of(desk.token_for(visitor)) == visitor
        assert desk.visitor_of(newer.token_for(visitor)) is None

    def test_since_when_cannot_be_changed(self, desk: VisitorDesk) -> None:
        token = desk.token_for(new_visitor_id())
        assert desk.read(token.replace(str(START), str(START - 1000))) is None

    def test_one_without_a_time_is_taken_and_renewed(self, desk: VisitorDesk) -> None:
        known = desk.read(of_version_0_1("v_before"))
        assert known
        assert (known.visitor_id, known.since) == ("v_before", 0)
        assert desk.needs_renewal(known)


class TestRenewing:
    @pytest.fixture
    def halls(self, tmp_path: Path) -> TownHouse:
        return TownHouse(tmp_path, shelf=SharedHallShelf)

    @pytest.fixture
    def door(self, halls: TownHouse, knock: Knock) -> httpx.AsyncClient:
        return knock(halls)

    @pytest.fixture
    def token(self, halls: TownHouse) -> str:
        return VisitorDesk(SECRET, clock=lambda: halls.clock().timestamp()).token_for(VisitorId("v_1"))

    async def test_a_token_of_today_is_left_as_it_is(self, door: httpx.AsyncClient, token: str) -> None:
        response = await door.get(OWN, headers={"Authorization": f"Bearer {token}"})
        assert TOKEN_HEADER.lower() not in response.headers

    async def test_an_older_one_comes_back_new_at_any_door(
        self, door: httpx.AsyncClient, halls: TownHouse, token: str
    ) -> None:
        for _ in range(3):
            halls.clock.at += timedelta(days=DAYS_WITHOUT_USE - 1)
            response = await door.get(OWN, headers={"Authorization": f"Bearer {token}"})
            assert response.status_code == 200
            assert response.headers[TOKEN_HEADER] != token
            token = response.headers[TOKEN_HEADER]

    async def test_the_pages_cookie_is_renewed_without_a_word(
        self, door: httpx.AsyncClient, halls: TownHouse, token: str
    ) -> None:
        halls.clock.at += timedelta(days=2)
        response = await door.get(OWN, headers={PAGE_HEADER: "1", "Cookie": f"{COOKIE}={token}"})
        assert response.status_code == 200
        cookie = response.headers["set-cookie"].lower()
        assert cookie.startswith(COOKIE)
        assert f"max-age={DAYS_WITHOUT_USE * DAY}" in cookie
        assert {"httponly", "samesite=strict"} <= set(cookie.split("; "))
        assert TOKEN_HEADER.lower() not in response.headers

    async def test_a_message_brings_one_cookie_not_two(
        self, door: httpx.AsyncClient, halls: TownHouse, token: str
    ) -> None:
        halls.clock.at += timedelta(days=2)
        headers = {PAGE_HEADER: "1", "Cookie": f"{COOKIE}={token}"}
        response = await door.post("/api/chat/messages", json={"text": "你好"}, headers=headers)
        assert len(response.headers.get_list("set-cookie")) == 1

    async def test_what_a_proxy_may_keep_carries_no_token(
        self, door: httpx.AsyncClient, halls: TownHouse, token: str
    ) -> None:
        halls.clock.at += timedelta(days=2)
        response = await door.get("/api/knowledge/guides", headers={"Authorization": f"Bearer {token}"})
        assert TOKEN_HEADER.lower() not in response.headers

    async def test_after_days_without_use_it_is_refused(self, knock: Knock, tmp_path: Path) -> None:
        town = TownHouse(tmp_path, visitor_days=7)
        token = VisitorDesk(SECRET, clock=lambda: town.clock().timestamp()).token_for(VisitorId("v_1"))
        town.clock.at += timedelta(days=8)
        refused(await knock(town).get(OWN, headers={"Authorization": f"Bearer {token}"}), 401, "invalid_token")

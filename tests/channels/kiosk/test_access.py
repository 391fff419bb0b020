"""The kiosk's key: without it no ticket and no check-in, however somebody asks; guessing it leads nowhere."""

from __future__ import annotations

from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest

from channels.kiosk import access
from channels.kiosk.access import COOKIE, KEPT_SECONDS
from tests.channels.callers import OWN_PAGE, Clerk, Visitor
from tests.channels.web.conftest import Knock, refused
from tests.fakes import TOWN_HALL
from tests.set_time import SetTime
from tests.town_house import KIOSK_KEY, SharedHallShelf, TownHouse
from tests.visit_town import CARD

KEY = "/api/kiosk/key"
TICKETS, CHECK_IN = f"/api/kiosk/{TOWN_HALL}/tickets", f"/api/kiosk/{TOWN_HALL}/check-in"


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


async def take(http: httpx.AsyncClient, headers: Any = None) -> httpx.Response:
    return await http.post(TICKETS, json={"guide_id": CARD}, headers=headers)


async def show_key(http: httpx.AsyncClient, key: str = KIOSK_KEY, headers: Any = None) -> httpx.Response:
    return await http.post(KEY, json={"key": key}, headers=OWN_PAGE if headers is None else headers)


async def is_set_up(http: httpx.AsyncClient) -> bool:
    response = await http.get(KEY, headers=OWN_PAGE)
    assert response.status_code == 200
    answer: bool = response.json()["set_up"]
    return answer


class TestWithoutTheKey:
    async def test_there_is_no_ticket_and_no_check_in(self, door: httpx.AsyncClient, clerk: Clerk) -> None:
        shown: list[Any] = [
            {},
            OWN_PAGE,
            bearer("another-key"),
            bearer(""),
            bearer(KIOSK_KEY.upper()),
            bearer(KIOSK_KEY + "x"),
            {"Authorization": KIOSK_KEY},
            {"Authorization": f"Basic {KIOSK_KEY}"},
            {"Authorization": b"Bearer \xff\xfe"},
            OWN_PAGE | {"Cookie": f"{COOKIE}={KIOSK_KEY}"},
            OWN_PAGE | {"Cookie": f"{COOKIE}=screen.forged"},
            {"X-Kiosk-Key": KIOSK_KEY},
        ]
        for headers in shown:
            for path, body in ((TICKETS, {"guide_id": CARD}), (CHECK_IN, {"code": "ABCDE23456"})):
                response = await door.post(path, json=body, headers=headers)
                refused(response, 401, "no_kiosk_key")
                assert response.headers["www-authenticate"] == "Bearer"
        assert (await clerk.did("GET", "/1"))["waiting"] == []

    async def test_the_key_counts_in_no_address(self, closed_door: httpx.AsyncClient) -> None:
        for name in ("key", "kiosk_key", "token"):
            response = await closed_door.post(f"{TICKETS}?{name}={KIOSK_KEY}", json={"guide_id": CARD})
            refused(response, 401, "no_kiosk_key")

    async def test_a_booked_code_checks_nobody_in(self, door: httpx.AsyncClient, visitor: Visitor) -> None:
        code = await visitor.booked()
        refused(await door.post(CHECK_IN, json={"code": code}), 401, "no_kiosk_key")
        assert (await visitor.shown(code))["status"] == "booked"

    async def test_the_state_of_the_hall_is_there_for_all(self, closed_door: httpx.AsyncClient) -> None:
        assert (await closed_door.get(f"/api/kiosk/{TOWN_HALL}")).status_code == 200
        assert (await closed_door.get(f"/api/queue/{TOWN_HALL}")).status_code == 200

    async def test_staff_and_visitors_are_no_kiosk(self, clerk: Clerk, visitor: Visitor) -> None:
        refused(await take(clerk.http, OWN_PAGE), 401, "no_kiosk_key")
        refused(await take(visitor.http, visitor.headers), 401, "no_kiosk_key")


class TestAProgram:
    async def test_shows_the_key_with_every_request(self, door: httpx.AsyncClient) -> None:
        assert (await take(door, bearer(KIOSK_KEY))).status_code == 201
        assert (await take(door, {"Authorization": f"bearer  {KIOSK_KEY} "})).status_code == 201
        refused(await take(door), 401, "no_kiosk_key")


class TestAScreen:
    async def test_shows_the_key_once_and_keeps_a_cookie_for_the_kiosk_alone(self, door: httpx.AsyncClient) -> None:
        assert not await is_set_up(door)
        response = await show_key(door, f" {KIOSK_KEY}\n")
        assert (response.status_code, response.json()) == (200, {"set_up": True})
        cookie = response.headers["set-cookie"].lower()
        for part in ("httponly", "samesite=strict", "path=/api/kiosk", f"max-age={KEPT_SECONDS}"):
            assert part in cookie
        assert KIOSK_KEY not in cookie
        assert "secure" not in cookie
        assert await is_set_up(door)
        assert (await take(door, OWN_PAGE)).status_code == 201

    async def test_is_set_up_for_its_own_page_alone(self, door: httpx.AsyncClient) -> None:
        await show_key(door)
        refused(await take(door), 401, "no_kiosk_key")
        assert (await door.get(KEY)).json() == {"set_up": False}

    async def test_stays_set_up_each_time_that_the_page_opens(self, door: httpx.AsyncClient) -> None:
        assert "set-cookie" not in (await door.get(KEY, headers=OWN_PAGE)).headers
        await show_key(door)
        assert f"max-age={KEPT_SECONDS}" in (await door.get(KEY, headers=OWN_PAGE)).headers["set-cookie"].lower()

    async def test_is_not_set_up_by_another_site(self, door: httpx.AsyncClient) -> None:
        response = await show_key(door, headers={})
        refused(response, 401, "wrong_key")
        assert "set-cookie" not in response.headers

    @pytest.mark.parametrize("key", ["", "another-key", KIOSK_KEY.upper(), "钥匙"])
    async def test_is_not_set_up_by_a_wrong_key(self, closed_door: httpx.AsyncClient, key: str) -> None:
        response = await show_key(closed_door, key)
        refused(response, 401, "wrong_key")
        assert "set-cookie" not in response.headers

    @pytest.mark.parametrize("body", [{}, {"key": None}, {"key": 7}, {"key": "x" * 201}], ids=str)
    async def test_what_is_no_key(self, closed_door: httpx.AsyncClient, body: Any) -> None:
        refused(await closed_door.post(KEY, json=body, headers=OWN_PAGE), 422, "invalid_input")

    async def test_half_a_character_is_no_fault_of_ours(self, closed_door: httpx.AsyncClient) -> None:
        headers = OWN_PAGE | {"Content-Type": "application/json"}
        assert (await closed_door.post(KEY, content=rb'{"key": "\ud800"}', headers=headers)).status_code in (401, 422)

    async def test_behind_https_the_cookie_is_marked_secure(self, tmp_path: Any, knock: Knock) -> None:
        town = TownHouse(tmp_path, shelf=SharedHallShelf, secure_cookies=True)
        assert "; secure" in (await show_key(knock(town))).headers["set-cookie"].lower()


class TestAnotherKey:
    async def test_ends_the_screens_of_the_first(self, halls: TownHouse, knock: Knock) -> None:
        before = knock(halls)
        await show_key(before)
        halls.house = replace(halls.house, kiosk_key="the-next-key")
        kept = before.cookies[COOKIE]
        after = knock(TownHouseAgain(halls))
        after.cookies.set(COOKIE, kept, domain="town.test", path="/api/kiosk")
        assert not await is_set_up(after)
        refused(await take(after, OWN_PAGE), 401, "no_kiosk_key")
        refused(await take(after, bearer(KIOSK_KEY)), 401, "no_kiosk_key")
        assert (await show_key(after, "the-next-key")).status_code == 200

    async def test_of_the_signature_ends_no_screen(self, halls: TownHouse, knock: Knock) -> None:
        before = knock(halls)
        await show_key(before)
        settings = halls.house.settings.model_copy(update={"secret_key_previous": halls.house.secret_key})
        halls.house = replace(halls.house, secret_key="another secret", settings=settings)
        after = knock(TownHouseAgain(halls))
        after.cookies.set(COOKIE, before.cookies[COOKIE], domain="town.test", path="/api/kiosk")
        assert (await take(after, OWN_PAGE)).status_code == 201


class TownHouseAgain:
    """The same house, opened anew."""

    def __init__(self, town: TownHouse) -> None:
        self.house = town.house


class TestGuessing:
    @pytest.fixture
    def time(self, monkeypatch: pytest.MonkeyPatch) -> SetTime:
        for name in ("AT_ONCE", "BY_THE_HOUR"):
            monkeypatch.setattr(access, name, replace(getattr(access, name), at_once=5))
        time = SetTime()
        monkeypatch.setattr("server.app.Guesses", time.guesses)
        return time

    @pytest.mark.parametrize("way", ["by program", "by screen"])
    async def test_is_counted_by_address(self, halls: TownHouse, knock: Knock, time: SetTime, way: str) -> None:
        guesser, hall = knock(halls, address="10.0.0.1"), knock(halls, address="10.0.0.2")

        async def guess(http: httpx.AsyncClient, key: str) -> httpx.Response:
            return await (take(http, bearer(key)) if way == "by program" else show_key(http, key))

        for number in range(5):
            refused(await guess(guesser, f"guess-{number}"), 401)
        response = await guess(guesser, "guess-6")
        refused(response, 429, "too_many_requests")
        assert (await guess(hall, KIOSK_KEY)).is_success
        time.now += int(response.headers["retry-after"])
        assert (await guess(guesser, KIOSK_KEY)).is_success

    async def test_stops_no_screen_at_the_same_address(self, halls: TownHouse, knock: Knock, time: SetTime) -> None:
        screen, guesser = knock(halls), knock(halls)
        await show_key(screen)
        for _ in range(7):
            await show_key(guesser, "guess")
        refused(await show_key(guesser, "guess"), 429)
        before = time.now
        assert (await take(screen, OWN_PAGE)).status_code == 201
        assert time.now == before

    async def test_takes_nothing_from_passwords_and_codes(self, halls: TownHouse, knock: Knock, time: SetTime) -> None:
        http = knock(halls)
        while (await show_key(http, "guess")).status_code != 429:
            pass
        answer = await http.post("/api/counter/login", json={"name": "x", "password": "x"}, headers=OWN_PAGE)
        refused(answer, 401, "wrong_password")

    async def test_the_right_key_is_never_counted(self, halls: TownHouse, knock: Knock, time: SetTime) -> None:
        before, program = time.now, knock(halls)
        for _ in range(20):
            assert (await take(program, bearer(KIOSK_KEY))).status_code == 201
        assert time.now == before


async def test_a_screens_cookie_is_another_one_at_each(halls: TownHouse, knock: Knock) -> None:
    cookies = {
        SimpleCookie((await show_key(knock(halls))).headers["set-cookie"])[COOKIE].value.split(".")[0] for _ in range(2)
    }
    assert len(cookies) == 2

"""`/api/kiosk`: what a screen with the kiosk's key gives: check-in by code, tickets without a booking."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from channels.bodies import MOST_BODY_BYTES
from channels.inputs import MOST_KEY_CHARACTERS
from channels.kiosk import routes
from channels.languages import rewritten
from channels.limits import ADDRESS_CALLS_A_TICKET, FEWEST_TICKETS
from service_hall.visits.visit import VisitId
from tests.channels.callers import TUESDAY, Clerk, Visitor, set_clock, written
from tests.channels.web.conftest import Knock, refused
from tests.fakes import EAST_HALL, TOWN_HALL, WEST_HALL
from tests.set_time import SetTime
from tests.town_house import KIOSK_KEY, SharedHallShelf, TownHouse
from tests.visit_town import CARD, DOG, FELLING, LOST, MONDAY, somebody

KIOSK = f"/api/kiosk/{TOWN_HALL}"
NOBODYS = "ABCDE23456"
WITH_KEY = {"Authorization": f"Bearer {KIOSK_KEY}"}


async def check_in(http: httpx.AsyncClient, code: Any, office_id: str = TOWN_HALL) -> httpx.Response:
    return await http.post(f"/api/kiosk/{office_id}/check-in", json={"code": code}, headers=WITH_KEY)


async def take(
    http: httpx.AsyncClient, guide_id: Any = CARD, key: str = "", office_id: str = TOWN_HALL
) -> httpx.Response:
    headers = WITH_KEY | ({"Idempotency-Key": key} if key else {})
    return await http.post(f"/api/kiosk/{office_id}/tickets", json={"guide_id": guide_id}, headers=headers)


class TestTheScreen:
    async def test_shows_lines_with_their_items(self, closed_door: httpx.AsyncClient) -> None:
        response = await closed_door.get(KIOSK)
        assert response.status_code == 200
        assert response.json() == {
            "office_id": TOWN_HALL,
            "office_name": "溪城市政务服务中心",
            "open": True,
            "hours_today": [
                {"opens": "2026-06-01T09:00:00+08:00", "closes": "2026-06-01T12:00:00+08:00"},
                {"opens": "2026-06-01T13:30:00+08:00", "closes": "2026-06-01T17:00:00+08:00"},
            ],
            "opens_at": None,
            "lines": [
                {
                    "line_id": "cards",
                    "name": "A线",
                    "letter": "A",
                    "waiting": 0,
                    "early": 0,
                    "ahead": 0,
                    "estimated_wait_minutes": 0,
                    "open": True,
                    "opens_at": None,
                    "counters": ["1", "2"],
                    "items": [
                        {"guide_id": CARD, "guide_name": "借书证首次办理"},
                        {"guide_id": LOST, "guide_name": "借书证丢失补办"},
                    ],
                },
                {
                    "line_id": "trees",
                    "name": "B线",
                    "letter": "B",
                    "waiting": 0,
                    "early": 0,
                    "ahead": 0,
                    "estimated_wait_minutes": 0,
                    "open": True,
                    "opens_at": None,
                    "counters": ["3"],
                    "items": [{"guide_id": FELLING, "guide_name": "林木采伐许可"}],
                },
            ],
        }

    async def test_names_them_in_the_characters_of_the_screen(self, closed_door: httpx.AsyncClient) -> None:
        plain, told = [(await closed_door.get(KIOSK, params={"lang": lang})).json() for lang in ("en", "zh-Hant")]
        assert plain == (await closed_door.get(KIOSK)).json()
        assert told == rewritten(plain) and told["lines"][0]["name"] == "A線"

    async def test_says_which_lines_are_closed(self, halls: TownHouse, door: httpx.AsyncClient) -> None:
        set_clock(halls, MONDAY, "12:30")
        seen = (await door.get(KIOSK)).json()
        assert [line["open"] for line in seen["lines"]] == [False, False]
        assert {seen["opens_at"], *(line["opens_at"] for line in seen["lines"])} == {"2026-06-01T13:30:00+08:00"}

    @pytest.mark.parametrize("office_id", ["nowhere", "%00", "x" * 300])
    async def test_of_an_office_that_there_is_not(self, closed_door: httpx.AsyncClient, office_id: str) -> None:
        refused(await closed_door.get(f"/api/kiosk/{office_id}"), 404, "unknown_office")
        refused(await take(closed_door, office_id=office_id), 404, "unknown_office")
        refused(await check_in(closed_door, NOBODYS, office_id), 404, "unknown_code")


class TestCheckingIn:
    @pytest.mark.parametrize("code", [NOBODYS, "", "x", "WENBAN:", "\x00" * 10, "ABCDE2345O", "'; DROP TABLE visits"])
    async def test_with_a_code_that_there_is_not(self, closed_door: httpx.AsyncClient, code: str) -> None:
        refused(await check_in(closed_door, code), 404, "unknown_code")

    @pytest.mark.parametrize("code", [None, 7, ["x"], "x" * 41], ids=repr)
    async def test_with_what_is_no_code(self, closed_door: httpx.AsyncClient, code: Any) -> None:
        refused(await check_in(closed_door, code), 422, "invalid_input")

    async def test_gives_the_ticket(self, halls: TownHouse, visitor: Visitor, knock: Knock) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "08:00")
        response = await check_in(knock(halls), code)
        assert response.status_code == 200
        ticket = response.json()["ticket"]
        assert (ticket["type"], ticket["number"], ticket["status"]) == ("ticket", "A001", "checked_in")
        assert (await visitor.shown(code))["ticket_number"] == "A001"

    async def test_reads_the_code_as_scanned_or_typed_and_gives_one_ticket(
        self, halls: TownHouse, visitor: Visitor
    ) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "08:30")
        typed = (f"WENBAN:{code}", f"wenban:{code.lower()}", code.lower(), f"{code[:5]} {code[5:]}", f" {code}\n", code)
        for each in typed:
            response = await check_in(visitor.http, each)
            assert (response.status_code, response.json()["ticket"]["number"]) == (200, "A001"), each

    async def test_too_early_says_from_when(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await visitor.booked()
        refused(await check_in(visitor.http, code), 409, "too_early")
        set_clock(halls, TUESDAY, "07:59")
        assert "08:00" in (await check_in(visitor.http, code)).json()["message"]

    async def test_at_another_hall_is_refused(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "08:30")
        refused(await check_in(visitor.http, code, EAST_HALL), 409, "wrong_office")

    async def test_on_another_day_is_refused(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY + timedelta(days=1), "09:00")
        refused(await check_in(visitor.http, code), 409, "not_today")

    async def test_of_a_cancelled_booking_is_refused(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await visitor.booked()
        await visitor.ask("DELETE", f"/{code}")
        refused(await check_in(visitor.http, code), 409, "over")

    async def test_tells_nobody_whose_it_is(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "08:30")
        said = (await check_in(visitor.http, code)).text
        person = somebody(1)
        assert not any(word in said for word in (person.name, person.phone[-4:], visitor.visitor_id))

    @pytest.fixture
    def time(self, monkeypatch: pytest.MonkeyPatch) -> SetTime:
        """Of the guesses."""
        time = SetTime()
        monkeypatch.setattr("server.app.Guesses", time.guesses)
        monkeypatch.setattr(routes, "CODES", replace(routes.CODES, at_once=3, seconds=60))
        return time

    async def test_codes_that_nobody_has_are_counted_and_the_right_one_passes(
        self, time: SetTime, halls: TownHouse, visitor: Visitor, knock: Knock
    ) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "09:00")
        kiosk, neighbour = knock(halls, address="10.0.0.1"), knock(halls, address="10.0.0.2")
        for _ in range(10):
            assert (await check_in(kiosk, code)).status_code == 200
        for _ in range(3):
            refused(await check_in(kiosk, NOBODYS), 404, "unknown_code")
        response = await check_in(kiosk, NOBODYS)
        refused(response, 429, "too_many_requests")
        assert (await check_in(neighbour, code)).status_code == 200
        assert (await take(kiosk)).status_code == 201
        time.now += int(response.headers["retry-after"])
        assert (await check_in(kiosk, code)).status_code == 200


class TestTakingATicket:
    @pytest.mark.parametrize(
        ("guide_id", "error"),
        [("nothing", "unknown_guide"), ("", "unknown_guide"), ("\x00", "unknown_guide"), (DOG, "not_handled"), ("x" * 65, "invalid_input"), (None, "invalid_input"), (7, "invalid_input")],
        ids=str,
    )  # fmt: skip
    async def test_for_what_is_not_handled_here(
        self, closed_door: httpx.AsyncClient, guide_id: Any, error: str
    ) -> None:
        refused(await take(closed_door, guide_id), 422, error)

    async def test_gives_numbers_by_line(self, door: httpx.AsyncClient) -> None:
        first = await take(door)
        assert first.status_code == 201
        ticket = first.json()["ticket"]
        assert (ticket["number"], ticket["ahead"], ticket["office_id"]) == ("A001", 0, TOWN_HALL)
        assert ticket["text"]
        numbers = [(await take(door, guide_id)).json()["ticket"]["number"] for guide_id in (LOST, FELLING, CARD)]
        assert numbers == ["A002", "B001", "A003"]
        assert (await take(door)).json()["ticket"]["ahead"] == 3

    async def test_begins_anew_every_day_and_in_every_hall(self, halls: TownHouse, door: httpx.AsyncClient) -> None:
        for office_id in (EAST_HALL, WEST_HALL):
            assert (await take(door, DOG, office_id=office_id)).json()["ticket"]["number"] == "A001"
        set_clock(halls, TUESDAY, "09:00")
        assert (await take(door, DOG, office_id=EAST_HALL)).json()["ticket"]["number"] == "A001"

    async def test_a_double_tap_is_one_ticket(self, door: httpx.AsyncClient) -> None:
        responses = await asyncio.gather(*(take(door, key="tap-1") for _ in range(5)))
        assert sorted(response.status_code for response in responses) == [200] * 4 + [201]
        assert {response.json()["ticket"]["number"] for response in responses} == {"A001"}
        assert (await take(door, key="tap-2")).json()["ticket"]["number"] == "A002"

    async def test_the_same_key_at_another_kiosk_is_another_tap(self, door: httpx.AsyncClient) -> None:
        codes = {
            (await take(door, DOG, "tap", office_id)).json()["ticket"]["code"] for office_id in (EAST_HALL, WEST_HALL)
        }
        assert len(codes) == 2

    async def test_ten_people_at_once_get_ten_numbers(self, door: httpx.AsyncClient) -> None:
        responses = await asyncio.gather(*(take(door) for _ in range(10)))
        numbers = sorted(response.json()["ticket"]["number"] for response in responses)
        assert numbers == [f"A{number:03d}" for number in range(1, 11)]

    @pytest.mark.parametrize("clock", ["08:59", "12:00", "13:29", "17:00"])
    async def test_out_of_hours_is_refused(self, halls: TownHouse, door: httpx.AsyncClient, clock: str) -> None:
        set_clock(halls, TUESDAY, clock)
        refused(await take(door), 409, "closed_now")

    async def test_while_a_line_is_closed_is_refused(self, door: httpx.AsyncClient, clerk: Clerk) -> None:
        closed = {"from": written(MONDAY, "09:00"), "until": written(MONDAY, "12:00"), "line_id": "cards"}
        await clerk.did("POST", "/closures", json={**closed, "reason": "系统升级", "do": "notify"})
        refused(await take(door), 409, "closed_now")
        assert (await take(door, FELLING)).status_code == 201
        assert [line["open"] for line in (await door.get(KIOSK)).json()["lines"]] == [False, True]

    async def test_a_kiosk_gives_so_many_a_minute(self, tmp_path: Path, knock: Knock) -> None:
        halls = TownHouse(tmp_path, shelf=SharedHallShelf, rate_per_address=FEWEST_TICKETS * ADDRESS_CALLS_A_TICKET)
        kiosk = knock(halls)
        for number in range(FEWEST_TICKETS):
            assert (await take(kiosk)).json()["ticket"]["number"] == f"A{number + 1:03d}"
        refused(await take(kiosk), 429, "too_many_requests")

    async def test_a_key_has_a_length(self, closed_door: httpx.AsyncClient) -> None:
        refused(await take(closed_door, key="k" * (MOST_KEY_CHARACTERS + 1)), 422, "bad_idempotency_key")

    async def test_a_huge_body_is_refused(self, closed_door: httpx.AsyncClient) -> None:
        refused(await take(closed_door, "x" * MOST_BODY_BYTES), 413, "too_large")

    async def test_is_noted_as_the_kiosks(self, halls: TownHouse, door: httpx.AsyncClient, clerk: Clerk) -> None:
        await take(door)
        [card] = (await clerk.did("GET", "/1"))["waiting"]
        visit_id = VisitId(card["visit_id"])
        [event] = halls.house.hall.means.ledger.read(lambda page: page.history(visit_id))
        assert event.actor == f"kiosk:{TOWN_HALL}"

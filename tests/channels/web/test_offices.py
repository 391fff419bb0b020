"""`/api/offices` and `/api/queue`: for everybody, with no name in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx
import pytest

from channels.languages import rewritten
from knowledge_base.offices import Location, metres_between
from tests.channels.callers import TUESDAY, Clerk, Visitor, set_clock, written
from tests.channels.web.conftest import refused
from tests.fakes import EAST, EAST_HALL, TOWN, TOWN_HALL, WEST_HALL
from tests.town_house import TownHouse
from tests.visit_town import CARD, DOG, MONDAY, somebody

OFFICES = "/api/offices"
NEAR_EAST = {"lat": 30.011, "lon": 110.011}


class TestOffices:
    async def names(self, http: httpx.AsyncClient, **asked: Any) -> list[str]:
        response = await http.get(OFFICES, params=asked)
        assert response.status_code == 200, response.text
        return [each["office_id"] for each in response.json()["offices"]]

    async def test_need_no_token_and_tell_what_the_contract_names(self, closed_door: httpx.AsyncClient) -> None:
        response = await closed_door.get(OFFICES, params={"guide_id": CARD})
        assert set(response.json()) == {"offices"}
        [office] = response.json()["offices"]
        hours = office.pop("opening_hours")
        assert [(each["opens"], each["closes"]) for each in hours] == [("09:00", "12:00"), ("13:30", "17:00")]
        assert office == {
            "office_id": TOWN_HALL,
            "name": "溪城市政务服务中心",
            "address": "溪城市政务服务中心一楼",
            "phone": "0888-1000",
            "location": {"lat": 30.0, "lon": 110.0},
            "bookable": True,
            "sample": False,
        }

    async def test_are_written_in_the_letters_that_were_asked_for(self, closed_door: httpx.AsyncClient) -> None:
        for lang, name in (
            ("zh-Hant", "溪城市政務服務中心"),
            ("zh-Hans", "溪城市政务服务中心"),
            ("en", "溪城市政务服务中心"),
        ):
            [office] = (await closed_door.get(OFFICES, params={"guide_id": CARD, "lang": lang})).json()["offices"]
            assert (office["name"], office["office_id"]) == (name, TOWN_HALL)
            assert office["address"].startswith(name)
        refused(await closed_door.get(OFFICES, params={"lang": "fr"}), 422, "invalid_input")

    async def test_are_all_there_are_unless_narrowed(self, closed_door: httpx.AsyncClient) -> None:
        assert set(await self.names(closed_door)) == {TOWN_HALL, EAST_HALL, WEST_HALL}
        assert set(await self.names(closed_door, guide_id=DOG)) == {EAST_HALL, WEST_HALL}
        assert await self.names(closed_door, region=EAST) == [EAST_HALL]
        assert set(await self.names(closed_door, region=TOWN)) == {TOWN_HALL, EAST_HALL, WEST_HALL}
        assert await self.names(closed_door, guide_id="boat-register") == []
        assert set(await self.names(closed_door, guide_id="", region="")) == {TOWN_HALL, EAST_HALL, WEST_HALL}

    async def test_stand_nearest_first_for_whoever_says_where_they_are(self, closed_door: httpx.AsyncClient) -> None:
        response = await closed_door.get(OFFICES, params={"guide_id": DOG, **NEAR_EAST})
        found = [(each["office_id"], each["distance_m"]) for each in response.json()["offices"]]
        assert [office_id for office_id, _ in found] == [EAST_HALL, WEST_HALL]
        assert 100 < found[0][1] < 200
        assert 25_000 < found[1][1] < 30_000

    @pytest.mark.parametrize(
        ("asked", "error"),
        [
            ({"guide_id": "nothing"}, "unknown_guide"),
            ({"guide_id": "g" * 65}, "invalid_input"),
            ({"region": "000001"}, "unknown_region"),
            ({"lat": "30"}, "bad_location"),
            ({"lon": "110"}, "bad_location"),
            ({"lat": "91", "lon": "110"}, "invalid_input"),
            ({"lat": "30", "lon": "-181"}, "invalid_input"),
            ({"lat": "nan", "lon": "110"}, "invalid_input"),
            ({"lat": "30", "lon": "inf"}, "invalid_input"),
            ({"lat": "here", "lon": "there"}, "invalid_input"),
        ],
        ids=str,
    )
    async def test_of_nowhere_there_are_none(
        self, closed_door: httpx.AsyncClient, asked: dict[str, str], error: str
    ) -> None:
        refused(await closed_door.get(OFFICES, params=asked), 422, error)

    @pytest.mark.parametrize(
        ("one", "other", "metres"),
        [
            ((30.0, 110.0), (30.0, 110.0), 0),
            ((39.9042, 116.4074), (31.2304, 121.4737), 1_067_000),  # 北京 to 上海
            ((0.0, 179.9), (0.0, -179.9), 22_239),
            ((90.0, 0.0), (-90.0, 0.0), 20_015_087),
        ],
    )
    def test_distances_go_round_the_earth(
        self, one: tuple[float, float], other: tuple[float, float], metres: float
    ) -> None:
        here, there = (Location(lat=lat, lon=lon) for lat, lon in (one, other))
        assert metres_between(here, there) == pytest.approx(metres, rel=0.005)
        assert metres_between(there, here) == pytest.approx(metres_between(here, there))


class TestTheBoard:
    async def board(self, http: httpx.AsyncClient, office_id: str = TOWN_HALL) -> dict[str, Any]:
        response = await http.get(f"/api/queue/{office_id}")
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        return body

    @pytest.mark.parametrize("office_id", ["nowhere", "%00", "town-hall'", "TOWN-HALL", "x" * 500])
    async def test_of_an_office_that_there_is_not(self, closed_door: httpx.AsyncClient, office_id: str) -> None:
        refused(await closed_door.get(f"/api/queue/{office_id}"), 404, "unknown_office")

    async def test_of_an_empty_hall_names_every_counter(self, closed_door: httpx.AsyncClient) -> None:
        response = await closed_door.get(f"/api/queue/{TOWN_HALL}")
        assert response.headers["cache-control"] == "no-store"
        assert response.json() == {
            "office_id": TOWN_HALL,
            "office_name": "溪城市政务服务中心",
            "counters": [
                {"counter": "1", "line": "A线", "serving": None, "state": None, "open": True},
                {"counter": "2", "line": "A线", "serving": None, "state": None, "open": True},
                {"counter": "3", "line": "B线", "serving": None, "state": None, "open": True},
            ],
            "waiting": 0,
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
                },
            ],
            "called": [],
            "as_of": "2026-06-01T09:30:00+08:00",
            "open": True,
            "hours_today": [
                {"opens": "2026-06-01T09:00:00+08:00", "closes": "2026-06-01T12:00:00+08:00"},
                {"opens": "2026-06-01T13:30:00+08:00", "closes": "2026-06-01T17:00:00+08:00"},
            ],
            "opens_at": None,
        }

    @pytest.mark.parametrize(
        ("day", "clock", "hours", "opens_at"),
        [
            (MONDAY, "12:30", 2, "2026-06-01T13:30:00+08:00"),
            (MONDAY, "18:00", 2, "2026-06-02T09:00:00+08:00"),
            (date(2026, 6, 7), "10:00", 0, "2026-06-08T09:00:00+08:00"),
        ],
        ids=["at lunch", "in the evening", "on a Sunday"],
    )
    async def test_of_a_closed_hall_says_when_it_opens(
        self, halls: TownHouse, door: httpx.AsyncClient, day: date, clock: str, hours: int, opens_at: str
    ) -> None:
        set_clock(halls, day, clock)
        seen = await self.board(door)
        assert (seen["open"], len(seen["hours_today"]), seen["opens_at"]) == (False, hours, opens_at)
        assert not any(each["open"] for each in [*seen["counters"], *seen["lines"]])

    async def test_follows_calls_and_names_nobody(self, halls: TownHouse, visitor: Visitor, clerk: Clerk) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "09:00")
        await visitor.ask("POST", f"/{code}/check-in")
        await clerk.walk_in()
        assert (await self.board(visitor.http))["waiting"] == 2
        visit_id = (await clerk.did("POST", "/2/call-next"))["current"]["visit_id"]
        called = await self.board(visitor.http)
        assert called["counters"][1] == {
            "counter": "2",
            "line": "A线",
            "serving": "A001",
            "state": "called",
            "open": True,
        }
        assert called["called"] == [{"number": "A001", "counter": "2", "at": written(TUESDAY, "09:00"), "calls": 1}]
        assert (called["waiting"], called["lines"][0]["waiting"]) == (1, 1)
        await clerk.did("POST", "/2/serve", json={"visit_id": visit_id})
        serving = await self.board(visitor.http)
        assert serving["counters"][1]["state"] == "serving"
        person = somebody(1)
        for secret in (code, visit_id, person.name, person.phone, person.phone[-4:], visitor.visitor_id):
            assert secret not in str(called) + str(serving)

    async def test_is_read_in_traditional_characters_too(self, closed_door: httpx.AsyncClient) -> None:
        told = (await closed_door.get(f"/api/queue/{TOWN_HALL}", params={"lang": "zh-Hant"})).json()
        plain = await self.board(closed_door)
        assert told == rewritten(plain) | {"as_of": told["as_of"]} and told["lines"][0]["name"] == "A線"

    async def test_a_hall_without_queue_is_empty(self, closed_door: httpx.AsyncClient) -> None:
        board = await self.board(closed_door, WEST_HALL)
        assert (board["waiting"], board["called"]) == (0, [])

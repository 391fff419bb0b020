"""A suspicious series released or kept, and appeals by telephone, at the counter's doors."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from service_hall.appointments import upkeep
from tests.channels.callers import TUESDAY, Clerk, Visitor, set_clock, written
from tests.channels.web.conftest import refused
from tests.fakes import EAST_HALL
from tests.town_house import TownHouse
from tests.visit_town import somebody

CLOCKS = ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30")
MANY = 6


async def a_series(door: httpx.AsyncClient) -> list[str]:
    """The codes. All tests ask from one address."""
    return [
        await Visitor(door, number).booked(starts_at=written(TUESDAY, clock)) for number, clock in enumerate(CLOCKS)
    ]


class TestASeries:
    async def test_is_shown_and_released_in_one_go_but_for_the_one_that_is_kept(
        self, door: httpx.AsyncClient, clerk: Clerk
    ) -> None:
        codes = await a_series(door)
        [found] = (await clerk.did("GET", "/series"))["series"]
        assert found.keys() == {"series_id", "first_at", "last_at", "bookings", "waiting", "visits"}
        assert (found["bookings"], found["waiting"], len(found["visits"])) == (MANY, 0, MANY)
        card = next(card for card in found["visits"] if card["code_tail"] == codes[0][-4:])
        assert card["made_at"] == "2026-06-01T09:30:00+08:00" and codes[0] not in str(found)
        at = f"/series/{found['series_id']}"
        assert (await clerk.did("POST", f"{at}/keep", json={"visit_ids": [card["visit_id"]]}))["kept"] == 1
        assert (await clerk.did("POST", f"{at}/release"))["released"] == MANY - 1
        stand = [(await Visitor(door, number).shown(code))["status"] for number, code in enumerate(codes)]
        assert stand == ["booked", *["cancelled"] * (MANY - 1)]
        assert (await clerk.did("GET", "/series"))["series"] == []
        refused(await clerk.here("POST", f"{at}/release"), 404, "unknown_series")

    async def test_names_nobody_and_no_address(self, door: httpx.AsyncClient, clerk: Clerk) -> None:
        await a_series(door)
        shown = str(await clerk.did("GET", "/series"))
        assert "127.0.0.1" not in shown
        assert not any(part in shown for number in range(MANY) for part in (somebody(number).name, f"138{number:08d}"))

    async def test_of_another_office_is_none(self, door: httpx.AsyncClient, clerk: Clerk) -> None:
        await a_series(door)
        assert (await clerk.ask("GET", f"/{EAST_HALL}/series")).json() == {"series": []}
        refused(await clerk.ask("GET", "/nowhere/series"), 404, "unknown_office")


class TestAppealsByTelephone:
    @pytest.fixture
    async def code(self, halls: TownHouse, visitor: Visitor) -> str:
        """Of a visit to which nobody came."""
        code = await visitor.booked()
        set_clock(halls, TUESDAY + timedelta(days=1), "08:00")
        upkeep.end_days(halls.house.hall.means)
        return code

    async def find(self, clerk: Clerk, **told: object) -> list[dict[str, object]]:
        found: list[dict[str, object]] = (await clerk.did("POST", "/no-shows/find", json=told))["no_shows"]
        return found

    async def test_are_found_by_code_and_by_person_and_granted(self, clerk: Clerk, visitor: Visitor, code: str) -> None:
        person = {"name": somebody(1).name, "phone": somebody(1).phone}
        [by_code], [by_person] = await self.find(clerk, code=code.lower()), await self.find(clerk, person=person)
        assert by_code == by_person
        assert (by_code["counts"], by_code["restricted_until"], by_code["code_tail"]) == (True, None, code[-4:])
        assert somebody(1).phone not in str(by_code) and somebody(1).name not in str(by_code)
        at = f"/no-shows/{by_code['visit_id']}/excuse"
        assert await clerk.did("POST", at) == {"visit_id": by_code["visit_id"], "counts": False}
        refused(await clerk.here("POST", at), 404, "unknown_no_show")
        assert (await visitor.shown(code))["can"]["appeal"] is False

    async def test_a_restriction_is_lifted(self, clerk: Clerk, code: str) -> None:
        [found] = await self.find(clerk, code=code)
        assert (await clerk.did("POST", f"/no-shows/{found['visit_id']}/lift"))["excused"] == 1
        refused(await clerk.here("POST", f"/no-shows/{found['visit_id']}/lift"), 404, "unknown_no_show")

    @pytest.mark.parametrize(
        ("told", "error"),
        [
            ({}, "nothing_to_find"),
            ({"person": {"name": "7", "phone": "13800000001"}}, "bad_name"),
            ({"person": {"name": "王小明", "phone": "1"}}, "bad_phone"),
            ({"person": {"name": "王小明"}}, "invalid_input"),
            ({"code": "x" * 41}, "invalid_input"),
        ],
    )
    async def test_what_finds_nobody_says_why(self, clerk: Clerk, told: dict[str, object], error: str) -> None:
        refused(await clerk.here("POST", "/no-shows/find", json=told), 422, error)

    async def test_an_unknown_code_finds_nobody(self, clerk: Clerk) -> None:
        assert await self.find(clerk, code="nonsense") == []

"""`GET /api/appointments/openings`: both days included, `left` counted, nothing that cannot be booked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from tests.channels.callers import APPOINTMENTS, TUESDAY, Visitor, set_clock, written
from tests.channels.web.conftest import refused
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.town_house import TownHouse
from tests.visit_town import CARD, FELLING, MONDAY

OPENINGS = f"{APPOINTMENTS}/openings"
FRIDAY = date(2026, 6, 5)
SLOTS_OF_A_DAY = 6 + 7


async def openings(http: httpx.AsyncClient, **asked: Any) -> list[dict[str, Any]]:
    response = await http.get(OPENINGS, params={"guide_id": CARD, "office_id": TOWN_HALL, **asked})
    assert response.status_code == 200, response.text
    assert set(response.json()) == {"openings"}
    found: list[dict[str, Any]] = response.json()["openings"]
    return found


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "said",
        [
            "tomorrow",
            "2026-6-2",
            "2026-02-30",
            "20260602",
            "0",
            "2026-06-02T00:00:00",
            "2026-06-02 ",
            "２０２６-06-02",
            "-1",
        ],
    )
    @pytest.mark.parametrize("end", ["from", "to"])
    async def test_a_day_that_is_none(self, closed_door: httpx.AsyncClient, end: str, said: str) -> None:
        asked = {"guide_id": CARD, "office_id": TOWN_HALL, end: said}
        response = await closed_door.get(OPENINGS, params=asked)
        refused(response, 422, "bad_day")
        assert "2026-11-26" in response.json()["message"]

    async def test_an_end_before_the_beginning(self, closed_door: httpx.AsyncClient) -> None:
        asked = {"guide_id": CARD, "office_id": TOWN_HALL, "from": "2026-06-03", "to": "2026-06-02"}
        refused(await closed_door.get(OPENINGS, params=asked), 422, "bad_days")

    @pytest.mark.parametrize(
        ("asked", "error"),
        [
            ({"office_id": TOWN_HALL}, "invalid_input"),
            ({"guide_id": CARD}, "invalid_input"),
            ({"guide_id": "nothing", "office_id": TOWN_HALL}, "unknown_guide"),
            ({"guide_id": "\x00", "office_id": TOWN_HALL}, "unknown_guide"),
            ({"guide_id": "g" * 65, "office_id": TOWN_HALL}, "invalid_input"),
            ({"guide_id": CARD, "office_id": "nowhere"}, "unknown_office"),
            ({"guide_id": CARD, "office_id": EAST_HALL}, "not_handled"),
        ],
        ids=str,
    )
    async def test_what_there_is_not(self, closed_door: httpx.AsyncClient, asked: dict[str, str], error: str) -> None:
        refused(await closed_door.get(OPENINGS, params=asked), 422, error)


class TestOpenings:
    async def test_need_no_token_and_tell_when_and_how_many(self, door: httpx.AsyncClient) -> None:
        day = TUESDAY.isoformat()
        found = await openings(door, **{"from": day, "to": day})
        assert len(found) == SLOTS_OF_A_DAY
        assert found[0] == {"starts_at": "2026-06-02T09:00:00+08:00", "left": 2}
        assert found == sorted(found, key=lambda each: each["starts_at"])
        assert {each["starts_at"][11:16] for each in found}.isdisjoint({"12:00", "12:30", "13:00", "17:00"})

    async def test_both_days_are_included(self, door: httpx.AsyncClient) -> None:
        found = await openings(door, **{"from": "2026-06-02", "to": "2026-06-04"})
        assert sorted({each["starts_at"][:10] for each in found}) == ["2026-06-02", "2026-06-03", "2026-06-04"]

    @pytest.mark.parametrize("ends", [{}, {"from": "", "to": ""}, {"from": "1900-01-01", "to": "9999-12-31"}])
    async def test_without_days_they_reach_as_far_as_can_be_booked(
        self, door: httpx.AsyncClient, ends: dict[str, str]
    ) -> None:
        found = await openings(door, **ends)
        assert found[0]["starts_at"] == written(MONDAY, "10:00")
        assert found[-1]["starts_at"] == written(MONDAY + timedelta(days=14), "16:30")

    async def test_a_day_off_and_a_day_gone_have_none(self, door: httpx.AsyncClient) -> None:
        assert await openings(door, **{"from": "2026-06-06", "to": "2026-06-07"}) == []
        assert await openings(door, **{"from": "2026-05-01", "to": "2026-05-29"}) == []
        assert await openings(door, **{"from": "2026-07-01", "to": "2026-07-02"}) == []

    async def test_a_holiday_has_none(self, halls: TownHouse, door: httpx.AsyncClient) -> None:
        set_clock(halls, date(2026, 6, 15), "08:00")
        found = await openings(door, **{"from": "2026-06-18", "to": "2026-06-22"})
        assert {each["starts_at"][:10] for each in found} == {"2026-06-18", "2026-06-22"}

    async def test_a_full_one_is_left_out_unless_asked_for(self, visitor: Visitor) -> None:
        await visitor.booked(guide_id=FELLING)
        asked = {"guide_id": FELLING, "from": TUESDAY.isoformat(), "to": TUESDAY.isoformat()}
        free = await openings(visitor.http, **asked)
        assert len(free) == SLOTS_OF_A_DAY - 1
        assert written(TUESDAY, "09:00") not in {each["starts_at"] for each in free}
        everything = await openings(visitor.http, **asked, full="true")
        assert everything[0] == {"starts_at": written(TUESDAY, "09:00"), "left": 0}

    async def test_every_one_can_be_booked(self, visitor: Visitor) -> None:
        found = await openings(visitor.http, **{"from": FRIDAY.isoformat(), "to": FRIDAY.isoformat()})
        for each in (found[0], found[-1]):
            code = await visitor.booked(key=each["starts_at"], starts_at=each["starts_at"])
            await visitor.ask("DELETE", f"/{code}")

    async def test_a_cancelled_place_is_free_again(self, visitor: Visitor) -> None:
        day = TUESDAY.isoformat()
        before = await openings(visitor.http, **{"from": day, "to": day})
        code = await visitor.booked()
        await visitor.ask("DELETE", f"/{code}")
        assert await openings(visitor.http, **{"from": day, "to": day}) == before

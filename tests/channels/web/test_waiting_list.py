"""`/api/appointments/waiting-list`, and the place that is offered from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from channels.languages import rewritten
from service_hall.reminders.delivering import deliver_due
from tests.channels.callers import TUESDAY, Visitor, set_clock, written
from tests.channels.web.conftest import refused
from tests.fakes import TOWN_HALL
from tests.town_house import TownHouse
from tests.visit_town import CARD, FELLING, LOST, MONDAY, somebody

LIST = "/waiting-list"


def wish(visitor: Visitor, **changed: Any) -> dict[str, Any]:
    """For the one tree place of Tuesday at nine, or any other of the day."""
    person = somebody(visitor.number)
    return {
        "guide_id": FELLING,
        "office_id": TOWN_HALL,
        "first_day": TUESDAY.isoformat(),
        "last_day": TUESDAY.isoformat(),
        "name": person.name,
        "phone": person.phone,
        **changed,
    }


async def wishes_of(visitor: Visitor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await visitor.ask("GET", LIST)).json()["wishes"]
    return found


async def take_the_day(door: httpx.AsyncClient) -> list[tuple[Visitor, str]]:
    """Every tree place of Tuesday, each by another visitor; visitors from number 20 on."""
    day = TUESDAY.isoformat()
    asked = {"guide_id": FELLING, "office_id": TOWN_HALL, "from": day, "to": day}
    openings = (await door.get("/api/appointments/openings", params=asked)).json()["openings"]
    taken = []
    for number, opening in enumerate(openings, start=20):
        visitor = Visitor(door, number)
        taken.append((visitor, await visitor.booked(guide_id=FELLING, starts_at=opening["starts_at"])))
    return taken


async def test_it_is_read_in_traditional_characters_too(visitor: Visitor) -> None:
    kept = (await visitor.ask("POST", LIST, json=wish(visitor))).json()
    told = (await visitor.ask("GET", f"{LIST}?lang=zh-Hant")).json()["wishes"]
    assert told == [rewritten(kept)] and told[0]["guide_name"] == "林木採伐許可" != kept["guide_name"]


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"first_day": "soon"}, "bad_day"),
            ({"last_day": "2026-06-31"}, "bad_day"),
            ({"last_day": None}, "bad_day"),
            ({"last_day": 20260602}, "bad_day"),
            ({"last_day": "2026-06-01"}, "past"),
            ({"first_day": "2026-05-01", "last_day": "2026-05-02"}, "past"),
            ({"first_day": "2026-07-01", "last_day": "2026-07-02"}, "beyond_horizon"),
            ({"guide_id": "nothing"}, "unknown_guide"),
            ({"office_id": "nowhere"}, "unknown_office"),
            ({"office_id": "west-hall"}, "not_handled"),
            ({"name": "7"}, "bad_name"),
            ({"phone": "12345"}, "bad_phone"),
            ({"id_number": "1"}, "bad_id_number"),
        ],
        ids=str,
    )
    async def test_what_cannot_be_wished_for(self, turned_away: Visitor, changed: dict[str, Any], error: str) -> None:
        refused(await turned_away.ask("POST", LIST, json=wish(turned_away, **changed)), 422, error)
        assert await wishes_of(turned_away) == []

    @pytest.mark.parametrize(("wish_id", "status"), [("l_NOTHING", 404), ("%00", 422), ("x" * 65, 422), ("'--", 422)])
    async def test_a_wish_that_there_is_not(self, turned_away: Visitor, wish_id: str, status: int) -> None:
        refused(await turned_away.ask("DELETE", f"{LIST}/{wish_id}"), status)


class TestWaiting:
    async def test_a_wish_is_kept_and_listed(self, door: httpx.AsyncClient) -> None:
        await take_the_day(door)
        visitor = Visitor(door)
        response = await visitor.ask("POST", LIST, json=wish(visitor))
        assert response.status_code == 201
        body = response.json()
        assert body.pop("wish_id").startswith("l_")
        assert body == {
            "guide_id": FELLING,
            "guide_name": "林木采伐许可",
            "office_id": TOWN_HALL,
            "office_name": "溪城市政务服务中心",
            "first_day": "2026-06-02",
            "last_day": "2026-06-02",
            "status": "waiting",
        }
        assert await wishes_of(visitor) == [response.json()]
        again = await visitor.ask("POST", LIST, json=wish(visitor))
        assert again.json() == response.json()
        assert len(await wishes_of(visitor)) == 1

    async def test_a_wish_reaches_no_further_than_can_be_booked(self, door: httpx.AsyncClient) -> None:
        await take_the_day(door)
        visitor = Visitor(door)
        response = await visitor.ask("POST", LIST, json=wish(visitor, last_day="9999-12-31"))
        assert response.json()["last_day"] == (MONDAY + timedelta(days=14)).isoformat()

    async def test_a_wish_is_withdrawn_by_its_visitor_alone(self, door: httpx.AsyncClient) -> None:
        await take_the_day(door)
        visitor, other = Visitor(door), Visitor(door, 2)
        wish_id = (await visitor.ask("POST", LIST, json=wish(visitor))).json()["wish_id"]
        refused(await other.ask("DELETE", f"{LIST}/{wish_id}"), 404, "unknown_wish")
        assert len(await wishes_of(visitor)) == 1
        for _ in range(2):
            response = await visitor.ask("DELETE", f"{LIST}/{wish_id}")
            assert (response.status_code, response.json()) == (200, {"wishes": []})

    async def test_two_wishes_are_the_most(self, door: httpx.AsyncClient) -> None:
        await take_the_day(door)
        visitor = Visitor(door)
        far = date(2026, 6, 13).isoformat()  # a Saturday: nothing is free then
        await visitor.ask("POST", LIST, json=wish(visitor))
        await visitor.ask("POST", LIST, json=wish(visitor, guide_id=CARD, first_day=far, last_day=far))
        third = await visitor.ask("POST", LIST, json=wish(visitor, guide_id=LOST, first_day=far, last_day=far))
        refused(third, 409, "limit_reached")


class TestTheOffer:
    async def test_a_freed_place_is_held_for_whoever_waited_first(
        self, halls: TownHouse, door: httpx.AsyncClient
    ) -> None:
        taken = await take_the_day(door)
        first, second = Visitor(door, 1), Visitor(door, 2)
        await first.ask("POST", LIST, json=wish(first))
        set_clock(halls, MONDAY, "09:31")
        await second.ask("POST", LIST, json=wish(second))
        owner, code = taken[3]
        await owner.ask("DELETE", f"/{code}")
        [held] = (await first.ask("GET")).json()["appointments"]
        assert (held["status"], held["starts_at"]) == ("held", written(TUESDAY, "10:30"))
        assert held["held_until"] == written(MONDAY, "10:01")
        assert [each["status"] for each in await wishes_of(first)] == ["offered"]
        assert (await second.ask("GET")).json()["appointments"] == []
        assert [each["status"] for each in await wishes_of(second)] == ["waiting"]

        deliver_due(halls.house.hall.means, halls.house.notice_doors)
        [pushed] = halls.records.pushed_after(first.visitor_id, 0)
        accept = pushed.reply.model_dump()["options"][0]["payload"]
        said = await door.post("/api/chat/messages", json={"payload": accept}, headers=first.headers)
        assert said.json()["outcome"] == "done", said.text
        [booked] = (await first.ask("GET")).json()["appointments"]
        assert (booked["code"], booked["status"]) == (held["code"], "booked")
        assert await wishes_of(first) == []

    async def test_an_offer_that_is_cancelled_goes_to_the_next(self, halls: TownHouse, door: httpx.AsyncClient) -> None:
        taken = await take_the_day(door)
        first, second = Visitor(door, 1), Visitor(door, 2)
        await first.ask("POST", LIST, json=wish(first))
        set_clock(halls, MONDAY, "09:31")
        await second.ask("POST", LIST, json=wish(second))
        owner, code = taken[0]
        await owner.ask("DELETE", f"/{code}")
        [held] = (await first.ask("GET")).json()["appointments"]
        await first.ask("DELETE", f"/{held['code']}")
        assert [each["status"] for each in (await second.ask("GET")).json()["appointments"]] == ["held"]
        assert await wishes_of(first) == []

    async def test_where_something_is_free_it_is_offered_at_once(self, visitor: Visitor) -> None:
        response = await visitor.ask("POST", LIST, json=wish(visitor))
        assert (response.status_code, response.json()["status"]) == (201, "offered")
        assert [each["status"] for each in (await visitor.ask("GET")).json()["appointments"]] == ["held"]

"""Closures, extra hours, the days ahead, bookings by staff and appeals: nobody is dropped in silence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from service_hall.appointments import upkeep
from tests.channels.callers import TUESDAY, Clerk, Visitor, set_clock, written
from tests.channels.web.conftest import refused
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.town_house import TownHouse
from tests.visit_town import CARD, FELLING, LOST, MONDAY, moment, somebody

WHOLE_TUESDAY = {"from": written(TUESDAY, "00:00"), "until": written(TUESDAY + timedelta(days=1), "00:00")}
MORNING = {"from": written(TUESDAY, "09:00"), "until": written(TUESDAY, "12:00")}
SATURDAY = date(2026, 6, 6)


def closing(hours: dict[str, str], do: str = "notify", **more: str) -> dict[str, str]:
    return {**hours, "reason": "停电检修", "do": do, **more}


class TestTheDaysAhead:
    async def test_tell_what_is_booked_and_what_can_be(self, clerk: Clerk, visitor: Visitor) -> None:
        await visitor.booked()
        body = await clerk.did("GET", f"/days?from={MONDAY}&to={SATURDAY}")
        days = {day["day"]: day for day in body["days"]}
        assert list(days) == [(MONDAY + timedelta(days=number)).isoformat() for number in range(6)]
        assert days["2026-06-02"] == {"day": "2026-06-02", "booked": 1, "capacity": 39, "closed": False, "why": ""}
        assert (days["2026-06-06"]["closed"], days["2026-06-06"]["capacity"]) == (True, 0)

    async def test_name_the_holiday_and_the_closure(self, clerk: Clerk) -> None:
        await clerk.did("POST", "/closures", json=closing(WHOLE_TUESDAY))
        days = {day["day"]: day for day in (await clerk.did("GET", f"/days?from={MONDAY}&to=2026-06-20"))["days"]}
        assert days["2026-06-19"]["why"] == "端午节"
        assert (days["2026-06-02"]["closed"], days["2026-06-02"]["why"]) == (True, "停电检修")
        assert (days["2026-06-01"]["why"], days["2026-06-03"]["why"]) == ("", "")

    async def test_are_the_horizon_unless_asked_for_and_two_months_at_most(self, clerk: Clerk) -> None:
        assert len((await clerk.did("GET", "/days"))["days"]) == 15
        assert len((await clerk.did("GET", f"/days?from={MONDAY}&to=9999-12-31"))["days"]) == 63
        refused(await clerk.here("GET", "/days?from=0001-01-01&to=0001-01-02"), 422, "bad_day")

    @pytest.mark.parametrize(
        ("asked", "error"),
        [
            ("from=soon", "bad_day"),
            ("to=2026-02-30", "bad_day"),
            ("from=2026-06-03&to=2026-06-02", "bad_days"),
            ("from=9999-12-31", "beyond_horizon"),
        ],
    )
    async def test_of_odd_days(self, clerk: Clerk, asked: str, error: str) -> None:
        refused(await clerk.here("GET", f"/days?{asked}"), 422, error)

    async def test_of_an_office_that_there_is_not(self, clerk: Clerk) -> None:
        for rest in ("days", "closures"):
            refused(await clerk.ask("GET", f"/nowhere/{rest}"), 404, "unknown_office")


class TestClosing:
    async def test_is_shown_before_it_is_done(self, clerk: Clerk, visitor: Visitor) -> None:
        code = await visitor.booked()
        before = await visitor.shown(code)
        body = await clerk.did("POST", "/closures/preview", json=MORNING)
        [hit] = body["hits"]
        assert (hit["code_tail"], hit["starts_at"], hit["status"]) == (code[-4:], before["starts_at"], "booked")
        assert (await clerk.did("GET", "/closures"))["closures"] == []
        assert await visitor.shown(code) == before

    async def test_that_hits_nobody_shows_nobody(self, clerk: Clerk, visitor: Visitor) -> None:
        await visitor.booked()
        afternoon = {"from": written(TUESDAY, "13:30"), "until": written(TUESDAY, "17:00")}
        for hours in (afternoon, MORNING | {"line_id": "trees"}):
            assert await clerk.did("POST", "/closures/preview", json=hours) == {"hits": []}

    async def test_and_telling_leaves_the_booking_in_need_of_a_new_time(self, clerk: Clerk, visitor: Visitor) -> None:
        code = await visitor.booked()
        response = await clerk.here("POST", "/closures", json=closing(WHOLE_TUESDAY))
        assert response.status_code == 201
        body = response.json()
        assert set(body) == {"closure_id", "moved", "displaced", "let_go", "waiting"}
        assert [card["code_tail"] for card in body["displaced"]] == [code[-4:]]
        assert body["moved"] == body["let_go"] == body["waiting"] == []
        shown = await visitor.shown(code)
        assert (shown["status"], shown["needs_new_time"]) == ("booked", True)
        refused(await visitor.book(key="2", guide_id=LOST), 422, "closed_day")
        moved = await visitor.ask(
            "POST", f"/{code}/reschedule", json={"starts_at": written(TUESDAY + timedelta(days=1), "09:00")}
        )
        assert (moved.status_code, moved.json()["needs_new_time"]) == (200, False)

    async def test_and_moving_gives_the_nearest_free_time(self, clerk: Clerk, visitor: Visitor) -> None:
        code = await visitor.booked()
        body = await clerk.did("POST", "/closures", json=closing(MORNING, do="move"))
        [moved] = body["moved"]
        assert (moved["code_tail"], body["displaced"]) == (code[-4:], [])
        shown = await visitor.shown(code)
        assert (shown["starts_at"], shown["needs_new_time"]) == (moved["starts_at"], False)
        assert shown["starts_at"] == written(TUESDAY, "13:30")

    async def test_leaves_those_in_the_hall_to_the_clerks(
        self, halls: TownHouse, clerk: Clerk, visitor: Visitor
    ) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "08:30")
        await visitor.ask("POST", f"/{code}/check-in")
        body = await clerk.did("POST", "/closures", json=closing(MORNING))
        assert [card["number"] for card in body["waiting"]] == ["A001"]
        assert (await visitor.shown(code))["status"] == "checked_in"

    async def test_of_one_line_leaves_the_others_open(self, clerk: Clerk, visitor: Visitor) -> None:
        await clerk.did("POST", "/closures", json=closing(WHOLE_TUESDAY, line_id="cards"))
        refused(await visitor.book(), 422, "closed_day")
        await visitor.booked(guide_id=FELLING)

    async def test_is_listed_and_can_be_taken_back(self, clerk: Clerk, visitor: Visitor) -> None:
        code = await visitor.booked()
        closure_id = (await clerk.did("POST", "/closures", json=closing(MORNING)))["closure_id"]
        assert await clerk.did("GET", "/closures") == {
            "closures": [{"closure_id": closure_id, "line_id": "", **MORNING, "reason": "停电检修"}],
            "extra_hours": [],
        }
        refused(await clerk.ask("DELETE", f"/{EAST_HALL}/closures/{closure_id}"), 404, "unknown_closure")
        body = await clerk.did("DELETE", f"/closures/{closure_id}")
        assert [card["code_tail"] for card in body["restored"]] == [code[-4:]]
        assert (await visitor.shown(code))["needs_new_time"] is False
        assert (await clerk.did("GET", "/closures"))["closures"] == []
        refused(await clerk.here("DELETE", f"/closures/{closure_id}"), 404, "unknown_closure")

    async def test_of_what_can_be_no_closure(self, clerk: Clerk) -> None:
        refused(await clerk.here("DELETE", "/closures/c_NOTHING"), 404, "unknown_closure")
        refused(await clerk.here("DELETE", "/closures/%00"), 422, "invalid_input")

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"until": MORNING["from"]}, "bad_hours"),
            ({"until": written(MONDAY, "09:00")}, "bad_hours"),
            ({"until": "2028-06-02T09:00:00+08:00"}, "bad_hours"),
            ({"from": written(date(2026, 5, 1), "09:00"), "until": written(date(2026, 5, 1), "12:00")}, "past"),
            ({"from": "2026-06-02T09:00:00"}, "bad_time"),
            ({"until": "9999-12-31T23:59:59-12:00"}, "bad_time"),
            ({"from": "tomorrow"}, "bad_time"),
            ({"line_id": "planes"}, "unknown_line"),
            ({"reason": ""}, "invalid_input"),
            ({"reason": " "}, "invalid_input"),
            ({"reason": "长" * 201}, "invalid_input"),
            ({"do": "nothing"}, "invalid_input"),
            ({"do": ""}, "invalid_input"),
        ],
        ids=str,
    )
    async def test_that_makes_no_sense_is_refused(self, clerk: Clerk, changed: dict[str, Any], error: str) -> None:
        refused(await clerk.here("POST", "/closures", json=closing(MORNING) | changed), 422, error)
        assert (await clerk.did("GET", "/closures"))["closures"] == []

    async def test_is_the_same_instant_in_whatever_zone_it_is_written(self, clerk: Clerk, visitor: Visitor) -> None:
        hours = {"from": "2026-06-02T01:00:00Z", "until": "2026-06-01T23:00:00-05:00"}
        await clerk.did("POST", "/closures", json=closing(hours))
        [closure] = (await clerk.did("GET", "/closures"))["closures"]
        assert (closure["from"], closure["until"]) == (MORNING["from"], MORNING["until"])
        refused(await visitor.book(), 422, "no_opening")


class TestExtraHours:
    async def add(self, clerk: Clerk, **changed: Any) -> Any:
        hours = {"day": SATURDAY.isoformat(), "opens": "09:00", "closes": "11:00", **changed}
        return await clerk.here("POST", "/extra-hours", json=hours)

    async def test_open_a_day_and_close_it_again(self, clerk: Clerk, visitor: Visitor) -> None:
        response = await self.add(clerk, line_id="cards")
        assert response.status_code == 201
        extra = response.json()
        assert extra == {
            "extra_id": extra["extra_id"],
            "line_id": "cards",
            "day": "2026-06-06",
            "opens": "09:00",
            "closes": "11:00",
        }
        assert (await clerk.did("GET", "/closures"))["extra_hours"] == [extra]
        code = await visitor.booked(starts_at=written(SATURDAY, "09:00"))
        refused(await visitor.book(key="2", guide_id=FELLING, starts_at=written(SATURDAY, "09:00")), 422, "closed_day")
        refused(await clerk.ask("DELETE", f"/{EAST_HALL}/extra-hours/{extra['extra_id']}"), 404, "unknown_hours")
        body = await clerk.did("DELETE", f"/extra-hours/{extra['extra_id']}")
        assert [card["code_tail"] for card in body["displaced"]] == [code[-4:]]
        assert (await visitor.shown(code))["needs_new_time"] is True
        refused(await clerk.here("DELETE", f"/extra-hours/{extra['extra_id']}"), 404, "unknown_hours")

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"closes": "09:00"}, "bad_hours"),
            ({"closes": "08:00"}, "bad_hours"),
            ({"day": "2026-05-31"}, "past"),
            ({"day": "9999-12-31"}, "beyond_horizon"),
            ({"day": "Saturday"}, "bad_day"),
            ({"line_id": "planes"}, "unknown_line"),
            ({"opens": "9:00"}, "invalid_input"),
            ({"opens": "25:00"}, "invalid_input"),
            ({"closes": "11:60"}, "invalid_input"),
            ({"opens": "09:00\n"}, "invalid_input"),
            ({"opens": "０９:00"}, "invalid_input"),
        ],
        ids=str,
    )
    async def test_that_make_no_sense_are_refused(self, clerk: Clerk, changed: dict[str, Any], error: str) -> None:
        refused(await self.add(clerk, **changed), 422, error)
        assert (await clerk.did("GET", "/closures"))["extra_hours"] == []


class TestBookingForSomebody:
    def body(self, number: int = 9, **changed: Any) -> dict[str, Any]:
        person = somebody(number)
        return {
            "guide_id": CARD,
            "starts_at": written(TUESDAY, "09:00"),
            "name": person.name,
            "phone": person.phone,
            **changed,
        }

    async def book(self, clerk: Clerk, number: int = 9, key: str = "k", **changed: Any) -> Any:
        return await clerk.here(
            "POST", "/appointments", json=self.body(number, **changed), headers={"Idempotency-Key": key}
        )

    async def left(self, clerk: Clerk) -> tuple[int, int]:
        """Places on Tuesday at nine: of the public's share and of the staff's."""
        day = TUESDAY.isoformat()
        asked = {"guide_id": CARD, "office_id": TOWN_HALL, "from": day, "to": day, "full": "true"}
        public = (await clerk.http.get("/api/appointments/openings", params=asked)).json()["openings"]
        internal = (await clerk.did("GET", f"/openings?guide_id={CARD}&day={day}"))["openings"]

        def at_nine(openings: list[dict[str, Any]]) -> int:
            return sum(each["left"] for each in openings if each["starts_at"] == written(TUESDAY, "09:00"))

        return at_nine(public), at_nine(internal)

    async def test_takes_the_staffs_share_and_not_the_publics(self, clerk: Clerk) -> None:
        assert await self.left(clerk) == (2, 1)
        response = await self.book(clerk)
        assert response.status_code == 201
        body = response.json()
        assert set(body) == {
            "code",
            "guide_id",
            "guide_name",
            "starts_at",
            "counter",
            "status",
            "needs_new_time",
        }
        assert (body["starts_at"], body["counter"]) == (written(TUESDAY, "09:00"), "1—2号窗口")
        assert await self.left(clerk) == (2, 0)

    async def test_and_the_public_takes_its_own(self, clerk: Clerk, visitor: Visitor) -> None:
        await visitor.booked()
        assert await self.left(clerk) == (1, 1)

    async def test_where_the_share_is_used_up_offers_others_of_it(self, clerk: Clerk) -> None:
        await self.book(clerk)
        response = await self.book(clerk, number=10, key="another")
        assert (response.status_code, response.json()["error"]) == (409, "slot_full")
        assert len(response.json()["alternatives"]) == 3

    async def test_with_the_same_key_is_the_same(self, clerk: Clerk) -> None:
        first, again = await self.book(clerk), await self.book(clerk)
        assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())

    async def test_checks_in_with_its_code(self, halls: TownHouse, clerk: Clerk) -> None:
        code = (await self.book(clerk)).json()["code"]
        set_clock(halls, TUESDAY, "08:30")
        assert (await clerk.did("POST", "/check-in", json={"code": code}))["ticket"]["number"] == "A001"

    async def test_may_be_for_the_next_minutes(self, halls: TownHouse, clerk: Clerk) -> None:
        halls.clock.at = moment(TUESDAY, "08:58")
        assert (await self.book(clerk)).status_code == 201

    async def test_counts_among_what_staff_booked_and_tells_no_citizen_of_it(
        self, clerk: Clerk, visitor: Visitor
    ) -> None:
        person = somebody(9)
        assert (await self.book(clerk)).status_code == 201
        refused(await self.book(clerk, key="another", starts_at=written(TUESDAY, "10:00")), 409, "limit_reached")
        await visitor.booked(name=person.name, phone=person.phone)

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"name": "7"}, "bad_name"),
            ({"phone": "1"}, "bad_phone"),
            ({"id_number": "1"}, "bad_id_number"),
            ({"starts_at": "2026-06-02T09:00:00"}, "bad_time"),
            ({"starts_at": written(MONDAY, "09:00")}, "past"),
            ({"starts_at": written(SATURDAY, "09:00")}, "closed_day"),
            ({"guide_id": "nothing"}, "unknown_guide"),
            ({"guide_id": "dog-register"}, "not_handled"),
        ],
        ids=str,
    )
    async def test_what_cannot_be_is_refused(self, clerk: Clerk, changed: dict[str, Any], error: str) -> None:
        refused(await self.book(clerk, **changed), 422, error)

    async def test_needs_a_key_and_an_office(self, clerk: Clerk) -> None:
        refused(await self.book(clerk, key=" "), 422, "missing_idempotency_key")
        asked = {"json": self.body(), "headers": {"Idempotency-Key": "k"}}
        refused(await clerk.ask("POST", "/nowhere/appointments", **asked), 404, "unknown_office")
        refused(await clerk.here("GET", f"/openings?guide_id={CARD}&day=soon"), 422, "bad_day")
        refused(await clerk.here("GET", "/openings?guide_id=nothing&day=2026-06-02"), 422, "unknown_guide")


class TestAppeals:
    async def appealed(self, halls: TownHouse, visitor: Visitor) -> str:
        code = await visitor.booked()
        set_clock(halls, TUESDAY + timedelta(days=1), "08:00")
        upkeep.end_days(halls.house.hall.means)
        await visitor.ask("POST", f"/{code}/appeal", json={"reason": "地铁停运"})
        return code

    async def test_none_without_any(self, clerk: Clerk) -> None:
        assert await clerk.did("GET", "/appeals") == {"appeals": []}

    async def test_are_listed_at_their_office(self, halls: TownHouse, visitor: Visitor, clerk: Clerk) -> None:
        await self.appealed(halls, visitor)
        [made] = (await clerk.did("GET", "/appeals"))["appeals"]
        assert made == {
            "visit_id": made["visit_id"],
            "guide_name": "借书证首次办理",
            "starts_at": written(TUESDAY, "09:00"),
            "reason": "地铁停运",
            "made_at": written(TUESDAY + timedelta(days=1), "08:00"),
        }
        assert (await clerk.ask("GET", f"/{EAST_HALL}/appeals")).json() == {"appeals": []}

    @pytest.mark.parametrize("grant", [True, False])
    async def test_are_decided_once(self, halls: TownHouse, visitor: Visitor, clerk: Clerk, grant: bool) -> None:
        code = await self.appealed(halls, visitor)
        [made] = (await clerk.did("GET", "/appeals"))["appeals"]
        address = f"/appeals/{made['visit_id']}"
        refused(await clerk.ask("POST", f"/{EAST_HALL}{address}", json={"grant": grant}), 404, "unknown_appeal")
        assert await clerk.did("POST", address, json={"grant": grant}) == {
            "visit_id": made["visit_id"],
            "granted": grant,
        }
        assert await clerk.did("GET", "/appeals") == {"appeals": []}
        refused(await clerk.here("POST", address, json={"grant": not grant}), 404, "unknown_appeal")
        assert (await visitor.shown(code))["can"]["appeal"] is False

    async def test_that_there_are_not(self, clerk: Clerk) -> None:
        refused(await clerk.here("POST", "/appeals/w_NOBODY", json={"grant": True}), 404, "unknown_appeal")
        refused(await clerk.here("POST", "/appeals/%00", json={"grant": True}), 422, "invalid_input")
        refused(await clerk.here("POST", "/appeals/w_NOBODY", json={"grant": "perhaps"}), 422, "invalid_input")

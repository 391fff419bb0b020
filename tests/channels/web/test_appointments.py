"""`POST /api/appointments`, beginning with the caller whom nobody knows."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pytest

from channels.bodies import MOST_BODY_BYTES
from channels.inputs import MOST_KEY_CHARACTERS
from channels.languages import traditional
from channels.own_page import COOKIE, PAGE_HEADER
from service_hall.appointments import upkeep
from service_hall.appointments.outcomes import Unknown
from tests.channels.callers import APPOINTMENTS, OWN_PAGE, TUESDAY, Visitor, set_clock, written
from tests.channels.web.conftest import CHINESE_SENTENCE, Knock, refused
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.town_house import SharedHallShelf, TownHouse
from tests.visit_town import CARD, DOG, FELLING, LOST, MONDAY, moment, somebody

CODE = "ABCDE23456"
IDENTITY = "110101199003078515"
NEED_A_VISITOR = [
    ("GET", ""),
    ("POST", ""),
    ("GET", f"/{CODE}"),
    ("DELETE", f"/{CODE}"),
    ("POST", f"/{CODE}/reschedule"),
    ("POST", f"/{CODE}/check-in"),
    ("GET", f"/{CODE}/ticket"),
    ("GET", f"/{CODE}/calendar.ics"),
    ("PUT", f"/{CODE}/pack"),
    ("PUT", f"/{CODE}/consent"),
    ("POST", f"/{CODE}/rating"),
    ("POST", f"/{CODE}/appeal"),
    ("GET", "/waiting-list"),
    ("POST", "/waiting-list"),
    ("DELETE", "/waiting-list/l_1"),
]

ALWAYS_BROUGHT = {"when": "", "given_at_counter": False, "ticked": False, "change": ""}


class TestWhoIsAsking:
    @pytest.mark.parametrize(("method", "rest"), NEED_A_VISITOR)
    async def test_a_stranger_is_refused_before_the_body_is_looked_at(
        self, closed_door: httpx.AsyncClient, method: str, rest: str
    ) -> None:
        response = await closed_door.request(method, f"{APPOINTMENTS}{rest}")
        refused(response, 401, "invalid_token")
        assert response.headers["www-authenticate"] == "Bearer"

    @pytest.mark.parametrize(("method", "rest"), NEED_A_VISITOR)
    async def test_a_forged_token_is_refused(self, closed_door: httpx.AsyncClient, method: str, rest: str) -> None:
        headers = {"Authorization": "Bearer v_001.forged"}
        refused(await closed_door.request(method, f"{APPOINTMENTS}{rest}", headers=headers), 401, "invalid_token")

    async def test_our_own_page_is_known_by_its_cookie_and_its_header(self, turned_away: Visitor) -> None:
        _, _, token = turned_away.headers["Authorization"].partition(" ")
        cookie = {"Cookie": f"{COOKIE}={token}"}
        assert (await turned_away.http.get(APPOINTMENTS, headers=cookie | OWN_PAGE)).status_code == 200
        refused(await turned_away.http.get(APPOINTMENTS, headers=cookie), 401)
        refused(await turned_away.http.get(APPOINTMENTS, headers=cookie | {PAGE_HEADER: "0"}), 401)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"starts_at": written(MONDAY, "09:00")}, "past"),
            ({"starts_at": "2020-01-01T09:00:00+08:00"}, "past"),
            ({"starts_at": "1900-01-01T09:00:00+08:00"}, "past"),
            ({"starts_at": written(MONDAY, "09:45")}, "too_soon"),
            ({"starts_at": written(MONDAY + timedelta(days=15), "09:00")}, "beyond_horizon"),
            ({"starts_at": "8999-12-31T23:59:59-12:00"}, "beyond_horizon"),
            ({"starts_at": written(date(2026, 6, 6), "09:00")}, "closed_day"),
            ({"starts_at": written(TUESDAY, "12:30")}, "no_opening"),
            ({"starts_at": written(TUESDAY, "17:00")}, "no_opening"),
            ({"starts_at": written(TUESDAY, "09:01")}, "no_opening"),
            ({"starts_at": "2026-06-02T09:00:00.5+08:00"}, "no_opening"),
            ({"starts_at": "2026-06-02T09:00:00Z"}, "no_opening"),
            ({"guide_id": "walk-the-moon"}, "unknown_guide"),
            ({"guide_id": "\x00"}, "unknown_guide"),
            ({"office_id": "moon"}, "unknown_office"),
            ({"office_id": ""}, "unknown_office"),
            ({"office_id": EAST_HALL}, "not_handled"),
            ({"name": ""}, "bad_name"),
            ({"name": "7"}, "bad_name"),
            ({"name": "\x00\x00"}, "bad_name"),
            ({"name": "<b>张三</b>"}, "bad_name"),
            ({"name": "我要预约"}, "bad_name"),
            ({"phone": ""}, "bad_phone"),
            ({"phone": "12345"}, "bad_phone"),
            ({"phone": "010-12345678"}, "bad_phone"),
            ({"phone": "+1 212 555 0100"}, "bad_phone"),
            ({"id_number": "123"}, "bad_id_number"),
            ({"id_number": IDENTITY[:-1] + "6"}, "bad_id_number"),
            ({"id_number": "110101209903078515"}, "bad_id_number"),
        ],
        ids=str,
    )
    async def test_what_cannot_be_booked_says_why(
        self, turned_away: Visitor, changed: dict[str, Any], error: str
    ) -> None:
        refused(await turned_away.book(**changed), 422, error)
        assert (await turned_away.ask("GET")).json() == {"appointments": []}

    @pytest.mark.parametrize(
        "said",
        [
            "2026-06-02T09:00:00",
            "2026-06-02",
            "",
            "明天上午九点",
            "2026-06-31T09:00:00+08:00",
            "2026-06-02T25:00:00+08:00",
            "2026-06-02T09:00:00+99:00",
            "20260602T090000+0800",
            "9999-12-31T23:59:59-12:00",
            "0001-01-01T00:00:00+14:00",
            "２０２６-06-02T09:00:00+08:00",
            "1780362000",
            1780362000,
            None,
            True,
            ["2026-06-02T09:00:00+08:00"],
        ],
        ids=repr,
    )
    async def test_a_time_that_is_none_is_refused_with_an_example(self, turned_away: Visitor, said: Any) -> None:
        response = await turned_away.book(starts_at=said)
        refused(response, 422, "bad_time")
        assert "2026-11-26T09:00:00+08:00" in response.json()["message"]

    @pytest.mark.parametrize("field", ["guide_id", "office_id", "starts_at", "name", "phone"])
    async def test_a_missing_field_is_named(self, turned_away: Visitor, field: str) -> None:
        body = turned_away.request_body()
        del body[field]
        response = await turned_away.ask("POST", json=body, headers={"Idempotency-Key": "k"})
        refused(response, 422, "invalid_input")
        assert field in response.json()["message"]

    @pytest.mark.parametrize(
        "changed",
        [{"name": "张" * 101}, {"phone": "1" * 41}, {"guide_id": "g" * 65}, {"name": 7}, {"share_with_clerk": "maybe"}],
        ids=str,
    )
    async def test_what_fits_no_field_is_refused(self, turned_away: Visitor, changed: dict[str, Any]) -> None:
        refused(await turned_away.book(**changed), 422, "invalid_input")

    @pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": ""}, {"Idempotency-Key": "   "}])
    async def test_without_a_key_nothing_is_booked(self, turned_away: Visitor, headers: dict[str, str]) -> None:
        response = await turned_away.ask("POST", json=turned_away.request_body(), headers=headers)
        refused(response, 422, "missing_idempotency_key")

    async def test_a_key_has_a_length(self, visitor: Visitor) -> None:
        refused(await visitor.book(key="k" * (MOST_KEY_CHARACTERS + 1)), 422, "bad_idempotency_key")
        await visitor.booked(key="k" * MOST_KEY_CHARACTERS)

    async def test_a_huge_body_is_refused(self, turned_away: Visitor) -> None:
        refused(await turned_away.book(name="张" * MOST_BODY_BYTES), 413, "too_large")

    async def test_what_is_no_json_is_a_bad_request(self, turned_away: Visitor) -> None:
        refused(await turned_away.ask("POST", content=b"{", headers={"Content-Type": "application/json"}), 400)

    async def test_a_visitor_in_haste_is_asked_to_wait(self, tmp_path: Any, knock: Knock) -> None:
        visitor = Visitor(knock(TownHouse(tmp_path, shelf=SharedHallShelf, rate_per_visitor=1)))
        await visitor.booked()
        response = await visitor.book(key="another")
        refused(response, 429, "too_many_requests")
        assert int(response.headers["retry-after"]) >= 1


class TestABooking:
    async def test_is_answered_with_everything_the_contract_names(self, visitor: Visitor) -> None:
        response = await visitor.book(id_number=IDENTITY)
        assert response.status_code == 201
        assert response.headers["cache-control"] == "no-store"
        body = response.json()
        code = body["code"]
        assert body == {
            "code": code,
            "guide_id": CARD,
            "guide_name": "借书证首次办理",
            "office_id": TOWN_HALL,
            "office_name": "溪城市政务服务中心",
            "address": "溪城市政务服务中心一楼",
            "location": {"lat": 30.0, "lon": 110.0},
            "counter": "1—2号窗口",
            "starts_at": "2026-06-02T09:00:00+08:00",
            "ends_at": "2026-06-02T09:30:00+08:00",
            "status": "booked",
            "qr_url": f"/api/appointments/{code}/qr.svg",
            "calendar_url": f"/api/appointments/{code}/calendar.ics",
            "person": {"name": "张*" + somebody(1).name[-1], "phone": "138****0001", "id_number": "110***********8515"},
            "needs_new_time": False,
            "held_until": None,
            "check_in_from": "2026-06-02T08:00:00+08:00",
            "ticket_number": "",
            "can": {"cancel": True, "reschedule": True, "check_in": False, "rate": False, "appeal": False},
            "share_with_clerk": False,
            "pack": {
                "items": [
                    {"name": "居民身份证", "detail": "要带居民身份证", "required": True, **ALWAYS_BROUGHT},
                    {"name": "申请表", "detail": "原件1份、复印件2份；要带申请表", "required": True, **ALWAYS_BROUGHT},
                ],
                "dropped": [],
            },
            "rated": None,
        }
        assert await visitor.shown(code) == body
        assert (await visitor.ask("GET")).json() == {"appointments": [body]}

    @pytest.mark.parametrize(
        "said",
        [
            "2026-06-02T09:00+08:00",
            "2026-06-02 09:00:00+08:00",
            "2026-06-02T01:00:00Z",
            "2026-06-01T20:00:00-05:00",
            "2026-06-02T09:00:00.000+08:00",
        ],
    )
    async def test_a_moment_is_the_same_however_it_is_written(self, visitor: Visitor, said: str) -> None:
        response = await visitor.book(starts_at=said)
        assert response.status_code == 201
        assert response.json()["starts_at"] == "2026-06-02T09:00:00+08:00"

    async def test_name_and_numbers_are_taken_as_people_write_them(self, visitor: Visitor) -> None:
        response = await visitor.book(name=" 王 小明 ", phone="+86 138-0000-0001", id_number="11010119900307 8515")
        assert response.status_code == 201
        assert response.json()["person"] == {
            "name": "王*明",
            "phone": "138****0001",
            "id_number": "110***********8515",
        }

    @pytest.mark.parametrize("none", [None, "", "  "])
    async def test_the_identity_number_may_be_left_out(self, visitor: Visitor, none: str | None) -> None:
        response = await visitor.book(id_number=none)
        assert response.status_code == 201
        assert response.json()["person"]["id_number"] == ""

    async def test_fields_nobody_knows_are_ignored(self, visitor: Visitor) -> None:
        response = await visitor.book(status="finished", code=CODE, visitor_id="v_002", share="internal")
        assert (response.status_code, response.json()["status"]) == (201, "booked")
        assert response.json()["code"] != CODE

    async def test_may_show_the_checklist_to_the_clerk_at_once(self, visitor: Visitor) -> None:
        assert (await visitor.book(share_with_clerk=True)).json()["share_with_clerk"] is True

    async def test_takes_one_place(self, visitor: Visitor) -> None:
        await visitor.booked()
        day = TUESDAY.isoformat()
        asked = {"guide_id": CARD, "office_id": TOWN_HALL, "from": day, "to": day}
        [first, *_] = (await visitor.ask("GET", "/openings", params=asked)).json()["openings"]
        assert first == {"starts_at": written(TUESDAY, "09:00"), "left": 1}


class TestTheKey:
    async def test_the_same_key_is_the_same_booking(self, visitor: Visitor) -> None:
        first, again = await visitor.book(), await visitor.book()
        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json() == first.json()

    async def test_whatever_else_is_asked_for_with_it(self, visitor: Visitor) -> None:
        first = await visitor.book()
        again = await visitor.book(starts_at=written(TUESDAY, "10:00"), guide_id=LOST, name="李四")
        assert (again.status_code, again.json()) == (200, first.json())

    async def test_even_when_it_has_been_cancelled_since(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        await visitor.ask("DELETE", f"/{code}")
        again = await visitor.book()
        assert (again.status_code, again.json()["code"], again.json()["status"]) == (200, code, "cancelled")

    async def test_a_refusal_uses_up_no_key(self, visitor: Visitor) -> None:
        refused(await visitor.book(starts_at=written(TUESDAY, "12:30")), 422)
        assert (await visitor.book()).status_code == 201

    async def test_a_key_belongs_to_its_visitor(self, visitor: Visitor, other: Visitor) -> None:
        assert await visitor.booked() != await other.booked()

    async def test_ten_times_at_once_is_one_booking(self, visitor: Visitor) -> None:
        responses = await asyncio.gather(*(visitor.book() for _ in range(10)))
        assert sorted(response.status_code for response in responses) == [200] * 9 + [201]
        assert len({response.json()["code"] for response in responses}) == 1
        assert len((await visitor.ask("GET")).json()["appointments"]) == 1


class TestAFullOpening:
    async def test_offers_three_others(self, door: httpx.AsyncClient) -> None:
        await Visitor(door, 1).booked()
        await Visitor(door, 2).booked()
        response = await Visitor(door, 3).book()
        assert response.status_code == 409
        body = response.json()
        assert set(body) == {"error", "message", "alternatives"}
        assert body["error"] == "slot_full"
        assert CHINESE_SENTENCE.fullmatch(body["message"])
        assert len(body["alternatives"]) == 3
        for each in body["alternatives"]:
            assert set(each) == {"office_id", "starts_at", "left"}
            assert each["office_id"] == TOWN_HALL
            assert each["left"] > 0
            assert datetime.fromisoformat(each["starts_at"]) != moment(TUESDAY, "09:00")
            assert each["starts_at"].endswith("+08:00")

    async def test_each_of_them_can_be_booked(self, door: httpx.AsyncClient) -> None:
        for number in (1, 2):
            await Visitor(door, number).booked()
        alternatives = (await Visitor(door, 3).book()).json()["alternatives"]
        for number, each in enumerate(alternatives, start=4):
            await Visitor(door, number).booked(starts_at=each["starts_at"], office_id=each["office_id"])

    async def test_ten_at_once_get_the_two_places_that_there_are(self, door: httpx.AsyncClient) -> None:
        responses = await asyncio.gather(*(Visitor(door, number).book() for number in range(1, 11)))
        assert sorted(response.status_code for response in responses) == [201] * 2 + [409] * 8
        assert {response.json().get("error") for response in responses} == {None, "slot_full"}


class TestInTraditionalCharacters:
    """A refusal is read where it was asked for, whoever says the language: the address, or the page's cookie."""

    async def test_a_full_opening_is_told_in_them_with_its_alternatives(self, door: httpx.AsyncClient) -> None:
        for number in (1, 2):
            await Visitor(door, number).booked()
        latecomer = Visitor(door, 3)
        plain = (await latecomer.book()).json()
        asked = latecomer.request_body(), {"Idempotency-Key": "key"}
        for rest, cookie in (("?lang=zh-Hant", {}), ("", {"Cookie": "wenban_lang=zh-Hant"})):
            told = await latecomer.ask("POST", rest, json=asked[0], headers=asked[1] | cookie)
            assert told.status_code == 409
            assert told.json() == {**plain, "message": traditional(plain["message"])}
            assert told.json()["message"] != plain["message"]

    async def test_so_is_a_change_that_cannot_be_made(self, visitor: Visitor) -> None:
        told = await visitor.ask("DELETE", "/A2B3C4D5E6?lang=zh-Hant")
        assert told.status_code == 404 and told.json()["error"] == "unknown_code"
        assert told.json()["message"] == traditional(Unknown().message) != Unknown().message


class TestLimits:
    async def test_one_visitor_books_an_item_once_for_a_person(self, visitor: Visitor) -> None:
        await visitor.booked()
        refused(await visitor.book(key="2", starts_at=written(TUESDAY, "10:00")), 409, "limit_reached")

    async def test_who_types_somebodys_name_and_number_learns_nothing_of_her_bookings(
        self, visitor: Visitor, other: Visitor
    ) -> None:
        await visitor.booked()
        person = somebody(1)
        at = written(TUESDAY, "10:00")
        named = await other.book(name=person.name, phone=person.phone, starts_at=at)
        made_up = await Visitor(other.http, 3).book(starts_at=at)
        assert named.status_code == made_up.status_code == 201
        assert named.json().keys() == made_up.json().keys()

    async def test_one_person_has_three_at_once(self, visitor: Visitor) -> None:
        for number, guide_id in enumerate((CARD, LOST, FELLING), start=1):
            await visitor.booked(key=str(number), guide_id=guide_id, starts_at=written(TUESDAY, f"{8 + number:02}:00"))
        response = await visitor.book(key="4", guide_id=DOG, office_id=EAST_HALL)
        refused(response, 409, "limit_reached")
        assert "3" in response.json()["message"]

    async def test_who_did_not_come_three_times_is_told_until_when(self, halls: TownHouse, visitor: Visitor) -> None:
        for days in range(1, 4):
            day = MONDAY + timedelta(days=days)
            await visitor.booked(key=str(days), starts_at=written(day, "09:00"))
            set_clock(halls, day + timedelta(days=1), "08:00")
            upkeep.end_days(halls.house.hall.means)
        response = await visitor.book(key="4", starts_at=written(date(2026, 6, 8), "09:00"))
        refused(response, 409, "restricted")
        assert "7月4日" in response.json()["message"]

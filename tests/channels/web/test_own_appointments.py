"""What a visitor does with an own booking; another's is as good as none."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from channels.languages import rewritten
from service_hall.appointments import upkeep
from tests.channels.callers import TUESDAY, Clerk, Visitor, set_clock, written
from tests.channels.web.conftest import refused
from tests.town_house import TownHouse
from tests.visit_town import FELLING, LOST, MONDAY

EVERY_USE: list[tuple[str, str, Any]] = [
    ("GET", "", None),
    ("DELETE", "", None),
    ("POST", "/reschedule", {"starts_at": written(TUESDAY, "10:00")}),
    ("POST", "/check-in", None),
    ("GET", "/ticket", None),
    ("GET", "/calendar.ics", None),
    ("PUT", "/pack", {"ticked": ["居民身份证"]}),
    ("PUT", "/consent", {"share": True}),
    ("POST", "/rating", {"score": 1}),
    ("POST", "/appeal", {"reason": "堵车"}),
]


class TestWhoseItIs:
    async def test_anothers_looks_exactly_like_one_that_there_is_not(self, visitor: Visitor, other: Visitor) -> None:
        code = await visitor.booked()
        before = await visitor.shown(code)
        for method, rest, body in EVERY_USE:
            theirs = await other.ask(method, f"/{code}{rest}", json=body)
            nobodys = await other.ask(method, f"/ABCDE23456{rest}", json=body)
            refused(theirs, 404, "unknown_code")
            assert (theirs.json(), theirs.headers) == (nobodys.json(), nobodys.headers)
            assert await visitor.shown(code) == before

    @pytest.mark.parametrize(
        "code", ["short", "ABCDE234567", "ABCDE2345O", "预约码预约码预约码预", "%00", "..%2f..", "'--"]
    )
    @pytest.mark.parametrize(("method", "rest", "body"), EVERY_USE)
    async def test_what_can_be_no_code_is_unknown(
        self, turned_away: Visitor, method: str, rest: str, body: Any, code: str
    ) -> None:
        response = await turned_away.ask(method, f"/{code}{rest}", json=body)
        assert response.status_code in (404, 405)  # a slash in it makes it another address
        assert set(response.json()) == {"error", "message"}

    async def test_a_code_is_read_as_people_type_it(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        for typed in (code.lower(), f"{code[:5]} {code[5:]}", f"{code[:5]}-{code[5:]}", f" {code} ", f"WENBAN:{code}"):
            assert (await visitor.shown(typed))["code"] == code

    async def test_the_list_has_ones_own_alone(self, visitor: Visitor, other: Visitor) -> None:
        mine, theirs = await visitor.booked(), await other.booked()
        assert [each["code"] for each in (await visitor.ask("GET")).json()["appointments"]] == [mine]
        assert [each["code"] for each in (await other.ask("GET")).json()["appointments"]] == [theirs]


class TestTheList:
    async def test_has_nothing_for_a_newcomer(self, visitor: Visitor) -> None:
        assert (await visitor.ask("GET")).json() == {"appointments": []}

    async def test_has_what_is_ahead_first_and_what_is_over_last(self, visitor: Visitor) -> None:
        gone = await visitor.booked(key="1")
        await visitor.ask("DELETE", f"/{gone}")
        later = await visitor.booked(key="2", starts_at=written(TUESDAY, "14:00"))
        sooner = await visitor.booked(key="3", guide_id=LOST, starts_at=written(TUESDAY, "10:00"))
        codes = [each["code"] for each in (await visitor.ask("GET")).json()["appointments"]]
        assert codes == [sooner, later, gone]


class TestInTraditionalCharacters:
    async def test_what_the_hall_knows_is_told_in_them_and_her_name_as_she_wrote_it(self, visitor: Visitor) -> None:
        code = await visitor.booked(name="于云发")
        plain = await visitor.shown(code)
        [told] = (await visitor.ask("GET", "?lang=zh-Hant")).json()["appointments"]
        assert (plain["guide_name"], told["guide_name"]) == ("借书证首次办理", "借書證首次辦理")
        assert told == rewritten(plain)
        assert told["person"] == plain["person"] and told["person"]["name"] == "于*发"
        for method, rest, body in (("GET", "", None), ("PUT", "/consent", {"share": False}), ("DELETE", "", None)):
            answer = await visitor.ask(method, f"/{code}{rest}?lang=zh-Hant", json=body)
            assert answer.json()["guide_name"] == "借書證首次辦理"
        assert (await visitor.shown(code))["guide_name"] == plain["guide_name"]

    async def test_what_is_ticked_off_is_known_in_either(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        for lang in ("zh-Hans", "zh-Hant"):
            names = [
                each["name"] for each in (await visitor.ask("GET", f"/{code}?lang={lang}")).json()["pack"]["items"]
            ]
            for ticked in (names, []):
                told = (await visitor.ask("PUT", f"/{code}/pack?lang={lang}", json={"ticked": ticked})).json()
                assert [each["name"] for each in told["pack"]["items"] if each["ticked"]] == ticked
                assert [each["ticked"] for each in (await visitor.shown(code))["pack"]["items"]] == [
                    bool(ticked)
                ] * len(names)


class TestCancelling:
    async def test_is_answered_with_the_appointment(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        response = await visitor.ask("DELETE", f"/{code}")
        assert (response.status_code, response.json()["status"]) == (200, "cancelled")
        assert not any(response.json()["can"].values())

    async def test_twice_is_once(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        first, again = [await visitor.ask("DELETE", f"/{code}") for _ in range(2)]
        assert (again.status_code, again.json()) == (200, first.json())

    async def test_is_too_late_once_it_is_over(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY + timedelta(days=1), "08:00")
        upkeep.end_days(halls.house.hall.means)
        refused(await visitor.ask("DELETE", f"/{code}"), 409, "cancel_too_late")
        refused(
            await visitor.ask("POST", f"/{code}/reschedule", json={"starts_at": written(TUESDAY, "10:00")}),
            409,
            "reschedule_too_late",
        )

    async def test_makes_room_for_another_booking_of_the_item(self, visitor: Visitor) -> None:
        await visitor.ask("DELETE", f"/{await visitor.booked()}")
        await visitor.booked(key="again")


class TestRescheduling:
    async def move(self, visitor: Visitor, code: str, at: Any) -> Any:
        return await visitor.ask("POST", f"/{code}/reschedule", json={"starts_at": at})

    async def test_keeps_the_code_and_gives_the_new_time(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        response = await self.move(visitor, code, written(TUESDAY, "14:00"))
        assert response.status_code == 200
        assert (response.json()["code"], response.json()["starts_at"]) == (code, "2026-06-02T14:00:00+08:00")
        assert response.json()["check_in_from"] == "2026-06-02T13:00:00+08:00"

    async def test_to_what_is_no_opening_is_refused_and_changes_nothing(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        for at, error in (
            (written(MONDAY, "09:00"), "past"),
            (written(MONDAY + timedelta(days=15), "09:00"), "beyond_horizon"),
            (written(MONDAY + timedelta(days=5), "09:00"), "closed_day"),
            (written(TUESDAY, "12:00"), "no_opening"),
            ("2026-06-02T10:00:00", "bad_time"),
            (None, "bad_time"),
        ):
            refused(await self.move(visitor, code, at), 422, error)
            assert (await visitor.shown(code))["starts_at"] == written(TUESDAY, "09:00")

    async def test_to_a_full_opening_offers_three_others(self, visitor: Visitor, other: Visitor) -> None:
        await visitor.booked(guide_id=FELLING)
        code = await other.booked(guide_id=FELLING, starts_at=written(TUESDAY, "10:00"))
        response = await self.move(other, code, written(TUESDAY, "09:00"))
        assert (response.status_code, response.json()["error"]) == (409, "slot_full")
        assert len(response.json()["alternatives"]) == 3
        assert (await other.shown(code))["starts_at"] == written(TUESDAY, "10:00")

    async def test_two_who_want_one_place_get_it_once(self, visitor: Visitor, other: Visitor) -> None:
        mine = await visitor.booked(guide_id=FELLING, starts_at=written(TUESDAY, "10:00"))
        theirs = await other.booked(guide_id=FELLING, starts_at=written(TUESDAY, "11:00"))
        wanted = written(TUESDAY, "09:00")
        responses = await asyncio.gather(self.move(visitor, mine, wanted), self.move(other, theirs, wanted))
        assert sorted(response.status_code for response in responses) == [200, 409]

    async def test_has_an_end(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        for clock in ("10:00", "11:00"):
            assert (await self.move(visitor, code, written(TUESDAY, clock))).status_code == 200
        refused(await self.move(visitor, code, written(TUESDAY, "14:00")), 409, "limit_reached")
        assert (await self.move(visitor, code, written(TUESDAY, "11:00"))).status_code == 200


class TestCheckingIn:
    async def test_is_too_early_before_the_hour(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "07:59")
        response = await visitor.ask("POST", f"/{code}/check-in")
        refused(response, 409, "too_early")
        assert "08:00" in response.json()["message"]
        refused(await visitor.ask("GET", f"/{code}/ticket"), 404, "no_ticket")

    async def test_gives_a_ticket_from_an_hour_before(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "08:00")
        assert (await visitor.shown(code))["can"]["check_in"] is True
        response = await visitor.ask("POST", f"/{code}/check-in")
        assert response.status_code == 200
        ticket = response.json()["ticket"]
        assert ticket.pop("text")
        assert ticket == {
            "type": "ticket",
            "code": code,
            "number": "A001",
            "office_id": "town-hall",
            "office_name": "溪城市政务服务中心",
            "counter": "",
            "ahead": 0,
            "estimated_wait_minutes": 0,
            "first_from": "2026-06-02T09:00:00+08:00",
            "status": "checked_in",
            "called_at": None,
            "calls": 0,
        }
        body = await visitor.shown(code)
        assert (body["status"], body["ticket_number"], body["can"]["check_in"]) == ("checked_in", "A001", False)

    async def test_twice_is_the_same_ticket(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "08:30")
        responses = await asyncio.gather(*(visitor.ask("POST", f"/{code}/check-in") for _ in range(5)))
        assert {response.status_code for response in responses} == {200}
        assert {response.json()["ticket"]["number"] for response in responses} == {"A001"}
        assert (await visitor.ask("GET", f"/{code}/ticket")).json() == responses[0].json()

    async def test_the_ticket_follows_the_queue(
        self, halls: TownHouse, visitor: Visitor, other: Visitor, clerk: Clerk
    ) -> None:
        mine, theirs = await visitor.booked(), await other.booked(starts_at=written(TUESDAY, "09:30"))
        set_clock(halls, TUESDAY, "08:55")
        for caller, code in ((visitor, mine), (other, theirs)):
            await caller.ask("POST", f"/{code}/check-in")
        assert (await other.ask("GET", f"/{theirs}/ticket")).json()["ticket"]["ahead"] == 1
        await clerk.did("POST", "/2/call-next")
        called = (await visitor.ask("GET", f"/{mine}/ticket")).json()["ticket"]
        assert (called["status"], called["counter"], called["ahead"]) == ("called", "2", 0)
        assert (await other.ask("GET", f"/{theirs}/ticket")).json()["ticket"]["ahead"] == 0
        assert (await visitor.shown(mine))["counter"] == "2号窗口"

    async def test_of_a_cancelled_booking_is_refused(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        await visitor.ask("DELETE", f"/{code}")
        refused(await visitor.ask("POST", f"/{code}/check-in"), 409, "over")


class TestThePack:
    async def test_exactly_what_is_named_is_ticked(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        for names in (["居民身份证"], ["居民身份证", "申请表"], ["申请表", "月球通行证"], []):
            response = await visitor.ask("PUT", f"/{code}/pack", json={"ticked": names})
            assert response.status_code == 200
            ticked = [item["name"] for item in response.json()["pack"]["items"] if item["ticked"]]
            assert ticked == [name for name in ("居民身份证", "申请表") if name in names]
            assert (await visitor.shown(code))["pack"] == response.json()["pack"]

    async def test_what_is_no_list_of_names_is_refused(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        no_lists: list[Any] = [{}, {"ticked": "居民身份证"}, {"ticked": [7]}, {"ticked": ["x" * 201]}, []]
        for body in (*no_lists, {"ticked": ["x"] * 101}):
            refused(await visitor.ask("PUT", f"/{code}/pack", json=body), 422, "invalid_input")

    async def test_is_closed_once_the_visit_has_ended(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        await visitor.ask("DELETE", f"/{code}")
        refused(await visitor.ask("PUT", f"/{code}/pack", json={"ticked": []}), 409, "pack_closed")
        refused(await visitor.ask("PUT", f"/{code}/consent", json={"share": True}), 409, "pack_closed")

    async def test_consent_is_given_and_taken_back(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        for share in (True, False):
            response = await visitor.ask("PUT", f"/{code}/consent", json={"share": share})
            assert (response.status_code, response.json()["share_with_clerk"]) == (200, share)


class TestRating:
    async def finished(self, halls: TownHouse, visitor: Visitor, clerk: Clerk) -> str:
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "09:00")
        await visitor.ask("POST", f"/{code}/check-in")
        visit_id = (await clerk.did("POST", "/1/call-next"))["current"]["visit_id"]
        await clerk.did("POST", "/1/finish", json={"visit_id": visit_id})
        return code

    async def test_comes_after_the_visit(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        refused(await visitor.ask("POST", f"/{code}/rating", json={"score": 1}), 409, "too_early")

    async def test_knows_five_degrees(self, halls: TownHouse, visitor: Visitor, clerk: Clerk) -> None:
        code = await self.finished(halls, visitor, clerk)
        for score in (0, 6, -1, 10**30):
            refused(await visitor.ask("POST", f"/{code}/rating", json={"score": score}), 422, "bad_score")
        for odd in (None, "好", 1.5):
            refused(await visitor.ask("POST", f"/{code}/rating", json={"score": odd}), 422, "invalid_input")
        body = {"score": 1, "comment": "好" * 1001}
        refused(await visitor.ask("POST", f"/{code}/rating", json=body), 422, "invalid_input")
        assert (await visitor.shown(code))["rated"] is None

    async def test_the_last_word_counts(self, halls: TownHouse, visitor: Visitor, clerk: Clerk) -> None:
        code = await self.finished(halls, visitor, clerk)
        assert (await visitor.shown(code))["can"]["rate"] is True
        for score in (5, 1):
            response = await visitor.ask("POST", f"/{code}/rating", json={"score": score, "comment": "很快"})
            assert (response.status_code, response.json()["rated"]) == (200, score)
        assert (await visitor.shown(code))["rated"] == 1

    async def test_no_comment_is_too_odd_for_the_database(
        self, halls: TownHouse, visitor: Visitor, clerk: Clerk
    ) -> None:
        code = await self.finished(halls, visitor, clerk)
        response = await visitor.ask(
            "POST",
            f"/{code}/rating",
            content=rb'{"score": 2, "comment": "\u0000\ud83d"}',
            headers={"Content-Type": "application/json"},
        )
        assert (response.status_code, response.json()["rated"]) == (200, 2)


class TestAppealing:
    async def missed(self, halls: TownHouse, visitor: Visitor) -> str:
        code = await visitor.booked()
        set_clock(halls, TUESDAY + timedelta(days=1), "08:00")
        upkeep.end_days(halls.house.hall.means)
        return code

    async def test_is_for_a_no_show_alone(self, visitor: Visitor) -> None:
        code = await visitor.booked()
        refused(await visitor.ask("POST", f"/{code}/appeal", json={"reason": "堵车"}), 409, "appeal_not_needed")

    async def test_is_made_once(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await self.missed(halls, visitor)
        assert (await visitor.shown(code))["can"]["appeal"] is True
        response = await visitor.ask("POST", f"/{code}/appeal", json={"reason": "堵车"})
        assert (response.status_code, response.json()["code"]) == (200, code)
        assert response.json()["can"]["appeal"] is False
        refused(await visitor.ask("POST", f"/{code}/appeal", json={"reason": "堵车"}), 409, "appeal_made")

    async def test_has_its_time(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await self.missed(halls, visitor)
        set_clock(halls, TUESDAY + timedelta(days=16), "08:00")
        assert (await visitor.shown(code))["can"]["appeal"] is False
        refused(await visitor.ask("POST", f"/{code}/appeal", json={"reason": "堵车"}), 409, "appeal_too_late")

    async def test_gives_a_reason(self, halls: TownHouse, visitor: Visitor) -> None:
        code = await self.missed(halls, visitor)
        for reason in ("", "  ", "\x00", "字" * 1001, None, 7):
            response = await visitor.ask("POST", f"/{code}/appeal", json={"reason": reason})
            refused(response, 422, "invalid_input")
        assert (await visitor.shown(code))["can"]["appeal"] is True

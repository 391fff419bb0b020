"""`/api/counter/{office_id}/{counter}`: calling and serving, two counters at once, and what a clerk may see."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from service_hall.visits.visit import VisitId
from tests.channels.callers import TUESDAY, Clerk, Visitor, set_clock, written
from tests.channels.web.conftest import refused
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.town_house import TownHouse
from tests.visit_town import CARD, FELLING, LOST, MONDAY, somebody

MOVES = ("call-again", "serve", "finish", "miss", "recall")


async def move(clerk: Clerk, counter: str, name: str, visit_id: Any, **more: Any) -> Any:
    return await clerk.here("POST", f"/{counter}/{name}", json={"visit_id": visit_id, **more})


async def called(clerk: Clerk, counter: str = "1") -> str:
    """The visit id of whoever is called."""
    visit_id: str = (await clerk.did("POST", f"/{counter}/call-next"))["current"]["visit_id"]
    return visit_id


class TestOffices:
    async def test_are_those_with_counters(self, clerk: Clerk) -> None:
        response = await clerk.ask("GET", "/offices")
        assert response.status_code == 200
        offices = {each["office_id"]: each for each in response.json()["offices"]}
        assert set(offices) == {TOWN_HALL, EAST_HALL, "west-hall"}
        assert offices[TOWN_HALL]["name"] == "溪城市政务服务中心"
        assert offices[TOWN_HALL]["lines"] == [
            {
                "line_id": "cards",
                "name": "A线",
                "letter": "A",
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
                "counters": ["3"],
                "items": [{"guide_id": FELLING, "guide_name": "林木采伐许可"}],
            },
        ]


class TestTheDesk:
    @pytest.mark.parametrize(("place", "error"), [("/nowhere/1", "unknown_office"), ("/town-hall/9", "unknown_counter"), ("/town-hall/%00", "unknown_counter")])  # fmt: skip
    async def test_of_a_counter_that_there_is_not(self, clerk: Clerk, place: str, error: str) -> None:
        refused(await clerk.ask("GET", place), 404, error)
        refused(await clerk.ask("POST", f"{place}/call-next"), 404, error)
        for name in MOVES:
            refused(await clerk.ask("POST", f"{place}/{name}", json={"visit_id": "w_1"}), 404, error)

    async def test_of_an_empty_hall(self, clerk: Clerk) -> None:
        body = await clerk.did("GET", "/1")
        assert body == {
            "office_id": TOWN_HALL,
            "office_name": "溪城市政务服务中心",
            "counter": "1",
            "line": {"line_id": "cards", "name": "A线", "letter": "A"},
            "current": None,
            "waiting": [],
            "missed": [],
            "served_today": 0,
            "average_minutes": 0.0,
            "calls_before_missed": 3,
            "other_counters": [{"counter": "2", "line": "A线"}, {"counter": "3", "line": "B线"}],
            "to_tell": 0,
        }

    async def test_shows_who_waits_with_a_masked_name_and_no_code(
        self, halls: TownHouse, clerk: Clerk, visitor: Visitor
    ) -> None:
        code = await visitor.booked(id_number="110101199003078515")
        set_clock(halls, TUESDAY, "09:00")
        await visitor.ask("POST", f"/{code}/check-in")
        set_clock(halls, TUESDAY, "09:07")
        [card] = (await clerk.did("GET", "/2"))["waiting"]
        person = somebody(1)
        assert card == {
            "visit_id": card["visit_id"],
            "code_tail": code[-4:],
            "number": "A001",
            "guide_id": CARD,
            "guide_name": "借书证首次办理",
            "status": "checked_in",
            "starts_at": written(TUESDAY, "09:00"),
            "person": f"{person.name[0]}*{person.name[-1]}",
            "waits_minutes": 7,
            "called_at": None,
            "serving_at": None,
            "calls": 0,
            "sent_on": False,
            "has_pack": False,
            "needs_new_time": False,
        }
        said = str(card)
        assert not any(secret in said for secret in (code, person.name, person.phone, person.phone[-4:], "8515"))


class TestCalling:
    async def test_nobody_where_nobody_waits(self, clerk: Clerk) -> None:
        refused(await clerk.here("POST", "/1/call-next"), 409, "nobody_waiting")

    async def test_brings_the_next_to_the_counter(self, clerk: Clerk) -> None:
        for _ in range(2):
            await clerk.walk_in()
        desk = await clerk.did("POST", "/1/call-next")
        assert (desk["current"]["number"], desk["current"]["status"], desk["current"]["calls"]) == ("A001", "called", 1)
        assert [card["number"] for card in desk["waiting"]] == ["A002"]
        assert desk == await clerk.did("GET", "/1")

    async def test_one_at_a_time(self, clerk: Clerk) -> None:
        for _ in range(2):
            await clerk.walk_in()
        await called(clerk)
        refused(await clerk.here("POST", "/1/call-next"), 409, "counter_busy")

    async def test_two_counters_never_call_the_same(self, clerk: Clerk) -> None:
        for _ in range(2):
            await clerk.walk_in()
        desks = await asyncio.gather(*(clerk.did("POST", f"/{counter}/call-next") for counter in ("1", "2")))
        assert {desk["current"]["number"] for desk in desks} == {"A001", "A002"}

    async def test_two_counters_and_one_citizen(self, clerk: Clerk) -> None:
        await clerk.walk_in()
        answers = await asyncio.gather(*(clerk.here("POST", f"/{counter}/call-next") for counter in ("1", "2")))
        assert sorted(answer.status_code for answer in answers) == [200, 409]

    async def test_a_line_calls_its_own(self, clerk: Clerk) -> None:
        await clerk.walk_in(FELLING)
        refused(await clerk.here("POST", "/1/call-next"), 409, "nobody_waiting")
        assert (await clerk.did("POST", "/3/call-next"))["current"]["number"] == "B001"


class TestMoves:
    async def test_from_the_call_to_the_end(self, halls: TownHouse, clerk: Clerk) -> None:
        await clerk.walk_in()
        visit_id = await called(clerk)
        again = (await move(clerk, "1", "call-again", visit_id)).json()
        assert again["current"]["calls"] == 2
        serving = (await move(clerk, "1", "serve", visit_id)).json()
        assert (serving["current"]["status"], serving["current"]["serving_at"]) == ("serving", written(MONDAY, "09:30"))
        set_clock(halls, MONDAY, "09:42")
        done = (await move(clerk, "1", "finish", visit_id)).json()
        assert (done["current"], done["served_today"], done["average_minutes"]) == (None, 1, 12.0)
        assert (await clerk.did("GET", "/2"))["served_today"] == 0

    async def test_passed_over_and_called_after_all(self, clerk: Clerk) -> None:
        await clerk.walk_in()
        visit_id = await called(clerk)
        missed = (await move(clerk, "1", "miss", visit_id)).json()
        assert missed["current"] is None
        assert [card["visit_id"] for card in missed["missed"]] == [visit_id]
        back = (await move(clerk, "2", "recall", visit_id)).json()
        assert (back["current"]["visit_id"], back["missed"]) == (visit_id, [])

    async def test_of_whoever_another_counter_has_say_so(self, clerk: Clerk) -> None:
        for _ in range(2):
            await clerk.walk_in()
        mine, theirs = await called(clerk, "1"), await called(clerk, "2")
        for name in ("call-again", "serve", "finish", "miss"):
            refused(await move(clerk, "1", name, theirs), 409, "moved_already")
        refused(await move(clerk, "2", "transfer", mine, to_counter="3"), 409, "moved_already")
        refused(await move(clerk, "2", "recall", mine), 409, "moved_already")

    async def test_twice_is_told_to_the_slower(self, clerk: Clerk) -> None:
        await clerk.walk_in()
        visit_id = await called(clerk)
        answers = await asyncio.gather(*(move(clerk, "1", "miss", visit_id) for _ in range(2)))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        [slower] = [answer for answer in answers if answer.status_code == 409]
        refused(slower, 409, "moved_already")

    async def test_of_a_visit_that_there_is_not(self, clerk: Clerk) -> None:
        for name in MOVES:
            refused(await move(clerk, "1", name, "w_NOBODY"), 409, "no_such_move")

    @pytest.mark.parametrize("visit_id", ["", "\x00", "x" * 65, "'--", None, 7, ["w_1"]], ids=repr)
    async def test_of_what_can_be_no_visit(self, clerk: Clerk, visit_id: Any) -> None:
        for name in (*MOVES, "transfer"):
            refused(await move(clerk, "1", name, visit_id, to_counter="2"), 422, "invalid_input")

    async def test_that_there_are_not(self, clerk: Clerk) -> None:
        for name in ("call", "delete", "%00"):
            refused(await move(clerk, "1", name, "w_1"), 404, "not_found")


class TestSendingOn:
    async def test_to_the_front_of_another_counter(self, clerk: Clerk) -> None:
        await clerk.walk_in()
        await clerk.walk_in(FELLING)
        visit_id = await called(clerk)
        desk = (await move(clerk, "1", "transfer", visit_id, to_counter="3")).json()
        assert desk["current"] is None
        waiting = (await clerk.did("GET", "/3"))["waiting"]
        assert [(card["number"], card["sent_on"]) for card in waiting] == [("A001", True), ("B001", False)]
        assert await called(clerk, "3") == visit_id

    @pytest.mark.parametrize(
        ("counter", "error"), [("1", "same_counter"), ("9", "unknown_counter"), ("", "unknown_counter")]
    )
    async def test_to_nowhere_is_refused(self, clerk: Clerk, counter: str, error: str) -> None:
        await clerk.walk_in()
        response = await move(clerk, "1", "transfer", await called(clerk), to_counter=counter)
        refused(response, 404 if error == "unknown_counter" else 409, error)
        assert (await clerk.did("GET", "/1"))["current"]["number"] == "A001"


class TestAtTheDesk:
    async def test_a_clerk_checks_a_citizen_in(self, halls: TownHouse, clerk: Clerk, visitor: Visitor) -> None:
        code = await visitor.booked()
        refused(await clerk.here("POST", "/check-in", json={"code": code}), 409, "too_early")
        refused(await clerk.here("POST", "/check-in", json={"code": "ABCDE23456"}), 404, "unknown_code")
        set_clock(halls, TUESDAY, "08:30")
        response = await clerk.here("POST", "/check-in", json={"code": f"wenban:{code.lower()}"})
        assert (response.status_code, response.json()["ticket"]["number"]) == (200, "A001")
        refused(await clerk.ask("POST", f"/{EAST_HALL}/check-in", json={"code": code}), 409, "wrong_office")

    async def test_a_clerk_gives_a_ticket(self, halls: TownHouse, clerk: Clerk) -> None:
        key = {"Idempotency-Key": "tap"}
        answers = [await clerk.here("POST", "/tickets", json={"guide_id": CARD}, headers=key) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [201, 200]
        assert answers[0].json() == answers[1].json()
        refused(await clerk.here("POST", "/tickets", json={"guide_id": "nothing"}), 422, "unknown_guide")
        set_clock(halls, MONDAY, "20:00")
        refused(await clerk.here("POST", "/tickets", json={"guide_id": CARD}), 409, "closed_now")


class TestThePack:
    async def in_hall(self, halls: TownHouse, visitor: Visitor, clerk: Clerk) -> tuple[str, str]:
        """Code and visit id of whoever is called to counter 1."""
        code = await visitor.booked()
        set_clock(halls, TUESDAY, "09:00")
        await visitor.ask("POST", f"/{code}/check-in")
        return code, await called(clerk)

    def looks(self, halls: TownHouse, visit_id: str) -> list[tuple[str, str]]:
        kept = halls.house.hall.means.ledger.read(lambda page: page.looks(VisitId(visit_id)))
        return [(look.by, look.what) for look in kept]

    async def test_without_consent_is_closed_and_no_look_is_noted(
        self, halls: TownHouse, visitor: Visitor, clerk: Clerk
    ) -> None:
        _, visit_id = await self.in_hall(halls, visitor, clerk)
        refused(await clerk.here("GET", f"/visits/{visit_id}/pack"), 403, "no_consent")
        assert self.looks(halls, visit_id) == []

    async def test_with_consent_is_shown_and_every_look_is_noted(
        self, halls: TownHouse, visitor: Visitor, clerk: Clerk
    ) -> None:
        code, visit_id = await self.in_hall(halls, visitor, clerk)
        await visitor.ask("PUT", f"/{code}/consent", json={"share": True})
        await visitor.ask("PUT", f"/{code}/pack", json={"ticked": ["申请表"]})
        for looked in (1, 2):
            body = await clerk.did("GET", f"/visits/{visit_id}/pack")
            assert set(body) == {"items", "question"}
            assert [(item["name"], item["ticked"]) for item in body["items"]] == [
                ("居民身份证", False),
                ("申请表", True),
            ]
            assert self.looks(halls, visit_id) == [("admin", "pack")] * looked

    async def test_consent_taken_back_counts_at_once(self, halls: TownHouse, visitor: Visitor, clerk: Clerk) -> None:
        code, visit_id = await self.in_hall(halls, visitor, clerk)
        for share, status in ((True, 200), (False, 403)):
            await visitor.ask("PUT", f"/{code}/consent", json={"share": share})
            assert (await clerk.here("GET", f"/visits/{visit_id}/pack")).status_code == status

    async def test_is_shown_at_its_own_office_alone(self, halls: TownHouse, visitor: Visitor, clerk: Clerk) -> None:
        code, visit_id = await self.in_hall(halls, visitor, clerk)
        await visitor.ask("PUT", f"/{code}/consent", json={"share": True})
        refused(await clerk.ask("GET", f"/{EAST_HALL}/visits/{visit_id}/pack"), 409, "no_such_move")
        refused(await clerk.here("GET", "/visits/w_NOBODY/pack"), 409, "no_such_move")
        refused(await clerk.here("GET", "/visits/%00/pack"), 422, "invalid_input")
        assert self.looks(halls, visit_id) == []

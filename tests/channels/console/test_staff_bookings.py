"""What staff booked for somebody: shown, moved and cancelled by staff, and told by telephone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from service_hall.hearing.who.checks import masked_name
from service_hall.visits.ledger import Look
from service_hall.visits.visit import VisitId
from tests.channels.callers import TUESDAY, Clerk, Visitor, set_clock, written
from tests.channels.web.conftest import refused
from tests.fakes import EAST_HALL
from tests.town_house import TownHouse
from tests.visit_town import CARD, somebody

NINE, TEN = written(TUESDAY, "09:00"), written(TUESDAY, "10:00")
CLOSED = {"from": NINE, "until": written(TUESDAY, "09:30"), "reason": "停电"}


async def booked(clerk: Clerk, number: int = 1) -> dict[str, Any]:
    person = somebody(number)
    body = {"guide_id": CARD, "starts_at": NINE, "name": person.name, "phone": person.phone}
    done = await clerk.here("POST", "/appointments", json=body, headers={"Idempotency-Key": f"k{number}"})
    assert done.status_code == 201
    slip: dict[str, Any] = done.json()
    return slip


def looks(halls: TownHouse, visit_id: str) -> Sequence[Look]:
    return halls.house.hall.means.ledger.read(lambda page: page.looks(VisitId(visit_id)))


async def test_a_slip_is_found_by_its_code(clerk: Clerk) -> None:
    slip = await booked(clerk)
    assert await clerk.did("GET", f"/appointments/{slip['code'].lower()}") == slip
    assert (slip["status"], slip["needs_new_time"], slip["guide_id"]) == ("booked", False, CARD)


async def test_a_slip_is_moved(clerk: Clerk) -> None:
    slip = await booked(clerk)
    moved = await clerk.did("POST", f"/appointments/{slip['code']}/reschedule", json={"starts_at": TEN})
    assert (moved["code"], moved["starts_at"]) == (slip["code"], TEN)


async def test_a_slip_is_cancelled_and_its_place_is_free_again(clerk: Clerk) -> None:
    slip = await booked(clerk)
    for _ in range(2):
        assert (await clerk.did("DELETE", f"/appointments/{slip['code']}"))["status"] == "cancelled"
    assert (await booked(clerk, 2))["starts_at"] == NINE


async def test_what_a_citizen_booked_is_not_for_staff_to_change(clerk: Clerk, visitor: Visitor) -> None:
    code = await visitor.booked()
    refused(await clerk.here("GET", f"/appointments/{code}"), 404, "unknown_code")
    refused(await clerk.here("DELETE", f"/appointments/{code}"), 404, "unknown_code")
    move = await clerk.here("POST", f"/appointments/{code}/reschedule", json={"starts_at": TEN})
    refused(move, 404, "unknown_code")


async def test_no_citizen_can_touch_a_slip(clerk: Clerk, visitor: Visitor) -> None:
    code = (await booked(clerk))["code"].replace(" ", "")
    refused(await visitor.ask("DELETE", f"/{code}"), 404, "unknown_code")


class TestToTell:
    async def test_whom_no_door_reaches_stays_listed_until_told_and_each_look_is_noted(
        self, halls: TownHouse, clerk: Clerk, visitor: Visitor
    ) -> None:
        slip = await booked(clerk, 2)
        await visitor.booked()
        done = await clerk.did("POST", "/closures", json={**CLOSED, "do": "notify"})
        by_telephone = {card["visit_id"]: card["by_telephone"] for card in done["displaced"]}
        assert sorted(by_telephone.values()) == [False, True]
        for _ in range(2):  # an answer that got lost loses nobody
            [entry] = (await clerk.did("GET", "/to-tell"))["to_tell"]
        visit = entry["visit"]
        assert by_telephone[visit["visit_id"]]
        assert (entry["kind"], visit["person"], "停电" in entry["sentence"]) == (
            "displaced",
            masked_name(somebody(2).name),
            True,
        )
        assert somebody(2).phone not in str(entry)
        assert looks(halls, visit["visit_id"]) == []
        assert (await clerk.did("GET", "/1"))["to_tell"] == 1
        found = await clerk.did("POST", f"/to-tell/{entry['notice_id']}/phone")
        assert (found["phone"], found["code"]) == (somebody(2).phone, slip["code"])
        await clerk.did("POST", f"/to-tell/{entry['notice_id']}/told")
        assert [(look.by, look.what) for look in looks(halls, visit["visit_id"])] == [
            ("admin", "phone"),
            ("admin", "told"),
        ]
        assert await clerk.did("GET", "/to-tell") == {"to_tell": []}
        assert (await clerk.did("GET", "/1"))["to_tell"] == 0

    async def test_what_a_colleague_has_told_is_not_told_again(self, clerk: Clerk) -> None:
        await booked(clerk)
        await clerk.did("POST", "/closures", json={**CLOSED, "do": "move"})
        [entry] = (await clerk.did("GET", "/to-tell"))["to_tell"]
        assert entry["kind"] == "moved"
        await clerk.did("POST", f"/to-tell/{entry['notice_id']}/told")
        for door in ("phone", "told"):
            refused(await clerk.here("POST", f"/to-tell/{entry['notice_id']}/{door}"), 404, "unknown_notice")

    async def test_another_office_sees_and_ticks_nothing(self, clerk: Clerk) -> None:
        await booked(clerk)
        await clerk.did("POST", "/closures", json={**CLOSED, "do": "notify"})
        [entry] = (await clerk.did("GET", "/to-tell"))["to_tell"]
        elsewhere = f"/{EAST_HALL}/to-tell"
        assert (await clerk.ask("GET", elsewhere)).json() == {"to_tell": []}
        for door in ("phone", "told"):
            refused(await clerk.ask("POST", f"{elsewhere}/{entry['notice_id']}/{door}"), 404, "unknown_notice")
        refused(await clerk.ask("GET", "/nowhere/to-tell"), 404, "unknown_office")

    @pytest.mark.parametrize("change", ["reschedule", "cancel"])
    async def test_who_has_called_in_meanwhile_is_not_called(self, clerk: Clerk, change: str) -> None:
        slip = await booked(clerk)
        await clerk.did("POST", "/closures", json={**CLOSED, "do": "notify"})
        if change == "cancel":
            await clerk.did("DELETE", f"/appointments/{slip['code']}")
        else:
            await clerk.did("POST", f"/appointments/{slip['code']}/reschedule", json={"starts_at": TEN})
        assert await clerk.did("GET", "/to-tell") == {"to_tell": []}

    async def test_the_last_news_alone_is_told(self, clerk: Clerk) -> None:
        await booked(clerk)
        closed = await clerk.did("POST", "/closures", json={**CLOSED, "do": "notify"})
        await clerk.did("DELETE", f"/closures/{closed['closure_id']}")
        assert [each["kind"] for each in (await clerk.did("GET", "/to-tell"))["to_tell"]] == ["restored"]

    async def test_who_is_in_the_hall_already_is_not_called(self, halls: TownHouse, clerk: Clerk) -> None:
        slip = await booked(clerk)
        set_clock(halls, TUESDAY, "08:30")
        await clerk.did("POST", "/check-in", json={"code": slip["code"]})
        closed = await clerk.did("POST", "/closures", json={**CLOSED, "do": "move"})
        assert [card["by_telephone"] for card in closed["waiting"]] == [False]
        assert await clerk.did("GET", "/to-tell") == {"to_tell": []}

    async def test_a_number_that_cannot_be_read_is_said_so(self, clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
        await booked(clerk)
        await clerk.did("POST", "/closures", json={**CLOSED, "do": "notify"})
        [entry] = (await clerk.did("GET", "/to-tell"))["to_tell"]
        monkeypatch.setattr("service_hall.reminders.telephone.person_of", lambda *_: None)
        refused(await clerk.here("POST", f"/to-tell/{entry['notice_id']}/phone"), 409, "no_phone")


async def test_a_slip_without_its_time_gets_another_from_staff(clerk: Clerk) -> None:
    slip = await booked(clerk)
    await clerk.did("POST", "/closures", json={**CLOSED, "do": "notify"})
    assert (await clerk.did("GET", f"/appointments/{slip['code']}"))["needs_new_time"]
    moved = await clerk.did("POST", f"/appointments/{slip['code']}/reschedule", json={"starts_at": TEN})
    assert (moved["starts_at"], moved["needs_new_time"]) == (TEN, False)

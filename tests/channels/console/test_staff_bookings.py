"""What staff booked for somebody: shown, moved and cancelled by staff, and told by telephone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from service_hall.visits.ledger import Look
from service_hall.visits.visit import VisitId
from tests.channels.callers import TUESDAY, Clerk, Visitor, written
from tests.channels.web.conftest import refused
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


async def test_whom_no_door_reaches_is_called_and_the_look_is_noted(
    halls: TownHouse, clerk: Clerk, visitor: Visitor
) -> None:
    await booked(clerk, 2)
    await visitor.booked()
    done = await clerk.did("POST", "/closures", json={**CLOSED, "do": "notify"})
    phones = sorted(card["phone"] or "" for card in done["displaced"])
    assert phones == ["", somebody(2).phone]
    [unreached] = [card for card in done["displaced"] if card["phone"]]
    [reached] = [card for card in done["displaced"] if not card["phone"]]
    assert [look.what for look in looks(halls, unreached["visit_id"])] == ["phone"]
    assert looks(halls, reached["visit_id"]) == []


async def test_a_slip_without_its_time_gets_another_from_staff(clerk: Clerk) -> None:
    slip = await booked(clerk)
    await clerk.did("POST", "/closures", json={**CLOSED, "do": "notify"})
    assert (await clerk.did("GET", f"/appointments/{slip['code']}"))["needs_new_time"]
    moved = await clerk.did("POST", f"/appointments/{slip['code']}/reschedule", json={"starts_at": TEN})
    assert (moved["starts_at"], moved["needs_new_time"]) == (TEN, False)

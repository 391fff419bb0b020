"""What falls due reaches the citizen's page: once, in order, with taps that the chat takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from service_hall.reminders.delivering import deliver_due
from tests.channels.callers import TUESDAY, Clerk, Visitor, set_clock, written
from tests.town_house import TownHouse
from tests.visit_town import MONDAY, somebody


def pushed_to(halls: TownHouse, visitor: Visitor) -> list[dict[str, Any]]:
    deliver_due(halls.house.hall.means, halls.house.notice_doors)
    return [each.reply.model_dump(mode="json") for each in halls.records.pushed_after(visitor.visitor_id, 0)]


async def test_reminders_come_the_evening_before_and_two_hours_before(halls: TownHouse, visitor: Visitor) -> None:
    await visitor.booked()
    assert pushed_to(halls, visitor) == []
    set_clock(halls, MONDAY, "18:00")
    [evening] = pushed_to(halls, visitor)
    assert (evening["type"], evening["kind"]) == ("notice", "day_before")
    set_clock(halls, TUESDAY, "07:00")
    assert [each["kind"] for each in pushed_to(halls, visitor)] == ["day_before"], "nobody is woken"
    set_clock(halls, TUESDAY, "08:00")
    assert [each["kind"] for each in pushed_to(halls, visitor)] == ["day_before", "soon"]
    assert [each["kind"] for each in pushed_to(halls, visitor)] == ["day_before", "soon"]


async def test_a_cancelled_booking_reminds_nobody(halls: TownHouse, visitor: Visitor) -> None:
    code = await visitor.booked()
    await visitor.ask("DELETE", f"/{code}")
    set_clock(halls, TUESDAY, "08:00")
    assert pushed_to(halls, visitor) == []


async def test_a_moved_booking_reminds_of_the_new_time(halls: TownHouse, visitor: Visitor) -> None:
    code = await visitor.booked()
    await visitor.ask("POST", f"/{code}/reschedule", json={"starts_at": written(TUESDAY, "16:00")})
    set_clock(halls, MONDAY, "18:00")
    [notice] = pushed_to(halls, visitor)
    assert "16:00" in notice["text"]


async def test_a_call_reaches_the_page_of_whoever_is_called(
    halls: TownHouse, visitor: Visitor, other: Visitor, clerk: Clerk
) -> None:
    code = await visitor.booked()
    set_clock(halls, TUESDAY, "09:00")
    await visitor.ask("POST", f"/{code}/check-in")
    visit_id = (await clerk.did("POST", "/1/call-next"))["current"]["visit_id"]
    [called] = pushed_to(halls, visitor)
    assert called["kind"] == "called"
    assert "A001" in called["text"]
    assert "1号窗口" in called["text"]
    await clerk.did("POST", "/1/finish", json={"visit_id": visit_id})
    assert [each["kind"] for each in pushed_to(halls, visitor)] == ["called", "finished"]
    assert pushed_to(halls, other) == []


async def test_every_tap_of_a_notice_is_taken_by_the_chat(halls: TownHouse, visitor: Visitor, clerk: Clerk) -> None:
    code = await visitor.booked()
    set_clock(halls, MONDAY, "18:00")
    pushed_to(halls, visitor)
    set_clock(halls, TUESDAY, "09:00")
    await visitor.ask("POST", f"/{code}/check-in")
    visit_id = (await clerk.did("POST", "/1/call-next"))["current"]["visit_id"]
    await clerk.did("POST", "/1/miss", json={"visit_id": visit_id})
    pushed_to(halls, visitor)
    await clerk.did("POST", "/1/recall", json={"visit_id": visit_id})
    await clerk.did("POST", "/1/finish", json={"visit_id": visit_id})
    notices = pushed_to(halls, visitor)
    assert {"day_before", "missed_call", "finished"} <= {each["kind"] for each in notices}
    taps = [option["payload"] for each in notices for option in each["options"]]
    assert len(taps) >= 8
    for payload in taps:
        response = await visitor.http.post("/api/chat/messages", json={"payload": payload}, headers=visitor.headers)
        assert response.status_code == 200, (payload, response.text)
        assert response.json()["replies"][0]["text"]
    assert (await visitor.shown(code))["rated"] in (1, 2, 3, 4, 5)


async def test_a_closure_tells_everybody_whom_it_hits(halls: TownHouse, visitor: Visitor, clerk: Clerk) -> None:
    code = await visitor.booked()
    closed = {"from": written(TUESDAY, "00:00"), "until": written(TUESDAY + timedelta(days=1), "00:00")}
    await clerk.did("POST", "/closures", json={**closed, "reason": "停电检修", "do": "notify"})
    [notice] = pushed_to(halls, visitor)
    assert notice["kind"] == "displaced"
    assert "停电检修" in notice["text"]
    assert (await visitor.shown(code))["needs_new_time"] is True


async def test_no_notice_holds_a_name_or_a_number(halls: TownHouse, visitor: Visitor) -> None:
    await visitor.booked()
    set_clock(halls, MONDAY, "18:00")
    said = str(pushed_to(halls, visitor))
    person = somebody(1)
    for word in (person.name, person.phone, person.phone[-4:]):
        assert word not in said

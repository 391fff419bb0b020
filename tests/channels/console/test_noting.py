"""What staff do at the counter stands in the book of who did what: what they change, and every look at a person."""

from __future__ import annotations

import pytest

from service_hall.staff.audit import Entry, Wanted
from tests.channels.callers import TUESDAY, Clerk, Visitor, set_clock, written
from tests.fakes import TOWN_HALL
from tests.town_house import TownHouse
from tests.visit_town import MONDAY


def noted(halls: TownHouse) -> list[Entry]:
    """The latest last."""
    return [line.entry for line in halls.house.audit.lines(Wanted())][::-1]


async def test_closed_hours_and_extra_hours(halls: TownHouse, visitor: Visitor, clerk: Clerk) -> None:
    await visitor.booked()
    closing = {"from": written(TUESDAY, "08:00"), "until": written(TUESDAY, "20:00"), "reason": "停电", "do": "notify"}
    closure = await clerk.did("POST", "/closures", json=closing)
    await clerk.did("DELETE", f"/closures/{closure['closure_id']}")
    extra = await clerk.did("POST", "/extra-hours", json={"day": str(TUESDAY), "opens": "18:00", "closes": "19:00"})
    await clerk.did("DELETE", f"/extra-hours/{extra['extra_id']}")
    closed, reopened, added, dropped = noted(halls)
    assert (closed.by, closed.what, closed.thing, closed.at) == ("admin", "counter.close", TOWN_HALL, halls.clock())
    assert (closed.after["reason"], closed.after["hit"], reopened.after["restored"]) == ("停电", 1, 1)
    assert added.after == extra and dropped.after == {"extra": extra["extra_id"], "displaced": 0}


@pytest.mark.parametrize("consents", [True, False])
async def test_each_look_at_a_list_and_none_that_was_refused(
    halls: TownHouse, visitor: Visitor, clerk: Clerk, consents: bool
) -> None:
    code = await visitor.booked(starts_at=written(MONDAY, "10:00"))
    set_clock(halls, MONDAY, "09:55")
    await visitor.ask("PUT", f"/{code}/consent", json={"share": consents})
    await clerk.did("POST", "/check-in", json={"code": code})
    called = await clerk.did("POST", "/1/call-next")
    visit_id = called["current"]["visit_id"]
    looked = await clerk.here("GET", f"/visits/{visit_id}/pack")
    assert looked.status_code == (200 if consents else 403)
    assert [(each.by, each.what, each.thing, each.after) for each in noted(halls)] == (
        [("admin", "personal.look", visit_id, {"what": "pack"})] if consents else []
    )

"""One look for all who ask at once, fresh again after a moment or a change."""

from __future__ import annotations

import asyncio
import threading

import httpx
import pytest

from channels.shared_look import MOST_KEPT, SharedLook
from service_hall.appointments.outcomes import Booked
from service_hall.appointments.reserving import book
from service_hall.queue.state import Glance
from service_hall.visits.means import Means
from tests.channels.callers import TUESDAY, Clerk, Visitor, set_clock
from tests.fakes import TOWN_HALL
from tests.town_house import TownHouse
from tests.visit_town import moment, request


class Eyes:
    def __init__(self) -> None:
        self.looked: list[str] = []
        self.seconds = 0.0
        self.version = 0
        self.open = threading.Event()
        self.open.set()
        self.shared = SharedLook(self.look, 1.0, lambda: self.version, lambda: self.seconds)

    def look(self, key: str) -> str:
        self.looked.append(key)
        assert self.open.wait(30)
        if key == "nothing":
            raise LookupError
        return f"{key} {len(self.looked)}"


async def test_a_hundred_at_once_are_one_look() -> None:
    eyes = Eyes()
    eyes.open.clear()
    asking = [asyncio.create_task(eyes.shared.at("hall")) for _ in range(100)]
    await asyncio.sleep(0)
    asking[0].cancel()  # it began the look; the others still get what was seen
    eyes.open.set()
    assert await asyncio.gather(*asking[1:]) == ["hall 1"] * 99
    assert eyes.looked == ["hall"]


async def test_what_was_seen_counts_for_a_moment_and_for_its_own_key() -> None:
    eyes = Eyes()
    assert [await eyes.shared.at(key) for key in ("a", "b", "a")] == ["a 1", "b 2", "a 1"]
    eyes.seconds = 0.9
    assert await eyes.shared.at("a") == "a 1"
    eyes.seconds = 1.0
    assert await eyes.shared.at("a") == "a 3"


async def test_after_a_change_nothing_counts_that_was_seen_before() -> None:
    eyes = Eyes()
    await eyes.shared.at("a")
    eyes.version = 1
    assert await eyes.shared.at("a") == "a 2"


async def test_a_look_that_was_under_way_at_the_change_is_not_handed_out_after_it() -> None:
    eyes = Eyes()
    eyes.open.clear()
    before = asyncio.create_task(eyes.shared.at("a"))
    while not eyes.looked:
        await asyncio.sleep(0.001)
    eyes.version = 1
    after = asyncio.create_task(eyes.shared.at("a"))
    await asyncio.sleep(0)
    eyes.open.set()
    assert (await before).startswith("a")
    assert await after == "a 2"
    assert await eyes.shared.at("a") == "a 2"
    assert len(eyes.looked) == 2


async def test_a_look_that_fails_is_taken_again() -> None:
    eyes = Eyes()
    for _ in range(2):
        with pytest.raises(LookupError):
            await eyes.shared.at("nothing")
    assert eyes.looked == ["nothing"] * 2


async def test_it_does_not_keep_ever_more() -> None:
    eyes = Eyes()
    for number in range(2 * MOST_KEPT):
        await eyes.shared.at(str(number))
    assert len(eyes.shared._seen) <= MOST_KEPT


async def test_screens_of_one_hall_share_a_look_and_see_every_call_at_once(
    halls: TownHouse, door: httpx.AsyncClient, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = 0
    ledger = halls.house.hall.means.ledger
    read = ledger.read

    def counted(work):  # type: ignore[no-untyped-def]
        nonlocal reads
        reads += 1
        return read(work)

    monkeypatch.setattr(ledger, "read", counted)
    boards = await asyncio.gather(*(door.get(f"/api/queue/{TOWN_HALL}") for _ in range(50)))
    assert {board.status_code for board in boards} == {200}
    assert reads <= 2
    number = (await clerk.walk_in())["number"]
    await clerk.did("POST", "/1/call-next")
    called = (await door.get(f"/api/queue/{TOWN_HALL}")).json()["called"]
    assert [each["number"] for each in called] == [number]


async def test_all_who_wait_in_a_hall_share_a_look_at_the_queue_and_each_sees_the_own_place(
    halls: TownHouse, door: httpx.AsyncClient, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    means = halls.house.hall.means
    waiting = [Visitor(door, number) for number in range(1, 9)]
    codes = [booked(means, visitor) for visitor in waiting]
    set_clock(halls, TUESDAY, "09:30")
    for visitor, code in zip(waiting, codes, strict=True):
        assert (await visitor.ask("POST", f"/{code}/check-in")).status_code == 200
    glances = 0
    look = means.ledger.read

    def counted(work):  # type: ignore[no-untyped-def]
        nonlocal glances
        seen = look(work)
        glances += isinstance(seen, Glance)
        return seen

    monkeypatch.setattr(means.ledger, "read", counted)
    asked = [visitor.ask("GET", f"/{code}/ticket") for visitor, code in zip(waiting, codes, strict=True)]
    tickets = [response.json()["ticket"] for response in await asyncio.gather(*asked)]
    assert glances <= 2
    assert sorted(ticket["ahead"] for ticket in tickets) == list(range(len(waiting)))
    await clerk.did("POST", "/1/call-next")
    after = [
        (await visitor.ask("GET", f"/{code}/ticket")).json()["ticket"]
        for visitor, code in zip(waiting, codes, strict=True)
    ]
    assert sorted(ticket["status"] for ticket in after) == ["called"] + ["checked_in"] * (len(waiting) - 1)


def booked(means: Means, visitor: Visitor) -> str:
    at = moment(TUESDAY, ("09:00", "09:30", "10:00", "10:30")[(visitor.number - 1) // 2])
    outcome = book(means, request(visitor.number, at))
    assert isinstance(outcome, Booked)
    return str(outcome.visit.code)

"""The measurement of bookings and openings, made tiny: what it does comes out right, however long it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from evaluation.load import visits
from evaluation.load.city import OPEN, fill, free_places, larger_content
from evaluation.load.pace import Pace, pace_of
from evaluation.load.visit_works import Door, bookings, looks
from evaluation.stack import free_ports
from knowledge_base.content_files import load_content
from knowledge_base.offices import Office
from server.app import make_app
from server.storage.visit_ledger import VisitLedger
from service_hall.appointments.openings import days_bookable
from service_hall.appointments.places import openings_between
from service_hall.visits.means import Means
from tests.databases import open_copy
from tests.town_house import SECRET, SharedHallShelf, TownHouse
from tests.visit_town import MONDAY, VisitTown, moment, town_offices

MOST = 6


@pytest.fixture
def means(tmp_path: Path) -> Iterator[Means]:
    engine = open_copy(tmp_path / "visits.sqlite3")
    yield VisitTown(ledger=VisitLedger(engine)).means
    engine.dispose()


def left_at(means: Means, office: Office) -> int:
    first, last = days_bookable(means.now(), means.rules_now())
    found = [openings_between(means, line.guides[0], office.id, first, last) for line in office.lines]
    return sum(opening.left for openings in found if isinstance(openings, list) for opening in openings)


def test_every_place_is_filled_and_no_more(means: Means) -> None:
    hall, east, *_ = town_offices()
    free = left_at(means, hall)
    assert fill(means, [hall]) == free > 100
    assert left_at(means, hall) == 0
    assert left_at(means, east) > 0
    assert fill(means, []) == 0


def test_free_places_are_all_there_and_change_between_offices(means: Means) -> None:
    hall, east, *_ = town_offices()
    places = list(free_places(means, [hall, east]))
    assert len(places) == left_at(means, hall) + left_at(means, east)
    assert [place.office_id for place in places[:4]] == [hall.id, east.id] * 2
    assert list(free_places(means, [])) == []


@pytest.mark.parametrize("at_once", visits.AT_ONCE)
def test_bookings_and_looks_come_out_as_they_should(means: Means, at_once: int) -> None:
    hall, east, *_ = town_offices()
    before = left_at(means, east)
    paces = [
        pace_of("booking", "sqlite", bookings(means, free_places(means, [east])), at_once, 60, MOST),
        pace_of("openings", "sqlite", looks(means, [hall]), at_once, 60, MOST),
    ]
    assert [(pace.done, pace.flaws) for pace in paces] == [(MOST, 0)] * 2
    assert left_at(means, east) == before - MOST


def test_a_booking_of_a_taken_place_is_a_flaw(means: Means) -> None:
    hall, *_ = town_offices()
    places = list(free_places(means, [hall]))[:1] * 3
    assert pace_of("booking", "sqlite", bookings(means, iter(places)), 1, 60).flaws == 1


def test_nothing_to_do_takes_no_time_and_has_no_flaws() -> None:
    assert pace_of("nothing", "nowhere", iter(()), 4, 60) == Pace("nothing", "nowhere", 4, 0, 0.0, 0.0, 0.0, 0)


async def test_the_same_over_http(tmp_path: Path) -> None:
    town = TownHouse(tmp_path, shelf=SharedHallShelf)
    town.clock.at = moment(MONDAY, "08:00")
    means = town.house.hall.means
    hall, east, *_ = town_offices()
    [port] = free_ports(1)
    server = uvicorn.Server(uvicorn.Config(make_app(town.house), port=port, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0)
    door = Door(port, SECRET)

    def measured() -> list[Pace]:
        taken = list(free_places(means, [hall]))[:1]
        booked = pace_of("booking", "http", door.bookings(free_places(means, [east])), 2, 60, MOST)
        looked = pace_of("openings", "http", door.looks([hall]), 2, 60, MOST)
        return [booked, looked, pace_of("booking", "http", door.bookings(iter(taken * 3)), 1, 60)]

    before = left_at(means, east)
    paces = await asyncio.to_thread(measured)
    server.should_exit = True
    await serving
    assert [(pace.done, pace.flaws) for pace in paces] == [(MOST, 0), (MOST, 0), (3, 1)]
    assert left_at(means, east) == before - MOST


def test_the_larger_city_has_no_faults_and_halls_to_be_booked(tmp_path: Path) -> None:
    city = load_content(larger_content(tmp_path / "content", visits.TIMES))
    assert city.faults == ()
    opened = [office for office in city.offices if office.id.endswith(f"-{OPEN}")]
    assert len(opened) * visits.TIMES == len(city.offices) - len(opened) >= 24
    assert all(office.lines for office in city.offices)


def test_a_slow_look_and_a_flaw_are_named() -> None:
    def result(*paces: Pace) -> dict[str, Any]:
        return {"visits": 7, "offices": 24, "paces": [asdict(pace) for pace in paces]}

    quick = Pace(visits.LOOK, "sqlite", 1, 9, 90.0, 5.0, visits.MOST_P95_MS, 0)
    slow = replace(quick, where="postgresql", p95_ms=visits.MOST_P95_MS + 0.1)
    flawed = Pace(visits.BOOKING, "sqlite", 16, 9, 90.0, 5.0, 999.0, 2)
    assert visits.faults(result(quick)) == []
    assert len(visits.faults(result(quick, slow, flawed))) == 2
    told = str(visits.pace_table(result(quick, slow, flawed)))
    assert "7 booked at 24 offices" in told
    assert "postgresql" in told

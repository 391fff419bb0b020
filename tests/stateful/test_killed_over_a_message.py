"""A process is killed while it has a message in work; the door hands the message in again, to another one."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from channels.switchboard import inbox
from channels.switchboard.receive import Receipt
from server.storage.visit_ledger import VisitLedger
from service_hall.conversation.inbox import LEASE
from service_hall.conversation.message import CitizenMessage
from service_hall.conversation.reply import AppointmentReply, Outcome
from service_hall.shared.ids import VisitorId, new_visitor_id
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit
from tests.databases import sqlite_file
from tests.postgresql import empty_database
from tests.stateful.chatting_child import die_over, open_town
from tests.town_house import TownHouse

_CHILD = "tests.stateful.chatting_child"
BEFORE = ("我叫欧阳锦瑟，明天九点办借书证首次办理，帮我约一下", "13912345678", "跳过")
CONFIRMS, KEY = "没错", "confirm-1"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with ExitStack() as made:
        if request.param == "sqlite":
            path = tmp_path / "town.sqlite3"
            path.write_bytes(sqlite_file())
            yield f"sqlite:///{path}"
        else:
            server = request.getfixturevalue("postgres_url")
            template = request.getfixturevalue("postgres_template")
            yield made.enter_context(empty_database(server, "wenban_test_in_work", template))


class Citizen:
    def __init__(self, town: TownHouse) -> None:
        self.town, self.visitor_id = town, new_visitor_id()

    async def say(self, text: str, key: str = "") -> Receipt:
        message = CitizenMessage(self.visitor_id, self.town.clock(), text, key=key)
        return await self.town.house.switchboard.receive(message)

    def visits(self) -> list[Visit]:
        return VisitLedger(self.town.house.engine).read(lambda page: page.of_visitor(self.visitor_id))


def kill_over(url: str, var: Path, visitor_id: VisitorId) -> None:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([_CHILD])
    child = processes.Process(target=die_over, args=(url, var, visitor_id, CONFIRMS, KEY))
    child.start()
    child.join()
    assert child.exitcode == -9, "the child fell by itself"


async def test_what_was_done_is_done_once_and_told_once(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "LOOK_SECONDS", 0.01)
    town = open_town(url, tmp_path / "here")
    citizen = Citizen(town)
    for text in BEFORE:
        receipt = await citizen.say(text)
    assert receipt.outcome is Outcome.ASKING
    await asyncio.to_thread(kill_over, url, tmp_path / "there", citizen.visitor_id)
    booked = citizen.visits()
    assert [visit.status for visit in booked] == [Status.BOOKED], "the one that was killed had booked"
    assert len(town.records.turns_of(citizen.visitor_id)) == len(BEFORE)
    again = asyncio.create_task(citizen.say(CONFIRMS, KEY))
    await asyncio.sleep(0.05)
    assert not again.done(), "the first may still be alive"
    town.clock.at += LEASE + timedelta(milliseconds=1)
    told = await again
    [appointment] = (reply for reply in told.replies if isinstance(reply, AppointmentReply))
    assert (told.outcome, appointment.code) == (Outcome.DONE, booked[0].code)
    assert await citizen.say(CONFIRMS, KEY) == told
    assert citizen.visits() == booked
    assert len(town.records.turns_of(citizen.visitor_id)) == len(BEFORE) + 1

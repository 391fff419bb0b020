"""A process of the service that dies over a message: it has done what was asked, and has told nobody."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from service_hall.conversation.context import Context
from service_hall.conversation.message import CitizenMessage
from service_hall.conversation.records import RecordedTurn
from service_hall.shared.ids import VisitorId
from tests.town_house import SharedHallShelf, TownHouse


def open_town(url: str, var: Path) -> TownHouse:
    return TownHouse(var, shelf=SharedHallShelf, database_url=url)


def die_over(url: str, var: Path, visitor_id: VisitorId, text: str, key: str) -> None:
    town = open_town(url, var)

    def die(turn: RecordedTurn, context: Context) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    town.records.record = die  # type: ignore[method-assign]
    asyncio.run(town.house.switchboard.receive(CitizenMessage(visitor_id, town.clock(), text, key=key)))

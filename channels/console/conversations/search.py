"""What a search for conversations asks for, as it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import Query
from pydantic import BeforeValidator

from channels.console.shell.console import Seat
from channels.console.shell.items import items_of
from channels.console.shell.names import CHANNELS, FLAGS, OUTCOMES
from channels.console.shell.regions import regions_asked
from channels.inputs import KeptId, Moment, OptionalDay, check_days
from service_hall.conversation.archive import Place, WantedTurns
from service_hall.conversation.message import Door, without_unseen
from service_hall.conversation.noting import Flag
from service_hall.conversation.reply import Outcome
from service_hall.hall import Hall
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import MessageId

_Words = Annotated[str, BeforeValidator(without_unseen), Query(max_length=100)]


@dataclass(frozen=True)
class Search:
    """`first`, `last`: days that are shown, both of them."""

    first: date | None
    last: date | None
    channel: str
    region: str
    outcome: str
    words: str
    flag: str

    def wanted(self, seat: Seat, hall: Hall) -> WantedTurns:
        """Of what she may see; refuses (403, 404) another region."""
        return WantedTurns(
            since=_start(self.first),
            until=_start(self.last + timedelta(days=1)) if self.last and self.last < date.max else None,
            door=Door(self.channel) if self.channel else None,
            regions=regions_asked(seat, hall, self.region),
            outcome=Outcome(self.outcome) if self.outcome else None,
            words=tuple(self.words.split()),
            flag=Flag(self.flag),
            items=items_of(seat.member, hall),
        )

    def address(self) -> dict[str, str]:
        return {name: str(value) for name, value in vars(self).items() if value}

    def noted(self) -> dict[str, Any]:
        """For the book of who did what: the words may be somebody's name, so that it has their number alone."""
        return {**self.address(), **({"words": len(self.words.split())} if self.words else {})}


def search(
    first: OptionalDay = None,
    last: OptionalDay = None,
    channel: Annotated[str, Query(max_length=10)] = "",
    region: Annotated[str, Query(max_length=12)] = "",
    outcome: Annotated[str, Query(max_length=20)] = "",
    words: _Words = "",
    flag: Annotated[str, Query(max_length=12)] = "",
) -> Search:
    check_days(first, last)
    return Search(
        first,
        last,
        channel if channel in CHANNELS else "",
        region,
        outcome if outcome in OUTCOMES else "",
        words.strip(),
        flag if flag in FLAGS else "",
    )


def place(at: Moment | None = None, after: KeptId | None = None) -> Place | None:
    """Where the page before ended. None: this is the first one."""
    return Place(at, MessageId(after)) if at and after else None


def _start(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), SHANGHAI) if day else None

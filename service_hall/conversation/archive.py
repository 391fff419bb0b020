"""Recorded turns as staff look for them, over all visitors. What citizens said stands there as it is kept: masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from service_hall.conversation.message import Door
from service_hall.conversation.noting import Flag, Note, NoteId
from service_hall.conversation.reply import Outcome, Reply
from service_hall.shared.ids import MessageId, VisitorId
from service_hall.staff.audit import Entry

MOST_LOOKED_AT = 20_000
"""Turns of one search: however rare the words, a page comes at once, and says how far it has looked."""


@dataclass(frozen=True)
class Place:
    """Of a turn among all, by when it came."""

    at: datetime
    message_id: MessageId


@dataclass(frozen=True)
class WantedTurns:
    """Empty: all. `since` is part of it, `until` is not. `regions`: codes, and "" where none was named. `words`: each
    stands in what the citizen said, in whatever case. `flag`: on a note of the turn; what a visitor said who was
    flagged as a test is found by that flag alone."""

    since: datetime | None = None
    until: datetime | None = None
    door: Door | None = None
    regions: tuple[str, ...] = ()
    outcome: Outcome | None = None
    words: tuple[str, ...] = ()
    flag: Flag = Flag.NONE
    items: frozenset[str] | None = None
    """Of turns that told of an item, those that told of one of these. None: of any."""

    @property
    def sifts(self) -> bool:
        """Turn by turn: no index leads to these."""
        return bool(self.door or self.regions or self.words or self.items is not None)


@dataclass(frozen=True)
class ArchivedTurn:
    message_id: MessageId
    visitor_id: VisitorId
    at: datetime
    door: Door
    region: str
    outcome: Outcome
    reason: str
    """The rule that decided."""
    took_ms: int
    said: str
    """Masked, or the payload that was tapped."""
    replies: tuple[Reply, ...]
    useful: bool | None
    """None: nobody judged it."""
    comment: str
    notes: tuple[Note, ...]
    """In order."""

    @property
    def place(self) -> Place:
        return Place(self.at, self.message_id)


@dataclass(frozen=True)
class Found:
    """`goes_on`: from where to look on; None: there is no more."""

    turns: tuple[ArchivedTurn, ...]
    goes_on: Place | None


class Archive(Protocol):
    def search(self, wanted: WantedTurns, before: Place | None = None, most: int = 50) -> Found:
        """The newest first, of at most MOST_LOOKED_AT turns: it may find few and go on."""
        ...

    def around(
        self,
        message_id: MessageId,
        regions: tuple[str, ...] = (),
        each_way: int = 20,
        items: frozenset[str] | None = None,
    ) -> list[ArchivedTurn]:
        """A turn among those of the same visitor before and after it, in order, of these regions (empty: of all) and
        `items` (as wanted). Empty: there is no such turn there."""
        ...

    def add_note(self, note: Note, entry: Entry) -> bool:
        """False: there is no such turn."""
        ...

    def drop_note(self, note_id: NoteId, entry: Entry) -> bool:
        """False: there is no such note."""
        ...

"""What is to go out over WeChat, and how far it has come. A letter names its notice: what it says is asked for when it
goes, so that nothing old is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from service_hall.shared.ids import VisitorId
from service_hall.visits.notices import NoticeId


class State(StrEnum):
    WAITING = "waiting"
    """To be sent, or sent again, at `next_at`."""
    KEPT = "kept"
    """There is no way to her now: told when she next writes."""
    DEAD = "dead"
    """WeChat did not take it, however often. Told when she next writes, or by staff."""
    SENT = "sent"
    """WeChat took it."""
    TOLD = "told"
    """In an answer, or by staff."""
    IDLE = "idle"
    """There was no reason any more to tell it, or nobody to tell it to."""


OPEN = (State.KEPT, State.DEAD)
"""What she is told when she next writes."""


@dataclass(frozen=True)
class Letter:
    notice_id: NoticeId
    visitor_id: VisitorId
    office_id: str
    kind: str
    posted_at: datetime
    next_at: datetime
    state: State = State.WAITING
    tries: int = 0
    code: int = 0
    """WeChat's, of the last refusal."""


class Letters(Protocol):
    """One suite tests every implementation (tests/contract). All raise OutOfReach."""

    def post(self, letter: Letter) -> None:
        """Each notice once. Raises VisitorForgotten."""
        ...

    def due(self, now: datetime, limit: int) -> Sequence[Letter]:
        """Those that wait, the oldest in front."""
        ...

    def claim(self, letter: Letter, until: datetime) -> bool:
        """One node sends it; `due` shows it again after `until`. Counts the try."""
        ...

    def put_off(self, notice_id: NoticeId, until: datetime, code: int) -> None: ...

    def settle(self, notice_id: NoticeId, state: State, at: datetime, code: int = 0, receipt: str = "") -> bool:
        """False: it was settled before, but for what is open and is told now. `receipt`: by what WeChat's report will
        call it."""
        ...

    def reported(
        self, visitor_id: VisitorId, receipts: Collection[str], state: State, at: datetime, code: int = 0
    ) -> bool:
        """The last of hers that was sent and is called one of those did not arrive. False: there is none."""
        ...

    def open_for(self, visitor_id: VisitorId) -> Sequence[Letter]:
        """What did not reach her, the oldest in front."""
        ...

    def open_at(self, office_id: str) -> Sequence[Letter]:
        """What did not reach somebody, the oldest in front."""
        ...

    def counts(self) -> dict[State, int]: ...

    def drop(self, before: datetime) -> int:
        """Those posted before that. How many."""
        ...

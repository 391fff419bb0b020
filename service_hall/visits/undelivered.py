"""What a door was given and could not deliver: staff see it, and tell what is worth a call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from service_hall.visits.notices import NoticeId


class Undelivered(Protocol):
    """One suite tests every implementation (tests/contract)."""

    def at(self, office_id: str) -> Sequence[NoticeId]:
        """The oldest in front."""
        ...

    def told(self, notice_id: NoticeId, at: datetime) -> bool:
        """By somebody, in another way. False: it was told meanwhile, or is not among them."""
        ...


class EveryDoorDelivers:
    def at(self, office_id: str) -> Sequence[NoticeId]:
        return ()

    def told(self, notice_id: NoticeId, at: datetime) -> bool:
        return False

"""What could not be said in time, kept until it is said: late by the account's own hand, or beside the next answer.

Only where it stands is kept, never what it says: whoever deletes the conversation deletes it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from channels.wechat.api.parts import OpenId
from service_hall.shared.ids import MessageId

LEASE = timedelta(seconds=60)
"""Whoever says it has it for so long: longer than all parts of an answer take."""
NOT_YET = -1
"""In place of how much of an answer was said: there is none yet."""
KEPT = timedelta(days=7)
"""After that nobody remembers what was asked."""


@dataclass(frozen=True)
class Owed:
    """An answer that was not said, or not to its end. `begins`: how many characters of it were, or NOT_YET."""

    message_id: MessageId
    begins: int = 0


class LateAnswers(Protocol):
    """One suite tests every implementation (tests/contract). All raise OutOfReach."""

    def keep(self, openid: OpenId, owed: Owed, now: datetime, until: datetime | None = None) -> None:
        """In place of what was kept of the same answer. `until`: whoever keeps it is about to say it, for so long."""
        ...

    def take(self, openid: OpenId, now: datetime) -> Sequence[Owed]:
        """What nobody is saying at this moment, the oldest first: whoever asked says it now."""
        ...

    def owing(self, now: datetime) -> Sequence[OpenId]:
        """To whom something is owed that nobody is saying at this moment."""
        ...

    def said(self, message_id: MessageId) -> None:
        """To its end."""
        ...

    def forget(self, before: datetime) -> int: ...

"""What was handed in at a door is taken once, by whichever process, however often it is handed in (docs/adr/0030)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from service_hall.conversation.message import CitizenMessage, Door
from service_hall.shared.ids import MessageId

LEASE = timedelta(seconds=10)
"""How long whoever took a message may have it in work. After that it is taken for dead, and another takes the message
anew. No message waits as long as that (CITIZEN_SECONDS of the switchboard)."""
KEPT = timedelta(days=1)
"""WeChat tries again for some seconds, a page that was asleep for some hours."""


FORGOTTEN = MessageId("")
"""By which a message is known that was answered, and whose conversation was deleted since."""


@dataclass(frozen=True)
class Taken:
    """`is_ours`: to be answered by whoever asked. Otherwise it is answered, or another has it in work."""

    message_id: MessageId
    is_ours: bool


class Inbox(Protocol):
    """One suite tests every implementation (tests/contract)."""

    def take(self, door: Door, key: str, message_id: MessageId, now: datetime) -> Taken:
        """`message_id`: by which it is known from now on, if it comes for the first time. It is answered when a turn of
        that id is recorded; where that was deleted with its conversation, it is known as FORGOTTEN."""
        ...

    def give_back(self, door: Door, key: str) -> None:
        """It was not answered after all: the next one takes it. Nothing, where it is answered."""
        ...

    def join(self, door: Door, key: str, message_id: MessageId) -> None:
        """It was answered together with the message of that id: a repeat of it is a repeat of that."""
        ...

    def forget_taken(self, before: datetime) -> int: ...


def kept_key(message: CitizenMessage) -> str:
    """64 characters, however long the door's own is. It belongs to who speaks: nobody is answered for another."""
    speaker = message.speaker or message.visitor_id
    return hashlib.sha256(f"{speaker}\n{message.key}".encode(errors="replace")).hexdigest()

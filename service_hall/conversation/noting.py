"""Notes of staff on recorded turns, and the flags by which they are found again. A note goes with its turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from service_hall.shared.ids import MessageId

NoteId = NewType("NoteId", str)


class Flag(StrEnum):
    NONE = ""
    FOLLOW_UP = "follow_up"
    WRONG = "wrong"
    GOOD = "good"
    TEST = "test"
    """Of staff who tried something out: whatever this visitor said stands apart."""


@dataclass(frozen=True)
class Note:
    note_id: NoteId
    message_id: MessageId
    flag: Flag
    text: str
    """Masked; empty: the flag says it."""
    by: str
    at: datetime

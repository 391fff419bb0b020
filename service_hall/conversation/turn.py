"""How a turn of the conversation ends."""

from __future__ import annotations

from dataclasses import dataclass

from service_hall.conversation.context import Context
from service_hall.conversation.reply import Outcome, Reply


@dataclass(frozen=True)
class Turn:
    outcome: Outcome
    replies: tuple[Reply, ...]
    context: Context

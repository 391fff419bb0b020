"""How a turn of the conversation ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service_hall.conversation.context import Context
from service_hall.conversation.reply import Outcome, Reply


@dataclass(frozen=True)
class Ended:
    """A walk that is over. `told`: JSON, for the walk below it; empty where it was given up."""

    name: str
    walk_id: str
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Into:
    """The open walk leads into one of the flow `name`. `given`: JSON, what that begins with."""

    name: str
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Turn:
    outcome: Outcome
    replies: tuple[Reply, ...]
    context: Context
    reason: str = ""
    """The name of the rule that ended it so, or took it. One of a small number, written in the code: it is counted."""
    taken_by: str = ""
    """The flow whose turn it was and, where its walk was open, the question: `booking.when`. Counted with the reason.
    Empty for a turn of no flow."""
    forgets: bool = False
    """What was said, this turn included, is deleted once it is answered."""
    is_miss: bool = False
    """The open question was asked once more, for the sentence was not understood as an answer."""
    to_desk: str = ""
    """What was said, or a part of it, that the desk answers below: the walk has ended, and left it over."""
    ended: Ended | None = None
    into: Into | None = None

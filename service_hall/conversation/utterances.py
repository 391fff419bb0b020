"""Who said what, at which door, in one order: what citizens say, what is answered, what is told later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service_hall.conversation.message import Door
from service_hall.conversation.reply import Reply
from service_hall.shared.ids import MessageId, VisitorId


class Speaker(StrEnum):
    CITIZEN = "citizen"
    ASSISTANT = "assistant"
    STAFF = "staff"
    NOTICE = "notice"
    """What falls due: a reminder, a call, a change."""


PUSHED = frozenset({Speaker.STAFF, Speaker.NOTICE})
"""Who speaks without having been asked: it goes into the stream."""


@dataclass(frozen=True)
class Utterance:
    """`said` by a citizen, masked, or the payload that was tapped; of all others the `reply`. `number`: growing, of all
    visitors together; the stream's events are known by it. `message_id`: of the turn that it belongs to;
    then `at` is when the citizen was heard."""

    number: int
    visitor_id: VisitorId
    who: Speaker
    door: Door
    at: datetime
    said: str = ""
    reply: Reply | None = None
    message_id: MessageId | None = None

"""What became of a message that WeChat had taken: it tells so afterwards, in events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from channels.wechat.api import Decision
from channels.wechat.api.errors import decide
from channels.wechat.outgoing.letters import Letters, State
from service_hall.shared.ids import VisitorId

_OF_A_TEMPLATE, _OF_SUBSCRIPTIONS = "templatesendjobfinish", "subscribe_msg_sent_event"
EVENTS = frozenset({_OF_A_TEMPLATE, _OF_SUBSCRIPTIONS})
"""In small letters."""
_BLOCKED = "failed:user block"
"""She wants no such messages: nobody has to be called for that."""


@dataclass(frozen=True)
class _Lost:
    """`receipts`: by which the letter may be known."""

    receipts: tuple[str, ...]
    state: State
    code: int = 0


def hear(letters: Letters, visitor_id: VisitorId, event: Mapping[str, Any], at: datetime) -> None:
    """`event`: as parsed from XML. What did not arrive is open again: told when she writes, or by staff. Raises
    OutOfReach."""
    for lost in _lost(event):
        letters.reported(visitor_id, lost.receipts, lost.state, at, lost.code)


def _lost(event: Mapping[str, Any]) -> Iterator[_Lost]:
    if str(event.get("Event", "")).lower() == _OF_A_TEMPLATE:
        status = str(event.get("Status", "")).strip().lower()
        if status.startswith("failed"):
            state = State.KEPT if status.replace(": ", ":") == _BLOCKED else State.DEAD
            yield _Lost((str(event.get("MsgID", "")),), state)
        return
    told = event.get("SubscribeMsgSentEvent")
    found = told.get("List") if isinstance(told, Mapping) else None
    for entry in found if isinstance(found, list) else [found]:
        if isinstance(entry, Mapping) and (code := _number(entry.get("ErrorCode"))):
            receipts = str(entry.get("MsgID", "")), str(entry.get("TemplateId", ""))
            yield _Lost(receipts, State.KEPT if decide(code) is Decision.NO_CONSENT else State.DEAD, code)


def _number(value: object) -> int:
    """0 for what is none: nothing went wrong that anybody knows of."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else 0

"""Reading Rasa's tracker: what was said, how it was understood, whose turn it is."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.shared.ids import MessageId

_ASPECTS, _ACTS = set(Aspect), set(Act)


def sentence(tracker: Tracker) -> str:
    return str(tracker.latest_message.get("text") or "")


def understood(tracker: Tracker) -> tuple[Act, Aspect | None]:
    intent = str((tracker.latest_message.get("intent") or {}).get("name") or "")
    aspect = intent.removeprefix("ask_")
    if intent.startswith("ask_") and aspect in _ASPECTS:
        return Act.ASK, Aspect(aspect)
    return (Act(intent), None) if intent in _ACTS else (Act.ASK, None)


def message_id(tracker: Tracker) -> MessageId | None:
    """Under which the switchboard has opened the turn; None where nobody has, as in `rasa shell`."""
    metadata: Any = tracker.latest_message.get("metadata") or {}
    known = metadata.get("message_id")
    return MessageId(str(known)) if known else None

"""Reading Rasa's tracker: what was said, how it was understood, what carries over."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context

_ASPECTS, _ACTS = set(Aspect), set(Act)


def sentence(tracker: Tracker) -> str:
    return str(tracker.latest_message.get("text") or "")


def understood(tracker: Tracker) -> tuple[Act, Aspect | None]:
    intent = str((tracker.latest_message.get("intent") or {}).get("name") or "")
    aspect = intent.removeprefix("ask_")
    if intent.startswith("ask_") and aspect in _ASPECTS:
        return Act.ASK, Aspect(aspect)
    return (Act(intent), None) if intent in _ACTS else (Act.ASK, None)


def carried_over(tracker: Tracker) -> tuple[Context, bool]:
    """The context, and whether the service sent it along (else it lives in the slot)."""
    metadata: Any = tracker.latest_message.get("metadata") or {}
    sent = metadata.get("context")
    if sent is not None:
        return Context.model_validate(sent), True
    return Context.model_validate(tracker.get_slot("context") or {}), False

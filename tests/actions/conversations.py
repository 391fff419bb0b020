"""What Rasa posts to the actions, in as few words as a test needs."""

from __future__ import annotations

from typing import Any


def call(
    text: str = "",
    intent: str | None = None,
    *,
    action: str = "action_answer",
    context: dict[str, Any] | None = None,
    slot: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """`context`: as the service sends it along; None: nobody does, as in `rasa shell`."""
    message: dict[str, Any] = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": []}
    if context is not None:
        message["metadata"] = {"context": context}
    return {
        "next_action": action,
        "sender_id": "v_1",
        "tracker": {
            "sender_id": "v_1",
            "slots": {"context": slot},
            "latest_message": message,
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": None,
        },
    }

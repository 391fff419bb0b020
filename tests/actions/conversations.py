"""What Rasa posts to the actions, in as few words as a test needs."""

from __future__ import annotations

from typing import Any


def call(
    text: str = "",
    intent: str | None = None,
    *,
    action: str = "action_answer",
    message_id: str = "",
    sender: str = "v_1",
) -> dict[str, Any]:
    """`message_id`: of the turn that the service has opened; without one nobody has, as in `rasa shell`."""
    message: dict[str, Any] = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": []}
    if message_id:
        message["metadata"] = {"message_id": message_id}
    return {
        "next_action": action,
        "sender_id": sender,
        "tracker": {
            "sender_id": sender,
            "slots": {},
            "latest_message": message,
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": None,
        },
    }

"""To which scenario an answer of the chat leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluation.visitor import Said
from knowledge_base.scenarios.topics import PREFIX
from service_hall.conversation.message import SCENARIO, read_command


def scenario_led_to(said: Said) -> str:
    """The first: of the question that it asks, of what it tells, or of what it offers; '' for none."""
    return next((found for reply in said.replies for found in _scenarios_in(reply)), "")


def is_pulled(said: Said) -> bool:
    """Whoever asked something is told of a life event, or asked its questions: an offer below an answer is none."""
    return any(reply.get("scenario_id") or str(reply.get("guide_id", "")).startswith(PREFIX) for reply in said.replies)


def is_begun(said: Said) -> bool:
    """A question of a scenario is open, and nothing was offered before."""
    last = said.replies[-1] if said.replies else {}
    return bool(last.get("scenario_id")) and last.get("type") == "question"


def _scenarios_in(reply: dict[str, Any]) -> Iterator[str]:
    if asked := reply.get("scenario_id"):
        yield str(asked)
    for option in (*reply.get("options", ()), *reply.get("suggestions", ())):
        command = read_command(option.get("payload", ""))
        if command and command.intent == SCENARIO:
            yield command["guide_id"]

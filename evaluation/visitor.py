"""A citizen at the chat door, as any other program would be one: through the contract alone."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from service_hall.conversation.message import read_payload


@dataclass(frozen=True)
class Said:
    """What came back for one message."""

    outcome: str
    replies: tuple[dict[str, Any], ...]
    took_ms: float

    @property
    def text(self) -> str:
        return "\n".join(str(reply.get("text", "")) for reply in self.replies)

    @property
    def answer(self) -> dict[str, Any] | None:
        """The first reply that answers from a guide."""
        return next((reply for reply in self.replies if reply.get("type") == "answer"), None)

    @property
    def options(self) -> Sequence[dict[str, str]]:
        """Of the last reply that offers any, places included."""
        offering = (_offered_by(reply) for reply in reversed(self.replies))
        return next((options for options in offering if options), ())

    @property
    def node(self) -> str:
        """The question that is open; empty if none is."""
        return str(self.replies[-1].get("node") or "") if self.replies else ""

    @property
    def appointment(self) -> dict[str, Any] | None:
        return next((reply for reply in self.replies if reply.get("type") == "appointment"), None)

    @property
    def starts_at(self) -> str:
        """Of the appointment, or else of the first opening."""
        openings = next((reply["openings"] for reply in self.replies if reply.get("type") == "openings"), ())
        shown = self.appointment or next(iter(openings), {})
        return str(shown.get("starts_at", ""))

    @property
    def offered(self) -> tuple[str, ...]:
        """Guides among the options, in their order."""
        chosen = (read_payload(option["payload"]) for option in self.options)
        return tuple(each.guide_id for each in chosen if each)


def _offered_by(reply: dict[str, Any]) -> Sequence[dict[str, str]]:
    if reply.get("type") in ("choices", "question"):
        return list(reply.get("options", ()))
    if reply.get("type") == "openings":
        return [opening for opening in reply["openings"] if opening.get("payload")]
    return ()


class Talker(Protocol):
    """At whichever door."""

    def say(self, text: str, region: str | None = None) -> Said: ...

    def choose(self, option: Mapping[str, Any], number: int, region: str | None = None) -> Said:
        """`number`: the option's, from 1."""
        ...


class Visitor:
    """One conversation; the token is kept from message to message."""

    def __init__(self, http: httpx.Client) -> None:
        """`http.base_url`: the service's address."""
        self._http = http
        self._token = ""

    def say(self, text: str, region: str | None = None) -> Said:
        return self._send({"text": text}, region)

    def choose(self, option: Mapping[str, Any], number: int, region: str | None = None) -> Said:
        return self._send({"payload": option["payload"]}, region)

    def _send(self, body: dict[str, str], region: str | None) -> Said:
        message = {**body, "region": region} if region else body
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        while True:
            began = time.perf_counter()
            response = self._http.post("/api/chat/messages", json=message, headers=headers)
            took_ms = (time.perf_counter() - began) * 1000
            if response.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            time.sleep(float(response.headers.get("Retry-After", "1")))
        if not response.is_success:
            return Said("refused", ({"type": "error", "text": response.text, "status": response.status_code},), took_ms)
        answered = response.json()
        self._token = answered["visitor_token"]
        return Said(answered["outcome"], tuple(answered["replies"]), took_ms)


def open_door(address: str) -> httpx.Client:
    return httpx.Client(base_url=address, timeout=30, trust_env=False)

"""A citizen at the real door, over the contract alone."""

from __future__ import annotations

from typing import Any

import httpx

Answered = dict[str, Any]


class Citizen:
    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=30, trust_env=False)
        self._token = ""

    def say(self, text: str, **more: str) -> Answered:
        return self._send({"text": text, **more})

    def tap(self, payload: str) -> Answered:
        return self._send({"payload": payload})

    def _send(self, body: dict[str, str]) -> Answered:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        response = self._http.post("/api/chat/messages", json=body, headers=headers)
        assert response.status_code == 200, response.text
        answered: Answered = response.json()
        self._token = answered["visitor_token"]
        assert answered["replies"], "a citizen is never left without an answer"
        assert all(reply["text"].strip() for reply in answered["replies"])
        return answered


def answer_of(answered: Answered) -> dict[str, Any]:
    """The one answer from a guide; fails where there is none."""
    replies = [reply for reply in answered["replies"] if reply["type"] == "answer"]
    assert len(replies) == 1, answered
    found: dict[str, Any] = replies[0]
    return found


def options_of(answered: Answered) -> list[dict[str, str]]:
    assert answered["outcome"] == "clarify", answered
    [choices] = [reply for reply in answered["replies"] if reply["type"] == "choices"]
    options: list[dict[str, str]] = choices["options"]
    return options

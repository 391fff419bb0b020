"""A citizen at the real door, over the contract alone."""

from __future__ import annotations

import secrets
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

    def book(self, guide_id: str) -> Answered:
        """The first opening of the first office; for somebody who has booked nothing yet."""
        offices = self._get(f"/api/offices?guide_id={guide_id}")["offices"]
        office_id = next(office["office_id"] for office in offices if office["bookable"])
        openings = self._get(f"/api/appointments/openings?guide_id={guide_id}&office_id={office_id}")["openings"]
        phone = f"139{secrets.randbelow(10**8):08d}"
        response = self._http.post(
            "/api/appointments",
            json={
                "guide_id": guide_id,
                "office_id": office_id,
                "starts_at": openings[0]["starts_at"],
                "name": "李晓梅",
                "phone": phone,
            },
            headers={"Authorization": f"Bearer {self._token}", "Idempotency-Key": phone},
        )
        assert response.status_code == 201, response.text
        booked: Answered = response.json()
        return booked

    def appointments(self) -> list[Answered]:
        own: list[Answered] = self._get("/api/appointments")["appointments"]
        return own

    def _get(self, address: str) -> Any:
        response = self._http.get(address, headers={"Authorization": f"Bearer {self._token}"} if self._token else {})
        assert response.status_code == 200, response.text
        return response.json()

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

"""Asks Rasa over its REST channel; says plainly when Rasa is of no use."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from service_hall.conversation.context import Context
from service_hall.conversation.reply import Outcome, Reply

log = logging.getLogger(__name__)
REST_SECONDS = 3.0
"""After a fault Rasa is left alone this long, so that the next citizens need not wait for the same time-out."""


class RasaFault(Exception):
    """No usable answer: down, slow, or an empty list, which is how Rasa's REST channel reports a failed handler."""


class RasaAnswer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    outcome: Outcome
    replies: tuple[Reply, ...]
    context: Context


class RasaClient:
    def __init__(self, url: str, timeout_ms: int, http: httpx.AsyncClient) -> None:
        self._url, self._http = url.rstrip("/"), http
        self._timeout_s = timeout_ms / 1000
        self._rests_until = 0.0

    async def ask(self, sender: str, text: str, context: Context) -> RasaAnswer:
        """Raises RasaFault; whatever happens, within the time-out."""
        if time.monotonic() < self._rests_until:
            raise RasaFault("resting after a fault")
        body = {
            "sender": sender,
            "message": text,
            "metadata": {"context": context.model_dump(mode="json", exclude_defaults=True)},
        }
        try:
            async with asyncio.timeout(self._timeout_s):
                # httpx has a time-out of its own, five seconds: it must not be the one that counts.
                response = await self._http.post(
                    f"{self._url}/webhooks/rest/webhook", json=body, timeout=self._timeout_s
                )
        except (httpx.HTTPError, TimeoutError) as fault:
            self._rests_until = time.monotonic() + REST_SECONDS
            log.warning("rasa does not answer: %s", type(fault).__name__)
            raise RasaFault(type(fault).__name__) from fault
        try:
            response.raise_for_status()
            return _read(response.json())
        except (httpx.HTTPStatusError, ValueError, ValidationError, RasaFault) as fault:
            # It is there, but failed over this one message: the next citizen's may be well.
            log.warning("rasa gave no usable answer: %s", type(fault).__name__)
            raise RasaFault(type(fault).__name__) from fault

    async def is_ready(self) -> bool:
        try:
            response = await self._http.get(f"{self._url}/webhooks/rest/", timeout=1.0)
            return response.is_success
        except httpx.HTTPError:
            return False


def _read(messages: Any) -> RasaAnswer:
    if not isinstance(messages, list):
        raise RasaFault("not a list")
    for message in messages:
        if isinstance(message, dict) and "custom" in message:
            return RasaAnswer.model_validate(message["custom"])
    raise RasaFault("no answer among the messages")

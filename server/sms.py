"""Short messages: to a gateway over HTTP, or printed, for development (the contract is `service_hall.shared.sms`)."""

from __future__ import annotations

import logging
from collections.abc import Callable

import httpx

from service_hall.shared.sms import SmsSender

log = logging.getLogger(__name__)
PRINT = "print:"
_SECONDS = 3.0
"""A citizen waits for it; where it takes longer, a puzzle stands in."""


def sms_of(url: str) -> SmsSender | None:
    """`url` empty: none. `print:`: the printing twin."""
    if not url:
        return None
    return PrintedSms() if url == PRINT else HttpSms(url)


class HttpSms:
    """Posts `{"phone", "text"}` as JSON. Any 2xx: it is on its way."""

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None) -> None:
        self._url = url
        self._http = httpx.Client(timeout=_SECONDS, transport=transport, trust_env=False)

    def send(self, phone: str, text: str) -> bool:
        try:
            self._http.post(self._url, json={"phone": phone, "text": text}).raise_for_status()
        except httpx.HTTPError as fault:
            # Neither the number nor the text has any business in a log, and the fault's own words may hold the address.
            log.warning("the SMS gateway did not take a message: %s", type(fault).__name__)
            return False
        return True


class PrintedSms:
    """Shows on the spot what would be sent: for development alone."""

    def __init__(self, show: Callable[[str], None] = print) -> None:
        self._show = show

    def send(self, phone: str, text: str) -> bool:
        self._show(f"SMS to {phone}: {text}")
        return True

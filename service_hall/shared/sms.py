"""What the hall asks of whoever sends short messages. One suite tests every sender (tests/contract)."""

from __future__ import annotations

from typing import Protocol


class SmsSender(Protocol):
    def send(self, phone: str, text: str) -> bool:
        """False: it did not go out. Takes some seconds at most."""
        ...

"""What the hall asks of whoever keeps personal data: sealed at rest, comparable without being readable."""

from __future__ import annotations

from typing import Protocol

from service_hall.shared.errors import HallError


class SealBroken(HallError):
    """Not sealed with this hall's key, or bound to something else, or changed since."""


class Safe(Protocol):
    def seal(self, text: str, bound_to: str) -> str:
        """`bound_to`: what it belongs to; the sealed text opens for that alone."""
        ...

    def open(self, sealed: str, bound_to: str) -> str:
        """Raises SealBroken."""
        ...

    def fingerprint(self, text: str) -> str:
        """The same for the same text, and of no use without the key."""
        ...

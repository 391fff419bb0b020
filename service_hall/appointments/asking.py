"""Who asks for a place, whence, and with what proof."""

from __future__ import annotations

from dataclasses import dataclass

from service_hall.shared.ids import VisitorId
from service_hall.shared.origin import NOWHERE, Origin


@dataclass(frozen=True)
class SolvedPuzzle:
    payload: str
    """Altcha's: challenge and solution, base64."""


@dataclass(frozen=True)
class ToldCode:
    digits: str

    def __repr__(self) -> str:
        return "ToldCode(…)"  # must not reach a log by way of a traceback


Proof = SolvedPuzzle | ToldCode


@dataclass(frozen=True)
class Asker:
    """`request`: what tells this request from the visitor's others. A proof is good for it alone."""

    visitor_id: VisitorId
    request: str
    origin: Origin = NOWHERE
    proof: Proof | None = None
    phone: str = ""
    """Of the booking. Empty: not known yet."""

    def __repr__(self) -> str:
        return "Asker(…)"  # as above

    @property
    def good_for(self) -> str:
        return f"{self.visitor_id} {self.request}"

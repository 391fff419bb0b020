"""Who took places, whence, and how it was proven: what budgets count and series are made of. Kept for some days.

Addresses and phones stand here as keyed hashes alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from service_hall.shared.ids import VisitorId
from service_hall.visits.visit import Visit, VisitId
from service_hall.visits.waiting import Wish, WishId


@dataclass(frozen=True)
class Taking:
    """A place was taken, or waited for."""

    taken_id: VisitId | WishId
    visitor_id: VisitorId
    address_key: str
    """Empty: the door knew no address."""
    at: datetime
    is_proven: bool = False
    """A puzzle was solved or a code told for it."""
    settled_by: str = ""
    """The clerk who has looked at it: kept or released."""


@dataclass(frozen=True)
class Counted:
    of_visitor: int = 0
    of_address: int = 0


@dataclass(frozen=True)
class PhoneCode:
    """A code that was sent. `asked_for`: keyed hash of the one request that it is good for."""

    code_id: str
    asked_for: str
    visitor_id: VisitorId
    address_key: str
    phone_key: str
    digits_key: str
    """Keyed hash of the digits with the code's id."""
    sent_at: datetime
    expires_at: datetime
    tries_left: int
    """0: used, or guessed at too often."""


@dataclass(frozen=True)
class CodesSent:
    of_visitor: int = 0
    of_address: int = 0
    of_phone: int = 0
    of_phone_from_address: int = 0


class TakingPages(Protocol):
    """Of the ledger's page."""

    def add_taking(self, taking: Taking) -> None: ...
    def move_taking(self, taken_id: VisitId | WishId, to: VisitId) -> None:
        """A place was given up for another: it counts once."""
        ...

    def drop_taking(self, taken_id: VisitId | WishId) -> None:
        """Given back before it was booked: it counts no more."""
        ...

    def counted(self, visitor_id: VisitorId, address_key: str, since: datetime) -> Counted:
        """Nothing of an empty address."""
        ...

    def use_up(self, proof_key: str, at: datetime) -> bool:
        """False: it was used before."""
        ...

    def busy_addresses(self, since: datetime, least: int) -> list[str]:
        """With so many takings that no clerk has looked at."""
        ...

    def takings_of(self, address_key: str, since: datetime) -> list[Taking]:
        """The oldest in front."""
        ...

    def visits_taken(self, taken_ids: Collection[VisitId | WishId], office_id: str) -> list[Visit]:
        """Those that are visits, of that office; by day and start."""
        ...

    def wishes_taken(self, taken_ids: Collection[VisitId | WishId], office_id: str) -> list[Wish]:
        """Those that are wishes, of that office; the oldest in front."""
        ...

    def settle_takings(self, taken_ids: Collection[VisitId | WishId], clerk: str) -> None: ...

    def code_for(self, asked_for: str) -> PhoneCode | None:
        """The latest; of two of the same moment the one with tries left."""
        ...

    def codes_sent(self, visitor_id: VisitorId, address_key: str, phone_key: str, since: datetime) -> CodesSent: ...
    def keep_code(self, code: PhoneCode) -> None:
        """A new one, or a known one with fewer tries left."""
        ...

    def forget_takings(self, before: datetime) -> int:
        """With codes and used proofs. How many takings."""
        ...

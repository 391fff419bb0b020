"""What holds for the whole hall until it is taken back: an emergency notice, and that the search alone answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from service_hall.staff.audit import Entry

MOST_NOTICE_CHARACTERS = 200


@dataclass(frozen=True)
class EmergencyNotice:
    """`notice_id`: another text is another notice, and is said again."""

    notice_id: str
    text: str
    since: datetime
    by: str


@dataclass(frozen=True)
class Orders:
    notice: EmergencyNotice | None = None
    is_search_only: bool = False
    """Rasa is not asked: whatever it would do wrong is not done."""


class OrderBook(Protocol):
    def now(self) -> Orders:
        """From memory: each message asks, and each page. What another node ordered is known there after `refresh`."""
        ...

    def refresh(self) -> None: ...

    def put_up(self, notice: EmergencyNotice, entry: Entry) -> None: ...

    def take_down(self, entry: Entry) -> None: ...

    def set_search_only(self, is_on: bool, entry: Entry) -> None: ...


class OrdersInMemory:
    """Of one process, gone with it."""

    def __init__(self) -> None:
        self._orders = Orders()

    def now(self) -> Orders:
        return self._orders

    def refresh(self) -> None:
        pass

    def put_up(self, notice: EmergencyNotice, entry: Entry) -> None:
        self._orders = replace(self._orders, notice=notice)

    def take_down(self, entry: Entry) -> None:
        self._orders = replace(self._orders, notice=None)

    def set_search_only(self, is_on: bool, entry: Entry) -> None:
        self._orders = replace(self._orders, is_search_only=is_on)

"""The waiting list, in memory: a part of the fake ledger's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from service_hall.shared.ids import VisitorId
from service_hall.visits.visit import VisitId
from service_hall.visits.waiting import STANDING, Wish, WishId, WishStatus


class WishBooks(Protocol):
    wishes: dict[WishId, Wish]


class FakeWishPages:
    def __init__(self, books: WishBooks) -> None:
        self._waiting = books

    def wish(self, wish_id: WishId) -> Wish | None:
        return self._waiting.wishes.get(wish_id)

    def wish_of_visit(self, visit_id: VisitId) -> Wish | None:
        return next((wish for wish in self._waiting.wishes.values() if wish.visit_id == visit_id), None)

    def wishes_of(self, visitor_id: VisitorId) -> list[Wish]:
        return self._wishes(lambda wish: wish.visitor_id == visitor_id)

    def waiting(self, office_id: str, line_id: str = "") -> list[Wish]:
        return self._wishes(
            lambda wish: (
                wish.status is WishStatus.WAITING and wish.office_id == office_id and line_id in ("", wish.line_id)
            )
        )

    def offices_waited_for(self) -> list[str]:
        return sorted({wish.office_id for wish in self._wishes(lambda wish: wish.status is WishStatus.WAITING)})

    def add_wish(self, wish: Wish) -> None:
        self._waiting.wishes[wish.wish_id] = wish

    def settle_wish(self, wish_id: WishId, status: WishStatus, visit_id: VisitId | None) -> None:
        wish = self._waiting.wishes[wish_id]
        person = wish.person if status in STANDING else None
        self._waiting.wishes[wish_id] = replace(wish, status=status, visit_id=visit_id, person=person)

    def drop_wishes(self, before: datetime) -> int:
        stay = {wish.wish_id: wish for wish in self._wishes(lambda it: it.status in STANDING or it.made_at >= before)}
        dropped = len(self._waiting.wishes) - len(stay)
        self._waiting.wishes = stay
        return dropped

    def _wishes(self, wanted: Callable[[Wish], bool]) -> list[Wish]:
        return sorted(filter(wanted, self._waiting.wishes.values()), key=lambda wish: (wish.made_at, wish.wish_id))

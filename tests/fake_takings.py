"""Who took places, in memory: a part of the fake ledger's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from service_hall.shared.ids import VisitorId
from service_hall.visits.takings import CodesSent, Counted, PhoneCode, Taking
from service_hall.visits.visit import VisitId
from service_hall.visits.waiting import WishId


class TakingBooks(Protocol):
    takings: dict[str, Taking]
    used_proofs: dict[str, datetime]
    phone_codes: dict[str, PhoneCode]


class FakeTakingPages:
    def __init__(self, books: TakingBooks) -> None:
        self._taken = books

    def add_taking(self, taking: Taking) -> None:
        assert taking.taken_id not in self._taken.takings
        self._taken.takings[taking.taken_id] = taking

    def move_taking(self, taken_id: VisitId | WishId, to: VisitId) -> None:
        if taking := self._taken.takings.pop(taken_id, None):
            self._taken.takings[to] = replace(taking, taken_id=to)

    def drop_taking(self, taken_id: VisitId | WishId) -> None:
        self._taken.takings.pop(taken_id, None)

    def counted(self, visitor_id: VisitorId, address_key: str, since: datetime) -> Counted:
        recent = [taking for taking in self._taken.takings.values() if taking.at >= since]
        return Counted(
            sum(taking.visitor_id == visitor_id for taking in recent),
            sum(taking.address_key == address_key != "" for taking in recent),
        )

    def use_up(self, proof_key: str, at: datetime) -> bool:
        if proof_key in self._taken.used_proofs:
            return False
        self._taken.used_proofs[proof_key] = at
        return True

    def busy_addresses(self, since: datetime, least: int) -> list[str]:
        counted = Counter(
            taking.address_key
            for taking in self._taken.takings.values()
            if taking.at >= since and taking.address_key and not taking.settled_by
        )
        busy = [(-number, address_key) for address_key, number in counted.items() if number >= least]
        return [address_key for _, address_key in sorted(busy)]

    def takings_of(self, address_key: str, since: datetime) -> list[Taking]:
        found = [each for each in self._taken.takings.values() if each.address_key == address_key and each.at >= since]
        return sorted(found, key=lambda taking: (taking.at, taking.taken_id))

    def settle_takings(self, taken_ids: Collection[VisitId | WishId], clerk: str) -> None:
        for taken_id in self._taken.takings.keys() & set(taken_ids):
            self._taken.takings[taken_id] = replace(self._taken.takings[taken_id], settled_by=clerk)

    def code_for(self, asked_for: str) -> PhoneCode | None:
        sent = [code for code in self._taken.phone_codes.values() if code.asked_for == asked_for]
        return max(sent, key=lambda code: (code.sent_at, code.tries_left), default=None)

    def codes_sent(self, visitor_id: VisitorId, address_key: str, phone_key: str, since: datetime) -> CodesSent:
        recent = [code for code in self._taken.phone_codes.values() if code.sent_at >= since]
        from_address = [code for code in recent if code.address_key == address_key != ""]
        return CodesSent(
            sum(code.visitor_id == visitor_id for code in recent),
            len(from_address),
            sum(code.phone_key == phone_key for code in recent),
            sum(code.phone_key == phone_key for code in from_address),
        )

    def keep_code(self, code: PhoneCode) -> None:
        self._taken.phone_codes[code.code_id] = code

    def forget_takings(self, before: datetime) -> int:
        books = self._taken
        gone = [taken_id for taken_id, taking in books.takings.items() if taking.at < before]
        for taken_id in gone:
            del books.takings[taken_id]
        books.used_proofs = {key: at for key, at in books.used_proofs.items() if at >= before}
        books.phone_codes = {key: code for key, code in books.phone_codes.items() if code.sent_at >= before}
        return len(gone)

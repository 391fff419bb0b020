"""Standing orders in the database; the contract is `service_hall.orders`."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from server.storage.audit_store import write_entry
from server.storage.engine import insert_for, pen_of, writing
from server.storage.figures_schema import standing_orders
from service_hall.orders import EmergencyNotice, Orders
from service_hall.staff.audit import Entry

_NOTICE, _SEARCH_ONLY = "notice", "search_only"


class OrderStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._orders = Orders()
        self.refresh()

    def now(self) -> Orders:
        return self._orders

    def refresh(self) -> None:
        with self._engine.begin() as transaction:
            rows = {row.name: row for row in transaction.execute(sa.select(standing_orders))}
        put_up = rows.get(_NOTICE)
        notice = (
            EmergencyNotice(put_up.body["id"], put_up.body["text"], put_up.at, put_up.body["by"]) if put_up else None
        )
        self._orders = Orders(notice, _SEARCH_ONLY in rows)

    def put_up(self, notice: EmergencyNotice, entry: Entry) -> None:
        self._write(_NOTICE, {"id": notice.notice_id, "text": notice.text, "by": notice.by}, entry)

    def take_down(self, entry: Entry) -> None:
        self._write(_NOTICE, None, entry)

    def set_search_only(self, is_on: bool, entry: Entry) -> None:
        self._write(_SEARCH_ONLY, {"by": entry.by} if is_on else None, entry)

    def _write(self, name: str, body: dict[str, Any] | None, entry: Entry) -> None:
        """None: the order is taken back."""
        with pen_of(self._engine), writing(self._engine, durable=True).begin() as transaction:
            transaction.execute(sa.delete(standing_orders).where(standing_orders.c.name == name))
            if body is not None:
                ordered = insert_for(transaction)(standing_orders).values(name=name, body=body, at=entry.at)
                transaction.execute(ordered.on_conflict_do_nothing())
            write_entry(transaction, entry)
        self.refresh()

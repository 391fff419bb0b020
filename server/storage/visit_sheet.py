"""What the parts of a ledger's page are written on: one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from server.storage.engine import insert_for
from server.storage.visit_rows import Row, Values, visit_of
from server.storage.visit_schema import visits
from service_hall.visits.visit import Visit

Where = sa.ColumnExpressionArgument[bool]
IN_ORDER = (visits.c.day, sa.func.coalesce(visits.c.starts_at, visits.c.created_at), visits.c.visit_id)
"""By day and start; whoever came without a booking stands where the ticket was taken."""


class Sheet:
    def __init__(self, transaction: sa.Connection) -> None:
        self._transaction = transaction

    def _rows(self, wanted: sa.Select[Any], **values: Any) -> Sequence[Row]:
        """`values`: of the parameters that were left open when the question was put together."""
        return self._transaction.execute(wanted, values).all()

    def _row(self, wanted: sa.Select[Any]) -> Row | None:
        return self._transaction.execute(wanted).first()

    def _values(self, wanted: sa.Select[Any]) -> list[Any]:
        return list(self._transaction.execute(wanted).scalars())

    def _visits(self, *where: Where, limit: int | None = None) -> list[Visit]:
        wanted = sa.select(visits).where(*where).order_by(*IN_ORDER).limit(limit)
        return [visit_of(row) for row in self._rows(wanted)]

    def _one_visit(self, *where: Where) -> Visit | None:
        row = self._row(sa.select(visits).where(*where))
        return None if row is None else visit_of(row)

    def _insert(self, table: sa.Table, values: Values | list[Values]) -> None:
        self._transaction.execute(sa.insert(table), values)

    def _put(self, table: sa.Table, values: Values) -> None:
        """Insert, or write over what has the same key."""
        keys = list(table.primary_key.columns.keys())
        insert = insert_for(self._transaction)(table).values(values)
        changed = {name: value for name, value in values.items() if name not in keys}
        self._transaction.execute(insert.on_conflict_do_update(index_elements=keys, set_=changed))

    def _update(self, table: sa.Table, *where: Where, **values: Any) -> int:
        """How many rows it changed."""
        return self._transaction.execute(sa.update(table).where(*where).values(**values)).rowcount

    def _delete(self, table: sa.Table, *where: Where) -> None:
        self._transaction.execute(sa.delete(table).where(*where))


def spelled(values: Collection[StrEnum]) -> list[str]:
    return sorted(value.value for value in values)

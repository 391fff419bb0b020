"""Rows by the ten thousand straight into tables: for measurements, and for nothing that serves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa


def pour(engine: sa.Engine, rows: Iterable[tuple[sa.Table, list[dict[str, Any]]]]) -> None:
    """Into each table its rows, in one transaction."""
    with engine.begin() as transaction:
        for table, of_table in rows:
            if of_table:
                transaction.execute(sa.insert(table), of_table)

"""The book of who did what (`service_hall.staff.audit`) in the database."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from server.storage.engine import pen_of, writing
from server.storage.staff_schema import audit_log
from service_hall.staff.audit import Entry, Line, Wanted

_COLUMNS = ("at", "by", "what", "kind", "thing", "before", "after")


def write_entry(transaction: sa.Connection, entry: Entry | None) -> None:
    """For stores: within the transaction that changes what the entry tells of."""
    if entry:
        transaction.execute(sa.insert(audit_log).values(values_of(entry)))


def values_of(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in _COLUMNS}


class AuditStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def record(self, entry: Entry) -> None:
        with pen_of(self._engine), writing(self._engine, durable=True).begin() as transaction:
            write_entry(transaction, entry)

    def lines(self, wanted: Wanted, *, before: int | None = None, most: int = 50) -> list[Line]:
        rows = sa.select(audit_log).where(*_conditions(wanted)).order_by(audit_log.c.number.desc()).limit(most)
        if before is not None:
            rows = rows.where(audit_log.c.number < before)
        with self._engine.begin() as transaction:
            return [
                Line(row.number, Entry(**{name: getattr(row, name) for name in _COLUMNS}))
                for row in transaction.execute(rows)
            ]


def _conditions(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    for name in ("by", "kind", "thing"):
        if value := getattr(wanted, name):
            yield audit_log.c[name] == value
    if wanted.what:
        yield audit_log.c.what.startswith(wanted.what, autoescape=True)
    if wanted.since:
        yield audit_log.c.at >= wanted.since
    if wanted.until:
        yield audit_log.c.at < wanted.until
    if wanted.within:
        people, offices = sorted(wanted.within.people), sorted(wanted.within.offices)
        yield sa.or_(
            audit_log.c.by.in_(people),
            sa.and_(audit_log.c.kind == "account", audit_log.c.thing.in_(people)),
            sa.and_(audit_log.c.kind == "office", audit_log.c.thing.in_(offices)),
        )

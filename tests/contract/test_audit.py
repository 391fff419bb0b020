"""The book of who did what, on both databases: lines are added, found again, and neither changed nor taken out."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from server.storage.audit_store import AuditStore
from server.storage.engine import Database, writing
from server.storage.staff_schema import audit_log
from service_hall.staff.audit import Entry, Wanted
from tests.fakes import FixedClock

NOW = FixedClock()()


def entry(number: int, what: str = "guide.publish", by: str = "李静", thing: str = "dog-register") -> Entry:
    return Entry(
        by, what, "guide", thing, NOW + timedelta(minutes=number), {"version": number}, {"version": number + 1}
    )


@pytest.fixture
def audit(engine: Database) -> AuditStore:
    kept = AuditStore(engine)
    for each in (entry(0), entry(1, "guide.roll_back", thing="100%_dog"), entry(2, "staff.add", by="admin")):
        kept.record(each)
    return kept


def found(audit: AuditStore, **wanted: object) -> list[int]:
    return [line.entry.before["version"] for line in audit.lines(Wanted(**wanted))]  # type: ignore[arg-type]


def test_lines_come_back_as_they_were_written_newest_first(audit: AuditStore) -> None:
    lines = audit.lines(Wanted())
    assert [line.entry for line in lines] == [
        entry(2, "staff.add", by="admin"),
        entry(1, "guide.roll_back", thing="100%_dog"),
        entry(0),
    ]
    assert [line.entry for line in audit.lines(Wanted(), before=lines[0].number, most=1)] == [lines[1].entry]


def test_lines_are_found_by_who_what_on_what_and_when(audit: AuditStore) -> None:
    assert found(audit, by="admin") == [2]
    assert found(audit, what="guide.") == [1, 0]
    assert found(audit, what="%") == []
    assert found(audit, kind="guide", thing="dog-register") == [2, 0]
    assert found(audit, since=NOW + timedelta(minutes=1)) == [2, 1]
    assert found(audit, since=NOW, until=NOW + timedelta(minutes=1)) == [0]


@pytest.mark.parametrize(
    "forbidden",
    [
        sa.update(audit_log).values(by="nobody"),
        sa.delete(audit_log),
        sa.text("DELETE FROM audit_log WHERE number = 1"),
    ],
    ids=["update", "delete", "delete one"],
)
def test_the_database_itself_refuses_to_change_a_line(
    engine: Database, audit: AuditStore, forbidden: sa.Executable
) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), writing(engine).begin() as transaction:
        transaction.execute(forbidden)
    assert len(audit.lines(Wanted())) == 3


def test_no_line_is_written_over_another(engine: Database, audit: AuditStore) -> None:
    is_sqlite = engine.dialect.name == "sqlite"
    over = "INSERT OR REPLACE INTO audit_log" if is_sqlite else "TRUNCATE audit_log --"
    columns = '(number, at, "by", what, kind, thing, "before", "after")'
    values = "VALUES (1, '2026-06-01 00:00:00', 'x', 'x', 'x', 'x', '{}', '{}')"
    with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), writing(engine).begin() as transaction:
        transaction.execute(sa.text(f"{over} {columns} {values}"))

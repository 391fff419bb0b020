"""Published knowledge: seeded from the content files, owned by the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from knowledge_base.content_files import Content
from knowledge_base.documents import GuideDocument
from knowledge_base.kept import FaultyRow, Kept, KeptRow
from knowledge_base.sifting import faults_of_edit
from server.storage.engine import wait_for_turn, writing
from server.storage.schema import catalogue_items, guide_documents, offices, regions, sources
from service_hall.shared.clock import SHANGHAI

Key = tuple[str, ...]
Body = dict[str, Any]


@dataclass(frozen=True)
class Seeded:
    added: int = 0
    renewed: int = 0
    kept: int = 0
    """Rows that staff changed, left as they are though the file differs."""


class FaultyEdit(ValueError):
    """Nothing was changed. `faults`: of the edit, and of what hangs on it."""

    def __init__(self, faults: tuple[FaultyRow, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


class KnowledgeStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def seed(self, content: Content) -> Seeded:
        """Bring the content files in. The same files twice change nothing; what staff changed is never overwritten;
        a file that is gone takes nothing away, for only staff withdraw what is published."""
        total = Seeded()
        with writing(self._engine).begin() as transaction:
            wait_for_turn(transaction)
            tables: tuple[tuple[sa.Table, Mapping[Key, Body]], ...] = (
                (regions, {(region.code,): region.model_dump(mode="json") for region in content.regions}),
                (catalogue_items, {(item.id,): item.model_dump(mode="json") for item in content.catalogue}),
                (offices, {(office.id,): office.model_dump(mode="json") for office in content.offices}),
                (sources, {(each.id,): each.model_dump(mode="json") for each in content.sources.values()}),
                (guide_documents, _guide_rows(content)),
            )
            for table, rows in tables:
                done = _seed_table(transaction, table, rows)
                total = Seeded(total.added + done.added, total.renewed + done.renewed, total.kept + done.kept)
        return total

    def kept(self) -> Kept:
        """Everything as it lies there, sound or not."""
        with self._engine.begin() as transaction:
            return _kept(transaction)

    def edit_guide_document(self, document: GuideDocument, at: datetime) -> None:
        """A change by staff, of a guide or a topic of the hall: from now on the seed leaves this document alone.
        Raises FaultyEdit, and changes nothing, if the document is not sound or others would not be any more."""
        key = (document.guide_id, document.region, str(document.body.get("effective_from", "")))
        with writing(self._engine).begin() as transaction:
            wait_for_turn(transaction)  # two edits that are sound alone may not be together
            if faults := faults_of_edit(
                _kept(transaction), KeptRow(key, document.body), at.astimezone(SHANGHAI).date()
            ):
                raise FaultyEdit(faults)
            columns = dict(zip(guide_documents.primary_key.columns.keys(), key, strict=True))
            same = sa.and_(*(guide_documents.c[name] == value for name, value in columns.items()))
            changed = transaction.execute(
                sa.update(guide_documents).where(same).values(body=dict(document.body), edited_at=at)
            )
            if changed.rowcount == 0:
                transaction.execute(
                    sa.insert(guide_documents).values(**columns, body=dict(document.body), edited_at=at)
                )


_TABLES = (regions, catalogue_items, offices, guide_documents, sources)


def _kept(transaction: sa.Connection) -> Kept:
    return Kept(*(list(_rows(transaction, table)) for table in _TABLES))


def _rows(transaction: sa.Connection, table: sa.Table) -> Iterator[KeptRow]:
    keys = [_as_it_lies(transaction, column) for column in table.primary_key.columns]
    for *key, body in transaction.execute(sa.select(*keys, _as_it_lies(transaction, table.c.body))):
        yield KeptRow(tuple(map(_text, key)), _read(body))


def _as_it_lies(transaction: sa.Connection, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """Read by us, not by the driver, which stops at the first row that is no JSON or no UTF-8."""
    return sa.cast(column, sa.LargeBinary if transaction.dialect.name == "sqlite" else sa.Text)


def _text(lying: bytes | str) -> str:
    return lying.decode("utf-8", "replace") if isinstance(lying, bytes) else lying


def _read(lying: bytes | str) -> Any:
    try:
        return json.loads(_text(lying))
    except (ValueError, RecursionError):
        return None


def _guide_rows(content: Content) -> Mapping[Key, Body]:
    return {
        (document.guide_id, document.region, str(document.body.get("effective_from", ""))): dict(document.body)
        for documents in (*content.documents.values(), *content.topics.values())
        for document in documents
    }


def _seed_table(transaction: sa.Connection, table: sa.Table, rows: Mapping[Key, Body]) -> Seeded:
    names = table.primary_key.columns.keys()
    columns = [table.c[name] for name in names]
    existing = {
        tuple(map(_text, row[: len(names)])): row
        for row in transaction.execute(
            sa.select(
                *(_as_it_lies(transaction, column) for column in columns),
                _as_it_lies(transaction, table.c.seed_digest).label("seed_digest"),
                table.c.edited_at.is_not(None).label("is_edited"),
            )
        )
    }
    added = renewed = kept = 0
    for key, body in rows.items():
        digest = _digest(body)
        row = existing.get(key)
        if row is None:
            transaction.execute(
                sa.insert(table).values(**dict(zip(names, key, strict=True)), body=body, seed_digest=digest)
            )
            added += 1
        elif _text(row.seed_digest) == digest:
            continue
        elif row.is_edited:
            kept += 1
        else:
            same = sa.and_(*(column == value for column, value in zip(columns, key, strict=True)))
            transaction.execute(sa.update(table).where(same).values(body=body, seed_digest=digest))
            renewed += 1
    return Seeded(added, renewed, kept)


def _digest(body: Body) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

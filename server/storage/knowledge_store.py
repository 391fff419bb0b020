"""Published knowledge: seeded from the content files, owned by the database."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from knowledge_base.content_files import Content
from knowledge_base.documents import GuideDocument
from knowledge_base.hall_topics import is_topic
from knowledge_base.library import Published
from knowledge_base.model import CatalogueItem, Office, Region, RegionCode
from knowledge_base.regions import RegionTree
from server.storage.engine import wait_for_turn, writing
from server.storage.schema import catalogue_items, guide_documents, offices, regions

Key = tuple[str, ...]
Body = dict[str, Any]


@dataclass(frozen=True)
class Seeded:
    added: int = 0
    renewed: int = 0
    kept: int = 0
    """Rows that staff changed, left as they are though the file differs."""


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
                (guide_documents, _guide_rows(content)),
            )
            for table, rows in tables:
                done = _seed_table(transaction, table, rows)
                total = Seeded(total.added + done.added, total.renewed + done.renewed, total.kept + done.kept)
        return total

    def published(self) -> Published:
        with self._engine.begin() as transaction:
            documents: dict[str, list[GuideDocument]] = defaultdict(list)
            for row in transaction.execute(sa.select(guide_documents)):
                documents[row.guide_id].append(GuideDocument(row.guide_id, RegionCode(row.region), row.body))
            topics = {topic: documents.pop(topic) for topic in list(documents) if is_topic(topic)}
            return Published(
                regions=RegionTree(Region.model_validate(body) for body in _bodies(transaction, regions)),
                # The catalogue's order is the file's, by theme; the database has none.
                catalogue=sorted(
                    (CatalogueItem.model_validate(body) for body in _bodies(transaction, catalogue_items)),
                    key=lambda item: (item.theme, item.id),
                ),
                offices=sorted(
                    (Office.model_validate(body) for body in _bodies(transaction, offices)),
                    key=lambda office: (office.region, office.id),
                ),
                documents=documents,
                topics=topics,
            )

    def edit_guide_document(self, document: GuideDocument, at: datetime) -> None:
        """A change by staff, of a guide or a topic of the hall: from now on the seed leaves this document alone."""
        key = (document.guide_id, document.region, str(document.body.get("effective_from", "")))
        with writing(self._engine).begin() as transaction:
            columns = dict(zip(guide_documents.primary_key.columns.keys(), key, strict=True))
            same = sa.and_(*(guide_documents.c[name] == value for name, value in columns.items()))
            changed = transaction.execute(
                sa.update(guide_documents).where(same).values(body=dict(document.body), edited_at=at)
            )
            if changed.rowcount == 0:
                transaction.execute(
                    sa.insert(guide_documents).values(**columns, body=dict(document.body), edited_at=at)
                )


def _guide_rows(content: Content) -> Mapping[Key, Body]:
    return {
        (document.guide_id, document.region, str(document.body.get("effective_from", ""))): dict(document.body)
        for documents in (*content.documents.values(), *content.topics.values())
        for document in documents
    }


def _bodies(transaction: sa.Connection, table: sa.Table) -> Iterable[Body]:
    return transaction.execute(sa.select(table.c.body)).scalars()


def _seed_table(transaction: sa.Connection, table: sa.Table, rows: Mapping[Key, Body]) -> Seeded:
    names = table.primary_key.columns.keys()
    columns = [table.c[name] for name in names]
    existing = {
        tuple(row[: len(names)]): row
        for row in transaction.execute(sa.select(*columns, table.c.seed_digest, table.c.edited_at))
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
        elif row.seed_digest == digest:
            continue
        elif row.edited_at is not None:
            kept += 1
        else:
            same = sa.and_(*(column == value for column, value in zip(columns, key, strict=True)))
            transaction.execute(sa.update(table).where(same).values(body=body, seed_digest=digest))
            renewed += 1
    return Seeded(added, renewed, kept)


def _digest(body: Body) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

"""Published knowledge: seeded from the content files, owned by the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from knowledge_base.content_files import Content
from knowledge_base.documents import GuideDocument
from knowledge_base.kept import Changed, FaultyEdit, Kept, KeptRow, Kind, faulty_row
from knowledge_base.model import CatalogueItem
from knowledge_base.offices import Office
from knowledge_base.scenarios.sifting import read_rate_file, read_scenario
from knowledge_base.sifting import faults_of_edit
from server.storage.audit_store import write_entry
from server.storage.engine import wait_for_turn, writing
from server.storage.schema import (
    catalogue_items,
    guide_documents,
    knowledge_changes,
    offices,
    rate_files,
    regions,
    scenarios,
    sources,
)
from service_hall.shared.clock import SHANGHAI
from service_hall.staff.audit import Entry

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

    def seed(self, content: Content, at: datetime | None = None) -> Seeded:
        """Bring the content files in. The same files twice change nothing; what staff changed is never overwritten;
        a file that is gone takes nothing away, for only staff withdraw what is published."""
        total = Seeded()
        with writing(self._engine).begin() as transaction:
            wait_for_turn(transaction)
            tables: tuple[tuple[Kind, Mapping[Key, Body]], ...] = (
                (Kind.REGION, {(region.code,): region.model_dump(mode="json") for region in content.regions}),
                (Kind.ITEM, {(item.id,): item.model_dump(mode="json") for item in content.catalogue}),
                (Kind.OFFICE, {(office.id,): office.model_dump(mode="json") for office in content.offices}),
                (Kind.SOURCE, {(each.id,): each.model_dump(mode="json") for each in content.sources.values()}),
                (Kind.DOCUMENT, _guide_rows(content)),
                (Kind.SCENARIO, {(name,): dict(each.body) for name, each in content.written_scenarios.items()}),
                (Kind.RATES, {(name,): dict(each.body) for name, each in content.written_rates.items()}),
            )
            for kind, rows in tables:
                done = _seed_table(transaction, kind, rows, at)
                total = Seeded(total.added + done.added, total.renewed + done.renewed, total.kept + done.kept)
        return total

    def kept(self) -> Kept:
        """Everything as it lies there, sound or not."""
        with self._engine.begin() as transaction:
            return _kept(transaction)

    def last_change(self) -> int:
        """Its number; ask before `kept`, for what is published meanwhile may be looked at twice."""
        with self._engine.begin() as transaction:
            return transaction.execute(sa.select(sa.func.max(knowledge_changes.c.number))).scalar() or 0

    def changed_since(self, number: int) -> Changed | None:
        """None where nothing was published after that change."""
        with self._engine.begin() as transaction:
            ids: dict[Kind, set[str]] = {}
            last = number
            told = sa.select(knowledge_changes).where(knowledge_changes.c.number > number)
            for change in transaction.execute(told.order_by(knowledge_changes.c.number)):
                ids.setdefault(Kind(change.kind), set()).add(change.thing_id)
                last = change.number
            if not ids:
                return None
            of_guides = ids.get(Kind.DOCUMENT, set()) | ids.get(Kind.ITEM, set())
            wanted = ids | {Kind.DOCUMENT: of_guides, Kind.ITEM: of_guides}
            found = {kind: list(_rows(transaction, table, wanted.get(kind, ()))) for kind, table in _TABLES.items()}
            return Changed(last, {kind: frozenset(named) for kind, named in wanted.items()}, _kept_of(found))

    def forget_changes(self, before: datetime) -> int:
        """Those from before the last change of that time, which stays: a node goes on from its number. How many."""
        of = knowledge_changes.c
        last = sa.select(sa.func.max(of.number)).where(of.at < before).scalar_subquery()
        with writing(self._engine).begin() as transaction:
            return transaction.execute(sa.delete(knowledge_changes).where(of.number < last)).rowcount

    def edit_guide_document(self, document: GuideDocument, at: datetime) -> None:
        """A change by staff, of a guide or a topic of the hall: from now on the seed leaves this document alone.
        Raises FaultyEdit, and changes nothing, if the document is not sound or others would not be any more."""
        with writing(self._engine).begin() as transaction:
            wait_for_turn(transaction)  # two edits that are sound alone may not be together
            edit_document(transaction, document, at)

    def edit_office(self, office: Office, at: datetime, entry: Entry, was: str) -> bool:
        """A change by staff, of an office whose region and items there are. `was`: the digest of what it was made from
        (`digest_of_office`); False: somebody else has changed it meanwhile, and nothing was."""
        with writing(self._engine, durable=True).begin() as transaction:
            return edit_offices(transaction, [(office, was)], at, [entry])

    def edit_item(self, item: CatalogueItem, at: datetime) -> None:
        """A change by staff, or a new service: its guide is published afterwards, by `edit_guide_document`."""
        with writing(self._engine).begin() as transaction:
            wait_for_turn(transaction)
            _edit(transaction, Kind.ITEM, (item.id,), item.model_dump(mode="json"), at)


def edit_offices(
    transaction: sa.Connection, changed: Sequence[tuple[Office, str]], at: datetime, entries: Sequence[Entry]
) -> bool:
    """Within a transaction that writes: all of them, each with the digest of what it was made from. False: somebody
    was faster with one, and nothing was written."""
    wait_for_turn(transaction)
    there = {row.key[0]: row for row in _rows(transaction, offices, [office.id for office, _ in changed])}
    for office, was in changed:
        before = there.get(office.id)
        if was != (digest_of_office(before.body) if before else ""):
            return False
    for office, _ in changed:
        _edit(transaction, Kind.OFFICE, (office.id,), office.model_dump(mode="json"), at)
    for entry in entries:
        write_entry(transaction, entry)
    return True


def digest_of_office(body: Any) -> str:
    """Of an office as it is kept, or shown: what the model fills in by itself makes no difference."""
    with suppress(ValidationError):
        body = Office.model_validate(body).model_dump(mode="json")
    return _digest(body)


def edit_document(transaction: sa.Connection, document: GuideDocument, at: datetime) -> Body | None:
    """Within a transaction that has waited for its turn; what stood there before. Raises FaultyEdit."""
    key = (document.guide_id, document.region, str(document.body.get("effective_from", "")))
    row = KeptRow(key, document.body)
    # Of the documents only the guide's own say anything of it; there may be ten thousand others.
    ids: dict[Kind, list[str]] = {Kind.DOCUMENT: [document.guide_id], Kind.SCENARIO: [], Kind.RATES: []}
    kept = _kept_of({kind: list(_rows(transaction, table, ids.get(kind))) for kind, table in _TABLES.items()})
    if faults := faults_of_edit(kept, row, at.astimezone(SHANGHAI).date()):
        raise FaultyEdit(faults)
    _edit(transaction, Kind.DOCUMENT, key, dict(document.body), at)
    return next((each.body for each in kept.documents if each.key == key), None)


def edit_scenario(transaction: sa.Connection, scenario_id: str, body: Mapping[str, Any], at: datetime) -> Body | None:
    """As `edit_document`, of a scenario."""
    return _edit_whole(transaction, Kind.SCENARIO, scenario_id, body, at, read_scenario)


def edit_rates(transaction: sa.Connection, file_id: str, body: Mapping[str, Any], at: datetime) -> Body | None:
    """As `edit_document`, of a file of rates."""
    return _edit_whole(transaction, Kind.RATES, file_id, body, at, read_rate_file)


def _edit_whole(
    transaction: sa.Connection,
    kind: Kind,
    thing_id: str,
    body: Mapping[str, Any],
    at: datetime,
    read: Callable[[Any, str], object],
) -> Body | None:
    """`read`: gives a list of places where it is not sound."""
    if isinstance(places := read(body, thing_id), list):
        raise FaultyEdit((faulty_row(kind, KeptRow((thing_id,), body), places),))
    before = next(_rows(transaction, _TABLES[kind], [thing_id]), None)
    _edit(transaction, kind, (thing_id,), dict(body), at)
    return before.body if before else None


_TABLES = {
    Kind.REGION: regions,
    Kind.ITEM: catalogue_items,
    Kind.OFFICE: offices,
    Kind.DOCUMENT: guide_documents,
    Kind.SOURCE: sources,
    Kind.SCENARIO: scenarios,
    Kind.RATES: rate_files,
}


def _kept(transaction: sa.Connection) -> Kept:
    return _kept_of({kind: list(_rows(transaction, table)) for kind, table in _TABLES.items()})


def _kept_of(rows: Mapping[Kind, Sequence[KeptRow]]) -> Kept:
    return Kept(
        rows[Kind.REGION],
        rows[Kind.ITEM],
        rows[Kind.OFFICE],
        rows[Kind.DOCUMENT],
        rows[Kind.SOURCE],
        rows[Kind.SCENARIO],
        rows[Kind.RATES],
    )


def _edit(transaction: sa.Connection, kind: Kind, key: Key, body: Body, at: datetime) -> None:
    table = _TABLES[kind]
    columns = dict(zip(table.primary_key.columns.keys(), key, strict=True))
    same = sa.and_(*(table.c[name] == value for name, value in columns.items()))
    changed = transaction.execute(sa.update(table).where(same).values(body=body, edited_at=at))
    if changed.rowcount == 0:
        transaction.execute(sa.insert(table).values(**columns, body=body, edited_at=at))
    _note(transaction, kind, [key], at)


def _note(transaction: sa.Connection, kind: Kind, keys: Iterable[Key], at: datetime | None) -> None:
    """Numbers are given in order, for whoever writes has waited for its turn."""
    told = {"kind": kind.value, "at": at}
    rows = [{**told, "thing_id": thing_id} for thing_id in dict.fromkeys(key[0] for key in keys)]
    if rows:
        transaction.execute(sa.insert(knowledge_changes), rows)


def _rows(transaction: sa.Connection, table: sa.Table, ids: Collection[str] | None = None) -> Iterator[KeptRow]:
    """`ids`: of these things alone."""
    own, *_ = table.primary_key.columns
    keys = [_as_it_lies(transaction, column) for column in table.primary_key.columns]
    wanted = sa.select(*keys, _as_it_lies(transaction, table.c.body))
    if ids is not None:
        wanted = wanted.where(own.in_(sorted(ids)))
    for *key, body in transaction.execute(wanted):
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


def _seed_table(transaction: sa.Connection, kind: Kind, rows: Mapping[Key, Body], at: datetime | None) -> Seeded:
    table = _TABLES[kind]
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
    written: list[Key] = []
    for key, body in rows.items():
        digest = _digest(body)
        row = existing.get(key)
        if row is None:
            transaction.execute(
                sa.insert(table).values(**dict(zip(names, key, strict=True)), body=body, seed_digest=digest)
            )
            added += 1
            written.append(key)
        elif _text(row.seed_digest) == digest:
            continue
        elif row.is_edited:
            kept += 1
        else:
            same = sa.and_(*(column == value for column, value in zip(columns, key, strict=True)))
            transaction.execute(sa.update(table).where(same).values(body=body, seed_digest=digest))
            renewed += 1
            written.append(key)
    _note(transaction, kind, written, at)
    return Seeded(added, renewed, kept)


def _digest(body: Body) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

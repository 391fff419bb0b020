"""Drafts, verdicts and versions in SQL; the contract is `service_hall.publishing.keeping`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from knowledge_base.documents import Body
from knowledge_base.kept import FaultyEdit
from knowledge_base.model import RegionCode
from server.storage.audit_store import write_entry
from server.storage.engine import insert_for, pen_of, take_locks, wait_for_turn, writing
from server.storage.knowledge_store import edit_document, edit_rates, edit_scenario
from server.storage.publishing_schema import document_versions, draft_verdicts
from server.storage.publishing_schema import drafts as _drafts
from service_hall.publishing.draft import (
    DocumentKey,
    DocumentKind,
    Draft,
    DraftId,
    DraftLine,
    DraftState,
    Judgement,
    Verdict,
    Version,
)
from service_hall.publishing.keeping import Change, NoSuchDraft, NotSound
from service_hall.staff.audit import Entry

_of, _versions = _drafts.c, document_versions.c
_LINE = (
    _of.draft_id, _of.guide_id, _of.region, _of.effective_from, _of.state, _of.writers, _of.changed_at, _of.round,
    _of.publish_on, _of.note,
)  # fmt: skip


class DraftStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine, self._writing = engine, writing(engine)
        self._pen = pen_of(engine)

    def begin(self, draft: Draft) -> Draft:
        with self._pen, self._writing.begin() as transaction:
            return self._begun(transaction, draft)

    def begin_all(self, drafts: Sequence[Draft]) -> list[Draft] | None:
        found = {}
        with self._pen, self._writing.begin() as transaction:
            # In one order, or two sheets wait for each other.
            for each in sorted(drafts, key=lambda draft: str(draft.key)):
                found[each.key] = begun = self._begun(transaction, each)
                if begun.draft_id != each.draft_id and begun.body != each.body:
                    transaction.rollback()
                    return None
        return [found[each.key] for each in drafts]

    def _begun(self, transaction: sa.Connection, draft: Draft) -> Draft:
        transaction.execute(insert_for(self._engine)(_drafts).on_conflict_do_nothing().values(_row_of(draft)))
        return _draft(transaction.execute(sa.select(_drafts).where(_of.open_key == str(draft.key))).one())

    def draft(self, draft_id: DraftId) -> Draft | None:
        return self._one(_of.draft_id == draft_id)

    def open_draft_of(self, key: DocumentKey) -> Draft | None:
        return self._one(_of.open_key == str(key))

    def drafts(self, states: Sequence[DraftState], limit: int = 200) -> list[Draft]:
        wanted = sa.select(_drafts).where(_of.state.in_([each.value for each in states]))
        with self._engine.begin() as transaction:
            rows = transaction.execute(wanted.order_by(_of.changed_at.desc(), _of.draft_id).limit(limit)).all()
        return [_draft(row) for row in rows]

    def lines(self, states: Sequence[DraftState], limit: int = 200) -> list[DraftLine]:
        wanted = sa.select(*_LINE).where(_of.state.in_([each.value for each in states]))
        with self._engine.begin() as transaction:
            found: sa.CursorResult[Any] = transaction.execute(
                wanted.order_by(_of.changed_at.desc(), _of.draft_id).limit(limit)
            )
            return [_line(row) for row in found]

    def judged_by(self, reviewer: str, drafts: Sequence[DraftId]) -> frozenset[tuple[DraftId, int]]:
        said = sa.select(draft_verdicts.c.draft_id, draft_verdicts.c.round).where(
            draft_verdicts.c.reviewer == reviewer, draft_verdicts.c.draft_id.in_(list(drafts))
        )
        with self._engine.begin() as transaction:
            return frozenset((DraftId(draft_id), number) for draft_id, number in transaction.execute(said))

    def change(self, draft_id: DraftId, work: Change) -> Draft:
        with self._pen, self._writing.begin() as transaction:
            return _change(transaction, draft_id, work)

    def judge(self, verdict: Verdict, work: Change) -> Draft:
        row = {
            "draft_id": verdict.draft_id,
            "round": verdict.round,
            "reviewer": verdict.reviewer,
            "judgement": verdict.judgement.value,
            "reason": verdict.reason,
            "at": verdict.at,
            "accepted": dict(verdict.accepted),
        }
        with self._pen, self._writing.begin() as transaction:
            changed = _change(transaction, verdict.draft_id, work)
            made = insert_for(transaction)(draft_verdicts).values(row)
            key = list(draft_verdicts.primary_key.columns)
            transaction.execute(made.on_conflict_do_update(index_elements=key, set_=row))
            return changed

    def verdicts(self, draft_id: DraftId) -> list[Verdict]:
        said = sa.select(draft_verdicts).where(draft_verdicts.c.draft_id == draft_id)
        in_order = said.order_by(draft_verdicts.c.round, draft_verdicts.c.at, draft_verdicts.c.reviewer)
        with self._engine.begin() as transaction:
            return [_verdict(row) for row in transaction.execute(in_order)]

    def due(self, day: date) -> list[Draft]:
        approved = sa.select(_drafts).where(_of.state == DraftState.APPROVED.value, _of.publish_on <= day.isoformat())
        with self._engine.begin() as transaction:
            return [_draft(row) for row in transaction.execute(approved.order_by(_of.publish_on, _of.draft_id))]

    def publish(self, draft_id: DraftId, reviewers: Sequence[str], at: datetime) -> Version:
        with self._pen, self._writing.begin() as transaction:
            wait_for_turn(transaction)  # as every edit of what is published does
            draft = _locked(transaction, draft_id)
            if draft.state is not DraftState.APPROVED:
                raise NoSuchDraft
            try:
                before = _go_live(transaction, draft, at)
            except FaultyEdit as fault:
                raise NotSound(fault.faults) from fault
            last = _last_version(transaction, draft.key)
            if before is not None and (last is None or last.body != before):
                # It came with the content files, or was put right by hand: the way back leads to it as well.
                last = Version(draft.key, (last.number if last else 0) + 1, before, at, "")
                _keep_version(transaction, last)
            version = Version(
                draft.key,
                (last.number if last else 0) + 1,
                draft.body,
                at,
                draft.writers[-1],
                tuple(reviewers),
                draft.note,
            )
            _keep_version(transaction, version)
            told = {"region": draft.key.region, "effective_from": draft.key.effective_from}
            write_entry(
                transaction,
                Entry(
                    by=version.by,
                    what=f"{draft.key.kind}.publish",
                    kind=draft.key.kind.value,
                    thing=draft.key.thing_id,
                    at=at,
                    before={**told, "version": version.number - 1},
                    after={**told, "version": version.number, "draft": draft_id, "reviewers": list(reviewers)},
                ),
            )
            closed = {"state": DraftState.PUBLISHED.value, "open_key": None, "changed_at": at}
            transaction.execute(sa.update(_drafts).where(_of.draft_id == draft_id).values(closed))
            return version

    def versions(self, key: DocumentKey) -> list[Version]:
        return self._read_versions(_is_of(key), _versions.number.desc())

    def versions_of_guide(self, guide_id: str, limit: int = 100) -> list[Version]:
        own = _versions.guide_id == guide_id
        return self._read_versions(own, _versions.at.desc(), _versions.region, _versions.number.desc(), limit=limit)

    def _read_versions(
        self, wanted: sa.ColumnElement[bool], *order: sa.ColumnElement[Any] | sa.Column[Any], limit: int | None = None
    ) -> list[Version]:
        with self._engine.begin() as transaction:
            found = sa.select(document_versions).where(wanted).order_by(*order).limit(limit)
            return [_version(row) for row in transaction.execute(found)]

    def _one(self, wanted: sa.ColumnElement[bool]) -> Draft | None:
        with self._engine.begin() as transaction:
            row = transaction.execute(sa.select(_drafts).where(wanted)).one_or_none()
        return _draft(row) if row else None


def _go_live(transaction: sa.Connection, draft: Draft, at: datetime) -> Body | None:
    """What stood there before. Raises FaultyEdit."""
    match draft.key.kind:
        case DocumentKind.SCENARIO:
            return edit_scenario(transaction, draft.key.thing_id, draft.body, at)
        case DocumentKind.RATES:
            return edit_rates(transaction, draft.key.thing_id, draft.body, at)
    return edit_document(transaction, draft.document, at)


def _change(transaction: sa.Connection, draft_id: DraftId, work: Change) -> Draft:
    changed = work(_locked(transaction, draft_id))
    transaction.execute(sa.update(_drafts).where(_of.draft_id == draft_id).values(_row_of(changed)))
    return changed


def _locked(transaction: sa.Connection, draft_id: DraftId) -> Draft:
    take_locks(transaction, [f"draft {draft_id}"])
    row = transaction.execute(sa.select(_drafts).where(_of.draft_id == draft_id)).one_or_none()
    if row is None or not (draft := _draft(row)).is_open:
        raise NoSuchDraft
    return draft


def _is_of(key: DocumentKey) -> sa.ColumnElement[bool]:
    return sa.and_(
        _versions.guide_id == key.guide_id,
        _versions.region == key.region,
        _versions.effective_from == key.effective_from,
    )


def _last_version(transaction: sa.Connection, key: DocumentKey) -> Version | None:
    newest = sa.select(document_versions).where(_is_of(key)).order_by(_versions.number.desc()).limit(1)
    row = transaction.execute(newest).one_or_none()
    return _version(row) if row else None


def _keep_version(transaction: sa.Connection, version: Version) -> None:
    row = {
        "guide_id": version.key.guide_id,
        "region": version.key.region,
        "effective_from": version.key.effective_from,
        "number": version.number,
        "body": version.body,
        "at": version.at,
        "by": version.by,
        "reviewers": list(version.reviewers),
        "note": version.note,
    }
    transaction.execute(sa.insert(document_versions).values(row))


def _row_of(draft: Draft) -> dict[str, Any]:
    return {
        "draft_id": draft.draft_id,
        "guide_id": draft.key.guide_id,
        "region": draft.key.region,
        "effective_from": draft.key.effective_from,
        "body": draft.body,
        "base": draft.base,
        "state": draft.state.value,
        "open_key": str(draft.key) if draft.is_open else None,
        "writers": list(draft.writers),
        "made_at": draft.made_at,
        "changed_at": draft.changed_at,
        "round": draft.round,
        "reviews_needed": draft.reviews_needed,
        "publish_on": draft.publish_on.isoformat() if draft.publish_on else "",
        "note": draft.note,
        "held_because": draft.held_because,
    }


def _line(row: sa.Row[Any]) -> DraftLine:
    return DraftLine(
        DraftId(row.draft_id),
        _key(row),
        DraftState(row.state),
        tuple(row.writers),
        row.changed_at,
        row.round,
        date.fromisoformat(row.publish_on) if row.publish_on else None,
        row.note,
    )


def _draft(row: sa.Row[Any]) -> Draft:
    return Draft(
        draft_id=DraftId(row.draft_id),
        key=_key(row),
        body=row.body,
        base=row.base,
        state=DraftState(row.state),
        writers=tuple(row.writers),
        made_at=row.made_at,
        changed_at=row.changed_at,
        round=row.round,
        reviews_needed=row.reviews_needed,
        publish_on=date.fromisoformat(row.publish_on) if row.publish_on else None,
        note=row.note,
        held_because=row.held_because,
    )


def _verdict(row: sa.Row[Any]) -> Verdict:
    return Verdict(
        DraftId(row.draft_id),
        row.round,
        row.reviewer,
        Judgement(row.judgement),
        row.reason,
        row.at,
        row.accepted,
    )


def _version(row: sa.Row[Any]) -> Version:
    return Version(_key(row), row.number, row.body, row.at, row.by, tuple(row.reviewers), row.note)


def _key(row: sa.Row[Any]) -> DocumentKey:
    return DocumentKey(row.guide_id, RegionCode(row.region), row.effective_from)

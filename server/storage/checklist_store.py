"""Kept lists, in SQL; the contract is `service_hall.scenarios.keeping`."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import sqlalchemy as sa

from server.storage.checklist_schema import checklists
from server.storage.engine import insert_for, pen_of, take_locks, writing
from server.storage.forgotten_store import refuse_forgotten
from service_hall.scenarios.keeping import MOST_KEPT, ChecklistId, KeptList, ListCount
from service_hall.shared.ids import VisitorId
from service_hall.shared.safe import Safe, SealBroken
from service_hall.visits.ledger import visitor_lock

log = logging.getLogger(__name__)
_of = checklists.c
_PAGE = 200


class ChecklistStore:
    def __init__(self, engine: sa.Engine, safe: Safe) -> None:
        self._engine, self._safe = engine, safe
        self._pen = pen_of(engine)

    def keep(self, kept: KeptList) -> None:
        row = {
            "checklist_id": kept.checklist_id,
            "visitor_id": kept.visitor_id,
            "scenario_id": kept.scenario_id,
            "is_draft": kept.is_draft,
            "changed_at": kept.changed_at,
            "body_sealed": self._sealed(kept),
        }
        hers = _of.visitor_id == kept.visitor_id
        draft = sa.and_(hers, _of.scenario_id == kept.scenario_id, _of.is_draft, _of.checklist_id != kept.checklist_id)
        newest = sa.select(_of.checklist_id).where(hers).order_by(_of.changed_at.desc(), _of.checklist_id)
        with self._pen, writing(self._engine).begin() as transaction:
            take_locks(transaction, [visitor_lock(kept.visitor_id)])
            refuse_forgotten(transaction, [kept.visitor_id])
            made = insert_for(transaction)(checklists).values(row)
            transaction.execute(made.on_conflict_do_update(index_elements=[_of.checklist_id], set_=row))
            transaction.execute(sa.delete(checklists).where(draft))
            if older := transaction.execute(newest.offset(MOST_KEPT)).scalars().all():
                transaction.execute(sa.delete(checklists).where(_of.checklist_id.in_(older)))

    def of_visitor(self, visitor_id: VisitorId) -> list[KeptList]:
        hers = sa.select(checklists).where(_of.visitor_id == visitor_id)
        with self._engine.begin() as transaction:
            rows = transaction.execute(hers.order_by(_of.changed_at.desc(), _of.checklist_id).limit(MOST_KEPT)).all()
        return self._opened(rows)

    def find(self, checklist_id: ChecklistId) -> KeptList | None:
        with self._engine.begin() as transaction:
            rows = transaction.execute(sa.select(checklists).where(_of.checklist_id == checklist_id)).all()
        return next(iter(self._opened(rows)), None)

    def drop(self, checklist_id: ChecklistId) -> None:
        with self._pen, writing(self._engine).begin() as transaction:
            transaction.execute(sa.delete(checklists).where(_of.checklist_id == checklist_id))

    def forget(self, visitor_id: VisitorId) -> None:
        with self._pen, writing(self._engine).begin() as transaction:
            take_locks(transaction, [visitor_lock(visitor_id)])
            transaction.execute(sa.delete(checklists).where(_of.visitor_id == visitor_id))

    def finished(self) -> Iterator[KeptList]:
        """Page by page: no transaction stays open while they are looked at."""
        after = ""
        while True:
            wanted = sa.select(checklists).where(~_of.is_draft, _of.checklist_id > after).order_by(_of.checklist_id)
            with self._engine.begin() as transaction:
                rows = transaction.execute(wanted.limit(_PAGE)).all()
            yield from self._opened(rows)
            if len(rows) < _PAGE:
                return
            after = rows[-1].checklist_id

    def count_of(self, scenario_id: str) -> ListCount:
        counted = sa.select(_of.is_draft, sa.func.count()).where(_of.scenario_id == scenario_id).group_by(_of.is_draft)
        with self._engine.begin() as transaction:
            found = {bool(is_draft): count for is_draft, count in transaction.execute(counted)}
        return ListCount(found.get(False, 0), found.get(True, 0))

    def drop_old(self, before: datetime) -> int:
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(sa.delete(checklists).where(_of.changed_at < before)).rowcount

    def _sealed(self, kept: KeptList) -> str:
        body = {
            "answers": dict(kept.answers),
            "as_of": kept.as_of.isoformat(),
            "region": kept.region,
            "done": kept.done,
            "have": kept.have,
            "papers": kept.papers,
        }
        return self._safe.seal(json.dumps(body, ensure_ascii=False), _bound_to(kept.checklist_id))

    def _opened(self, rows: Iterable[sa.Row[tuple[object, ...]]]) -> list[KeptList]:
        """Without those whose seal nobody can open any more."""
        found = []
        for row in rows:
            try:
                body = json.loads(self._safe.open(row.body_sealed, _bound_to(row.checklist_id)))
            except SealBroken:
                log.warning("a checklist was sealed with a key that is gone")
                continue
            found.append(
                KeptList(
                    checklist_id=ChecklistId(row.checklist_id),
                    visitor_id=VisitorId(row.visitor_id),
                    scenario_id=row.scenario_id,
                    answers=body["answers"],
                    as_of=date.fromisoformat(body["as_of"]),
                    region=body["region"],
                    changed_at=row.changed_at,
                    is_draft=row.is_draft,
                    done=tuple(body["done"]),
                    have=tuple(body["have"]),
                    papers=tuple(body["papers"]),
                )
            )
        return found


def _bound_to(checklist_id: str) -> str:
    return f"checklist:{checklist_id}"

"""Saved questions and what they came to, in SQL; the contract is `service_hall.publishing.question_sets`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.storage.engine import insert_for, pen_of, writing
from server.storage.publishing_schema import question_results, question_runs, question_sets
from service_hall.publishing.draft import digest_of
from service_hall.publishing.question_sets import QuestionSet, Result, Run, RunId, SavedQuestion, SetId

_runs, _results = question_runs.c, question_results.c
_AT_ONCE = 500
"""Values that a statement names: SQLite takes some thousands."""


class QuestionStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine, self._writing = engine, writing(engine)
        self._pen = pen_of(engine)

    def sets(self) -> list[QuestionSet]:
        with self._engine.begin() as transaction:
            rows = transaction.execute(sa.select(question_sets).order_by(question_sets.c.name)).all()
        return [_set(row) for row in rows]

    def set(self, set_id: SetId) -> QuestionSet | None:
        wanted = sa.select(question_sets).where(question_sets.c.set_id == set_id)
        with self._engine.begin() as transaction:
            row = transaction.execute(wanted).one_or_none()
        return _set(row) if row else None

    def keep_set(self, kept: QuestionSet) -> None:
        row = {**asdict(kept), "questions": [asdict(each) for each in kept.questions]}
        made = insert_for(self._engine)(question_sets).values(row)
        with self._pen, self._writing.begin() as transaction:
            transaction.execute(made.on_conflict_do_update(index_elements=["set_id"], set_=row))

    def drop_set(self, set_id: SetId) -> None:
        with self._pen, self._writing.begin() as transaction:
            transaction.execute(sa.delete(question_sets).where(question_sets.c.set_id == set_id))

    def keep_run(self, run: Run, results: Sequence[Result]) -> None:
        rows = [
            {
                "run_id": run.run_id,
                "place": place,
                "question_key": digest_of(each.question),
                "at": run.at,
                "result": asdict(each),
            }
            for place, each in enumerate(results)
        ]
        with self._pen, self._writing.begin() as transaction:
            transaction.execute(sa.insert(question_runs).values({**asdict(run), "set_id": run.set_id or ""}))
            if rows:
                transaction.execute(sa.insert(question_results), rows)

    def runs(self, set_id: SetId | None, limit: int = 50) -> list[Run]:
        own = sa.select(question_runs).where(_runs.set_id == (set_id or ""))
        with self._engine.begin() as transaction:
            rows = transaction.execute(own.order_by(_runs.at.desc(), _runs.run_id).limit(limit)).all()
        return [_run(row) for row in rows]

    def run(self, run_id: RunId) -> Run | None:
        with self._engine.begin() as transaction:
            row = transaction.execute(sa.select(question_runs).where(_runs.run_id == run_id)).one_or_none()
        return _run(row) if row else None

    def results(self, run_id: RunId) -> list[Result]:
        wanted = sa.select(_results.result).where(_results.run_id == run_id).order_by(_results.place)
        with self._engine.begin() as transaction:
            return [_result(kept) for kept in transaction.execute(wanted).scalars()]

    def last_results(self, questions: Sequence[str], before: datetime) -> Mapping[str, tuple[datetime, Result]]:
        found: dict[str, tuple[datetime, Result]] = {}
        keys = [digest_of(each) for each in dict.fromkeys(questions)]
        with self._engine.begin() as transaction:
            for at in range(0, len(keys), _AT_ONCE):
                few = sa.and_(_results.question_key.in_(keys[at : at + _AT_ONCE]), _results.at < before)
                newest = (
                    sa.select(_results.question_key, sa.func.max(_results.at).label("at"))
                    .where(few)
                    .group_by(_results.question_key)
                    .subquery()
                )
                last = sa.and_(_results.question_key == newest.c.question_key, _results.at == newest.c.at)
                for row in transaction.execute(sa.select(question_results).join(newest, last)):
                    result = _result(row.result)
                    found[result.question] = (row.at, result)
        return found

    def drop_runs(self, before: datetime) -> int:
        old = sa.select(_runs.run_id).where(_runs.at < before)
        with self._pen, self._writing.begin() as transaction:
            transaction.execute(sa.delete(question_results).where(_results.run_id.in_(old)))
            return transaction.execute(sa.delete(question_runs).where(_runs.at < before)).rowcount


def _set(row: sa.Row[Any]) -> QuestionSet:
    questions = tuple(SavedQuestion(each["text"], tuple(each["expects"])) for each in row.questions)
    return QuestionSet(SetId(row.set_id), row.name, row.is_gate, questions, row.by, row.changed_at)


def _run(row: sa.Row[Any]) -> Run:
    set_id = SetId(row.set_id) if row.set_id else None
    return Run(RunId(row.run_id), set_id, row.at, row.by, row.asked, row.no_hits, row.as_expected)


def _result(kept: dict[str, Any]) -> Result:
    return Result(**{**kept, "expects": tuple(kept["expects"]), "items": tuple(kept["items"])})

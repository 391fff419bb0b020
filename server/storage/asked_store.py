"""What citizens asked in vain, and who is to answer it, in SQL (`service_hall.publishing.asked_records`)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from server.storage.archive_store import tells_of
from server.storage.engine import insert_for, pen_of, writing
from server.storage.publishing_schema import question_tasks
from server.storage.schema import answers, turns, utterances
from service_hall.conversation.utterances import Speaker
from service_hall.publishing.asked_records import MOST_TURNS, AskedTurn, Task, TaskId, Trouble
from service_hall.shared.ids import MessageId

_OF_OUTCOME = (Trouble.UNANSWERED, Trouble.UNSURE)
_tasks = question_tasks.c


class AskedStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine, self._writing = engine, writing(engine)
        self._pen = pen_of(engine)

    def troubled(
        self,
        since: datetime,
        limit: int = MOST_TURNS,
        *,
        regions: Collection[str] = (),
        items: frozenset[str] | None = None,
    ) -> list[AskedTurn]:
        said = sa.and_(utterances.c.message_id == turns.c.message_id, utterances.c.who == Speaker.CITIZEN.value)
        hers = (
            turns.c.region.in_(sorted(regions)) if regions else sa.true(),
            tells_of(items, turns.c.message_id),
        )
        columns = (turns.c.message_id, turns.c.received_at, turns.c.region, utterances.c.said)
        in_vain = (
            sa.select(*columns, turns.c.outcome.label("trouble"))
            .join(utterances, said)
            .where(turns.c.outcome.in_([each.value for each in _OF_OUTCOME]), turns.c.received_at >= since)
        )
        of_no_use = (
            sa.select(*columns, sa.literal(Trouble.NOT_USEFUL.value).label("trouble"))
            .join(answers, answers.c.message_id == turns.c.message_id)
            .join(utterances, said)
            .where(answers.c.useful.is_(False), answers.c.judged_at >= since)
            .distinct()
        )
        found: list[AskedTurn] = []
        with self._engine.begin() as transaction:
            for wanted in (in_vain, of_no_use):
                newest = wanted.where(*hers).order_by(turns.c.received_at.desc(), turns.c.message_id).limit(limit)
                found += [
                    AskedTurn(
                        MessageId(row.message_id), row.received_at, row.said or "", Trouble(row.trouble), row.region
                    )
                    for row in transaction.execute(newest)
                ]
        return sorted(found, key=lambda each: each.at, reverse=True)[:limit]

    def keep_task(self, task: Task) -> None:
        row = {**asdict(task), "due_on": task.due_on.isoformat()}
        made = insert_for(self._engine)(question_tasks).values(row)
        with self._pen, self._writing.begin() as transaction:
            transaction.execute(made.on_conflict_do_update(index_elements=["task_id"], set_=row))

    def task(self, task_id: TaskId) -> Task | None:
        with self._engine.begin() as transaction:
            row = transaction.execute(sa.select(question_tasks).where(_tasks.task_id == task_id)).one_or_none()
        return _task(row) if row else None

    def tasks(self, limit: int = 200) -> list[Task]:
        is_done = sa.case((_tasks.done_at.is_(None), 0), else_=1)
        open_day = sa.case((_tasks.done_at.is_(None), _tasks.due_on), else_="")
        wanted = sa.select(question_tasks).order_by(is_done, open_day, _tasks.done_at.desc(), _tasks.task_id)
        with self._engine.begin() as transaction:
            return [_task(row) for row in transaction.execute(wanted.limit(limit))]


def _task(row: sa.Row[Any]) -> Task:
    return Task(**{**row._mapping, "due_on": date.fromisoformat(row.due_on)})

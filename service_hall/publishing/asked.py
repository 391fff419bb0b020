"""What citizens asked in vain: unanswered, unsure, or answered and of no use; what means the same together, the most
frequent first. From there it becomes a question of a statement, a draft, or work for a department."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from knowledge_base.language.tokenize import plain
from knowledge_base.search.embed import Embed
from service_hall.publishing.asked_records import AskedTurn, Task, TaskId, Trouble
from service_hall.publishing.desk import PublishingDesk

MOST_CLUSTERED = 1500
"""Different sentences, the most frequent; each is laid beside every leader."""
MEANS_THE_SAME = 0.8
"""Cosine: 身份证丢了怎么补 and 身份证掉了怎么补办 are 0.83, 护照丢了怎么补 and 身份证丢了怎么补 0.62."""
MOST_EXAMPLES = 8


@dataclass(frozen=True)
class Cluster:
    question: str
    """The commonest way to say it."""
    times: int
    troubles: Counter[Trouble]
    examples: tuple[str, ...]
    """Other ways, the commonest first."""
    last_at: datetime
    regions: Counter[str]
    """Where it was asked, by code; empty: none was named."""


class Asked:
    def __init__(self, desk: PublishingDesk) -> None:
        self._desk, self._records = desk, desk.asked

    def clusters(
        self,
        days: int,
        trouble: Trouble | None = None,
        regions: Collection[str] = (),
        items: frozenset[str] | None = None,
    ) -> list[Cluster]:
        """Of the last days. `regions`, `items`: of whoever looks, as `WantedTurns` has them."""
        since = self._desk.now() - timedelta(days=days)
        turns = self._records.troubled(since, regions=regions, items=items)
        wanted = [each for each in turns if trouble in (None, each.trouble) and not each.said.startswith("/")]
        return clustered(wanted, self._desk.embed)

    def assign(self, question: str, times: int, department: str, due_on: date, note: str, by: str) -> Task:
        mask = self._desk.reception_over(self._desk.library).mask
        task = Task(
            TaskId(f"t_{secrets.token_urlsafe(9)}"),
            mask(question.strip()),
            times,
            department.strip(),
            due_on,
            mask(note.strip()),
            by,
            self._desk.now(),
        )
        self._records.keep_task(task)
        return task

    def finish(self, task_id: TaskId, by: str) -> Task | None:
        """None: there is no such task. Done twice, the first counts."""
        task = self._records.task(task_id)
        if task and task.done_at is None:
            task = replace(task, done_by=by, done_at=self._desk.now())
            self._records.keep_task(task)
        return task

    def task(self, task_id: TaskId) -> Task | None:
        return self._records.task(task_id)

    def tasks(self) -> list[Task]:
        return self._records.tasks()


def clustered(turns: Iterable[AskedTurn], embed: Embed) -> list[Cluster]:
    """The most frequent first."""
    alike: dict[str, list[AskedTurn]] = defaultdict(list)
    for each in turns:
        if bare := plain(each.said):
            alike[bare].append(each)
    ways = sorted(alike.values(), key=lambda each: (-len(each), each[0].said))[:MOST_CLUSTERED]
    if not ways:
        return []
    vectors = embed([each[0].said for each in ways])
    leaders: list[int] = []
    members: dict[int, list[list[AskedTurn]]] = defaultdict(list)
    for at, way in enumerate(ways):
        near = vectors[leaders] @ vectors[at] if leaders else ()
        best = max(range(len(leaders)), key=lambda each: near[each], default=-1)
        if best >= 0 and near[best] >= MEANS_THE_SAME:
            members[leaders[best]].append(way)
        else:
            leaders.append(at)
            members[at].append(way)
    return sorted((_cluster(members[leader]) for leader in leaders), key=lambda each: (-each.times, each.question))


def _cluster(ways: Sequence[Sequence[AskedTurn]]) -> Cluster:
    turns = [turn for way in ways for turn in way]
    return Cluster(
        question=ways[0][0].said,
        times=len(turns),
        troubles=Counter(turn.trouble for turn in turns),
        examples=tuple(way[0].said for way in ways[1 : MOST_EXAMPLES + 1]),
        last_at=max(turn.at for turn in turns),
        regions=Counter(turn.region for turn in turns),
    )

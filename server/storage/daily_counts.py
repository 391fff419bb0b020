"""The figures, day by day, in SQL; the contract is `service_hall.figures.counts`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from server.storage.engine import insert_for, pen_of, take_locks, writing
from server.storage.figures_schema import counted_days, daily_counts
from server.storage.figures_sums import counts_of_day
from server.storage.schema import turns
from server.storage.visit_schema import visit_events
from service_hall.figures.counts import Asked, Count, is_due, start_of
from service_hall.figures.kinds import Figure
from service_hall.shared.clock import SHANGHAI

_LOCK = "daily counts"
_KEY = daily_counts.c


class DailyCountStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def count_due(self, now: datetime, region_of: Mapping[str, str], most_days: int = 40) -> int:
        done = 0
        # The newest first: they are looked at.
        for day in self._days(now):
            if done >= most_days:
                break
            done += self._count(day, now, region_of)
        return done

    def by_day(self, asked: Asked, figures: Sequence[Figure]) -> list[Count]:
        # Judgements have a row for each item of each day: of a year there are as many as answers.
        thing = sa.case((_KEY.figure == Figure.OUTCOME.value, _KEY.thing), else_="").label("thing")
        sums = (
            sa.select(_KEY.day, _KEY.figure, thing, sa.func.sum(_KEY.count), sa.func.sum(_KEY.amount))
            .where(_KEY.figure.in_([each.value for each in figures]), *_conditions(asked))
            .group_by(_KEY.day, _KEY.figure, thing)
        )
        with self._engine.begin() as transaction:
            return [
                Count(day, Figure(figure), "", "", thing, int(count), int(amount))
                for day, figure, thing, count, amount in transaction.execute(sums)
            ]

    def in_all(self, asked: Asked, figure: Figure, most: int = 10_000) -> list[Count]:
        total = sa.func.sum(_KEY.count)
        sums = (
            sa.select(_KEY.thing, total, sa.func.sum(_KEY.amount))
            .where(_KEY.figure == figure.value, *_conditions(asked))
            .group_by(_KEY.thing)
            .order_by(total.desc(), _KEY.thing)
            .limit(most)
        )
        with self._engine.begin() as transaction:
            return [
                Count(asked.first, figure, "", "", thing, int(count), int(amount))
                for thing, count, amount in transaction.execute(sums)
            ]

    def counted_at(self) -> datetime | None:
        latest = sa.select(counted_days.c.counted_at).order_by(counted_days.c.day.desc()).limit(1)
        with self._engine.begin() as transaction:
            return transaction.execute(latest).scalar()

    def _days(self, now: datetime) -> Iterator[date]:
        with self._engine.begin() as transaction:
            began = [
                at
                for column in (turns.c.received_at, visit_events.c.at)
                if (at := transaction.execute(sa.select(sa.func.min(column))).scalar())
            ]
            counted = dict(transaction.execute(sa.select(counted_days.c.day, counted_days.c.counted_at)).all())
        day = now.astimezone(SHANGHAI).date()
        first = min(began, default=now).astimezone(SHANGHAI).date()
        while day >= first:
            if is_due(day, counted.get(day), now):
                yield day
            day -= timedelta(days=1)

    def _count(self, day: date, now: datetime, region_of: Mapping[str, str]) -> bool:
        """False: another node has just done it."""
        mark = insert_for(self._engine)(counted_days).values(day=day, counted_at=now)
        marked = mark.on_conflict_do_update(
            index_elements=[counted_days.c.day], set_={"counted_at": mark.excluded.counted_at}
        )
        counted_at = sa.select(counted_days.c.counted_at).where(counted_days.c.day == day)
        # Read before anything is locked: a busy day takes a while, and citizens write meanwhile.
        with self._engine.begin() as transaction:
            counts = counts_of_day(transaction, day, start_of(day), start_of(day + timedelta(days=1)), region_of)
        with pen_of(self._engine), writing(self._engine).begin() as transaction:
            take_locks(transaction, [_LOCK])
            if not is_due(day, transaction.execute(counted_at).scalar(), now):
                return False
            transaction.execute(sa.delete(daily_counts).where(_KEY.day == day))
            if counts:
                transaction.execute(sa.insert(daily_counts), [_row(each) for each in counts])
            transaction.execute(marked)
        return True


def _conditions(asked: Asked) -> Iterator[sa.ColumnElement[bool]]:
    yield _KEY.day.between(asked.first, asked.last)
    if asked.channel:
        # What has no channel, a visit to an office, is asked for without one.
        yield _KEY.channel.in_([asked.channel, ""])
    if asked.regions:
        yield _KEY.region.in_(list(asked.regions))


def _row(count: Count) -> dict[str, Any]:
    return {**vars(count), "figure": count.figure.value}

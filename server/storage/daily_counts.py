"""The figures, day by day, in SQL; the contract is `service_hall.figures.counts`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from server.storage.engine import insert_for, pen_of, take_locks, writing
from server.storage.figures_schema import counted_days, daily_counts
from server.storage.figures_sums import counts_of_day
from server.storage.monthly_counts import BY_MONTH, counts_of_days, counts_of_months, put_right, where_asked
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
        sums = sa.func.sum(_KEY.count), sa.func.sum(_KEY.amount)
        days = _KEY.day.between(asked.first, asked.last), *where_asked(_KEY, asked)
        others = [each.value for each in figures if each is not Figure.OUTCOME]
        # In the order of the key, so that they are added up as they are read: of a year there are as many rows as
        # answers, for judgements have one for each item of each day.
        whole = sa.select(_KEY.figure, _KEY.day, sa.literal("").label("thing"), *sums)
        by_outcome = sa.select(_KEY.figure, _KEY.day, _KEY.thing, *sums)
        wanted = [whole.where(_KEY.figure.in_(others), *days).group_by(_KEY.figure, _KEY.day)]
        if Figure.OUTCOME in figures:
            of_outcomes = by_outcome.where(_KEY.figure == Figure.OUTCOME.value, *days)
            wanted.append(of_outcomes.group_by(_KEY.figure, _KEY.day, _KEY.thing))
        with self._engine.begin() as transaction:
            return [
                Count(day, Figure(figure), "", "", thing, int(count), int(amount))
                for each in wanted
                for figure, day, thing, count, amount in transaction.execute(each)
            ]

    def in_all(self, asked: Asked, figure: Figure, most: int = 10_000) -> list[Count]:
        with self._engine.begin() as transaction:
            among = _to_be_added_up(transaction, asked, figure).c
            total = sa.func.sum(among.count)
            amount = sa.literal(0) if figure in BY_MONTH else sa.func.sum(among.amount)
            sums = (
                sa.select(among.thing, total, amount)
                .group_by(among.thing)
                .having(total > 0)  # a month keeps its row of what a day comes to no more
                .order_by(total.desc(), among.thing)
                .limit(most)
            )
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
            put_right(transaction, day, counts)
            transaction.execute(sa.delete(daily_counts).where(_KEY.day == day))
            if counts:
                transaction.execute(sa.insert(daily_counts), [_row(each) for each in counts])
            transaction.execute(marked)
        return True


def _to_be_added_up(transaction: sa.Connection, asked: Asked, figure: Figure) -> sa.Subquery:
    if figure not in BY_MONTH:
        return counts_of_days(asked, figure)
    counted_to = transaction.execute(sa.select(sa.func.max(counted_days.c.day))).scalar()
    return counts_of_months(asked, figure, counted_to or asked.last)


def _row(count: Count) -> dict[str, Any]:
    return {**vars(count), "figure": count.figure.value}

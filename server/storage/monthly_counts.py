"""The figures of many things month by month, always the sum of the month's days: what a year is added up from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from server.storage.engine import insert_for
from server.storage.figures_schema import daily_counts, monthly_counts
from service_hall.figures.counts import Asked, Count
from service_hall.figures.kinds import Figure

BY_MONTH = frozenset({Figure.ITEM})
"""Of these a year has hundreds of thousands of rows, and no amounts. Migration 0030 names the same."""
_KEY = ("figure", "thing", "channel", "region")
_day, _month = daily_counts.c, monthly_counts.c


def put_right(transaction: sa.Connection, day: date, counts: Sequence[Count]) -> None:
    """The sums of the day's month, for what the day comes to now. Before its own rows are written."""
    more: Counter[tuple[str, ...]] = Counter()
    for each in counts:
        if each.figure in BY_MONTH:
            more[each.figure.value, each.thing, each.channel, each.region] += each.count
    of_day = _day.day == day, _day.figure.in_(sorted(each.value for each in BY_MONTH))
    for *key, count in transaction.execute(sa.select(*(_day[name] for name in _KEY), _day.count).where(*of_day)):
        more[tuple(key)] -= count
    changed: list[dict[str, Any]] = [
        {**dict(zip(_KEY, key, strict=True)), "month": day.replace(day=1), "count": count}
        for key, count in more.items()
        if count
    ]
    if changed:
        insert = insert_for(transaction)(monthly_counts)
        added = {"count": _month.count + insert.excluded.count}
        keys = [*monthly_counts.primary_key]
        transaction.execute(insert.on_conflict_do_update(index_elements=keys, set_=added), changed)


def counts_of_days(asked: Asked, figure: Figure) -> sa.Subquery:
    """Thing, count and amount, in rows to be added up."""
    return _days(asked, figure, asked.first, asked.last).subquery()


def counts_of_months(asked: Asked, figure: Figure, counted_to: date) -> sa.Subquery:
    """The same, with whole months from their sums and the days beside them by themselves. `counted_to`: the last day
    that was counted."""
    whole = _whole_months(asked.first, asked.last, counted_to)
    if whole is None:
        return counts_of_days(asked, figure)
    first, end = whole
    months = (
        sa.select(_month.thing, sa.func.sum(_month.count).label("count"), sa.literal(0).label("amount"))
        .where(_month.figure == figure.value, _month.month >= first, _month.month < end, *where_asked(_month, asked))
        .group_by(_month.thing)
    )
    before = _days(asked, figure, asked.first, first - timedelta(days=1))
    after = _days(asked, figure, end, asked.last)
    return sa.union_all(months, before, after).subquery()


def where_asked(of: Any, asked: Asked) -> Iterator[sa.ColumnElement[bool]]:
    """Beside the days. `of`: the columns of either table."""
    if asked.channel:
        # What has no channel, a visit to an office, is asked for without one.
        yield of.channel.in_([asked.channel, ""])
    if asked.regions:
        yield of.region.in_(list(asked.regions))


def _whole_months(first: date, last: date, counted_to: date) -> tuple[date, date] | None:
    """The first day of the first, and the day after the last; None: there is none. Of a month that is not over all
    there is was asked for."""
    begin = first if first.day == 1 else _next_month(first)
    end = _next_month(last) if last >= counted_to else (last + timedelta(days=1)).replace(day=1)
    return (begin, end) if begin < end else None


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _days(asked: Asked, figure: Figure, first: date, last: date) -> sa.Select[tuple[str, int, int]]:
    there = _day.figure == figure.value, _day.day.between(first, last), *where_asked(_day, asked)
    return sa.select(_day.thing, _day.count, _day.amount).where(*there)

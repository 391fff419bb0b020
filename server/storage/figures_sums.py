"""What a day comes to: everything that is counted of it, from the tables where it happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime

import sqlalchemy as sa

from server.storage.archive_store import testers
from server.storage.schema import answers, turns
from server.storage.visit_schema import notices, ratings, visit_events, visits
from server.storage.visit_sheet import spelled
from service_hall.figures.counts import Count
from service_hall.figures.kinds import Figure
from service_hall.visits.states import Move, Status

_WHERE = (turns.c.door, turns.c.region)
_MOVES = {Move.BOOK: Figure.BOOKED, Move.CANCEL: Figure.CANCELLED, Move.TAKE_TICKET: Figure.WALK_IN}
_GONE = (Status.HELD, Status.CANCELLED)


def counts_of_day(
    transaction: sa.Connection, day: date, start: datetime, end: datetime, region_of: Mapping[str, str]
) -> list[Count]:
    """`start` ≤ what is counted < `end`. `region_of`: of each office; of one that there is no more, empty."""
    counts: Counter[tuple[Figure, str]] = Counter()
    amounts: Counter[tuple[Figure, str]] = Counter()
    for figure, office_id, count, amount in (
        *_of_moves(transaction, start, end),
        *_of_appointments(transaction, day),
        *_of_ratings(transaction, start, end),
        *_of_notices(transaction, start, end),
    ):
        counts[figure, office_id] += count
        amounts[figure, office_id] += amount
    of_offices = (
        Count(day, figure, "", region_of.get(office_id, ""), office_id, count, amounts[figure, office_id])
        for (figure, office_id), count in counts.items()
    )
    return [*(Count(day, *each) for each in _of_turns(transaction, start, end)), *of_offices]


_Turns = Iterator[tuple[Figure, str, str, str, int]]
_Visits = Iterator[tuple[Figure, str, int, int]]


def _of_turns(transaction: sa.Connection, start: datetime, end: datetime) -> _Turns:
    # What is said in a test chat is nobody's.
    lately = turns.c.received_at >= start, turns.c.received_at < end, turns.c.visitor_id.not_in(testers())
    people = sa.select(*_WHERE, sa.func.count(turns.c.visitor_id.distinct())).where(*lately).group_by(*_WHERE)
    for door, region, count in transaction.execute(people):
        yield Figure.CONVERSATIONS, door, region, "", count
    ways = *_WHERE, turns.c.outcome, turns.c.reason
    outcomes: Counter[tuple[str, str, str]] = Counter()
    for door, region, outcome, reason, count in transaction.execute(
        sa.select(*ways, sa.func.count()).where(*lately).group_by(*ways)
    ):
        outcomes[door, region, outcome] += count
        yield Figure.REASON, door, region, f"{outcome}/{reason}", count
    for (door, region, outcome), count in outcomes.items():
        yield Figure.OUTCOME, door, region, outcome, count
    items = *_WHERE, answers.c.guide_id, answers.c.useful
    judged: dict[tuple[str, str, str], Counter[bool | None]] = {}
    joined = sa.join(turns, answers, answers.c.message_id == turns.c.message_id)
    told = sa.select(*items, sa.func.count()).select_from(joined).where(*lately).group_by(*items)
    for door, region, item, useful, count in transaction.execute(told):
        judged.setdefault((door, region, item), Counter())[useful] += count
    for (door, region, item), times in judged.items():
        yield Figure.ITEM, door, region, item, sum(times.values())
        for figure, useful in ((Figure.USEFUL, True), (Figure.NOT_USEFUL, False)):
            if times[useful]:
                yield figure, door, region, item, times[useful]


def _of_moves(transaction: sa.Connection, start: datetime, end: datetime) -> _Visits:
    wanted = [each.value for each in (*_MOVES, Move.CALL, Move.FINISH)]
    moved = (
        sa.select(visit_events.c.move, visit_events.c.at, visits.c.office_id, visits.c.waits_since, visits.c.serving_at)
        .join(visits, visits.c.visit_id == visit_events.c.visit_id)
        .where(visit_events.c.at >= start, visit_events.c.at < end, visit_events.c.move.in_(wanted))
    )
    counts: Counter[tuple[Figure, str]] = Counter()
    seconds: Counter[tuple[Figure, str]] = Counter()
    for move, at, office_id, waits_since, serving_at in transaction.execute(moved):
        if figure := _MOVES.get(Move(move)):
            counts[figure, office_id] += 1
            continue
        is_call = move == Move.CALL.value
        since = waits_since if is_call else serving_at
        key = (Figure.CALLED if is_call else Figure.SERVED), office_id
        # Who was sent on after the call waits since later than that.
        if since and since <= at:
            counts[key] += 1
            seconds[key] += round((at - since).total_seconds())
    for (figure, office_id), count in counts.items():
        yield figure, office_id, count, seconds[figure, office_id]


def _of_appointments(transaction: sa.Connection, day: date) -> _Visits:
    """Who was to come that day, and who did not."""
    there = [each for each in Status if each not in _GONE]
    own = visits.c.office_id, visits.c.no_show
    expected = (
        sa.select(*own, sa.func.count())
        .where(visits.c.day == day, visits.c.status.in_(spelled(there)), visits.c.starts_at.is_not(None))
        .group_by(*own)
    )
    for office_id, no_show, count in transaction.execute(expected):
        yield Figure.EXPECTED, office_id, count, 0
        if no_show:
            yield Figure.NO_SHOW, office_id, count, 0


def _of_ratings(transaction: sa.Connection, start: datetime, end: datetime) -> _Visits:
    rated = (
        sa.select(visits.c.office_id, sa.func.count(), sa.func.sum(ratings.c.score))
        .join(visits, visits.c.visit_id == ratings.c.visit_id)
        .where(ratings.c.at >= start, ratings.c.at < end)
        .group_by(visits.c.office_id)
    )
    for office_id, count, scores in transaction.execute(rated):
        yield Figure.RATED, office_id, count, int(scores)


def _of_notices(transaction: sa.Connection, start: datetime, end: datetime) -> _Visits:
    is_out = notices.c.delivered_at.is_(None)
    due = (
        sa.select(visits.c.office_id, is_out, sa.func.count())
        .join(visits, visits.c.visit_id == notices.c.visit_id)
        .where(notices.c.due_at >= start, notices.c.due_at < end, ~notices.c.withdrawn)
        .group_by(visits.c.office_id, is_out)
    )
    for office_id, out, count in transaction.execute(due):
        yield Figure.NOTICE_DUE, office_id, count, 0
        if out:
            yield Figure.NOTICE_UNDELIVERED, office_id, count, 0

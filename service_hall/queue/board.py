"""What everybody in the hall may see: numbers and counters, no names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge_base.offices import CounterLine
from service_hall.queue.order import comes_first_from
from service_hall.queue.state import position_of_newcomer, read_queue
from service_hall.visits.hours import hours_on, is_open_at, opens_next
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means, exceptions_on
from service_hall.visits.states import Status

MOST_CALLS = 8
LOOKING_AHEAD_DAYS = 14
"""The longest holidays and a weekend on either side."""


@dataclass(frozen=True)
class CounterState:
    counter: str
    line: str
    serving: str
    """The ticket that is called to or served at it; empty: nobody."""
    status: Status | None
    is_open: bool
    """Whether its line is open now."""


@dataclass(frozen=True)
class LineState:
    line_id: str
    name: str
    letter: str
    waiting: int
    """All of the line, early birds included."""
    early: int
    """Those of them whose booked time has not come yet: whoever takes a ticket now comes before them."""
    ahead: int
    """How many would be called before somebody who takes a ticket now."""
    estimated_wait_minutes: int
    """For somebody who takes a ticket now."""
    is_open: bool
    opens_at: datetime | None
    """When it opens next, if it is closed now; None: not within `LOOKING_AHEAD_DAYS`."""
    counters: Sequence[str]
    items: Sequence[tuple[str, str]]
    """Guide id and name."""


@dataclass(frozen=True)
class Call:
    number: str
    counter: str
    at: datetime
    times: int
    """How often it has been called for this turn."""


@dataclass(frozen=True)
class Board:
    office_id: str
    office_name: str
    counters: Sequence[CounterState]
    lines: Sequence[LineState]
    waiting: int
    called: Sequence[Call]
    """The calls that nobody has answered yet and the latest ones, newest first."""
    as_of: datetime
    hours_today: Sequence[tuple[datetime, datetime]]
    """When any of the lines is open today; none: nobody works today."""
    opens_at: datetime | None
    """When the office opens next, if no line is open now."""


def board(means: Means, office_id: str) -> Board | None:
    """None: there is no such office."""
    office = means.office(office_id)
    if office is None:
        return None

    def work(page: Page) -> Board:
        queue = read_queue(page, means, office)
        today = queue.now.date()
        exceptions = exceptions_on(page, office_id, today, today + timedelta(days=LOOKING_AHEAD_DAYS))

        def opening(*lines: CounterLine) -> datetime | None:
            return opens_next(office, lines, queue.now, LOOKING_AHEAD_DAYS, means.calendar, exceptions)

        called = sorted(
            (
                Call(visit.ticket, visit.counter, visit.called_at, visit.calls)
                for visit in queue.at_counters
                if visit.called_at is not None
            ),
            key=lambda call: call.at,
            reverse=True,
        )
        counters, lines = [], []
        for line in office.lines:
            is_open = is_open_at(office, line, queue.now, means.calendar, exceptions)
            for counter in line.counters:
                current = queue.current(counter)
                serving, status = (current.ticket, current.status) if current else ("", None)
                counters.append(CounterState(counter, line.name, serving, status, is_open))
            waiting, newcomer = queue.of_line(line.id), position_of_newcomer(page, queue, line)
            lines.append(
                LineState(
                    line.id,
                    line.name,
                    line.letter,
                    len(waiting),
                    sum(comes_first_from(visit, queue.now) is not None for visit in waiting),
                    newcomer.ahead,
                    newcomer.estimated_wait_minutes,
                    is_open,
                    None if is_open else opening(line),
                    line.counters,
                    tuple((guide_id, means.guide_name(guide_id)) for guide_id in line.guides),
                )
            )
        return Board(
            office.id,
            office.name,
            tuple(counters),
            tuple(lines),
            len(queue.waiting),
            called[:MOST_CALLS],
            queue.now,
            hours_on(office, today, means.calendar, exceptions),
            None if any(line.is_open for line in lines) else opening(*office.lines),
        )

    return means.ledger.read(work)

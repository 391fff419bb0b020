"""What everybody in the hall may see: numbers and counters, no names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service_hall.queue.state import line_wait, read_queue
from service_hall.visits.hours import is_open_at
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means, exceptions_on
from service_hall.visits.states import Status

MOST_CALLS = 8


@dataclass(frozen=True)
class CounterState:
    counter: str
    line: str
    serving: str
    """The ticket that is called to or served at it; empty: nobody."""
    status: Status | None


@dataclass(frozen=True)
class LineState:
    line_id: str
    name: str
    letter: str
    waiting: int
    estimated_wait_minutes: int
    """For somebody who takes a ticket now."""
    is_open: bool
    counters: Sequence[str]
    items: Sequence[tuple[str, str]]
    """Guide id and name."""


@dataclass(frozen=True)
class Call:
    number: str
    counter: str
    at: datetime


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


def board(means: Means, office_id: str) -> Board | None:
    """None: there is no such office."""
    office = means.office(office_id)
    if office is None:
        return None

    def work(page: Page) -> Board:
        queue = read_queue(page, means, office)
        today = queue.now.date()
        exceptions = exceptions_on(page, office_id, today, today)
        called = sorted(
            (
                Call(visit.ticket, visit.counter, visit.called_at)
                for visit in queue.at_counters
                if visit.called_at is not None
            ),
            key=lambda call: call.at,
            reverse=True,
        )
        counters = []
        for line in office.lines:
            for counter in line.counters:
                current = queue.current(counter)
                counters.append(
                    CounterState(
                        counter, line.name, current.ticket if current else "", current.status if current else None
                    )
                )
        lines = []
        for line in office.lines:
            waiting = len(queue.of_line(line.id))
            lines.append(
                LineState(
                    line.id,
                    line.name,
                    line.letter,
                    waiting,
                    line_wait(page, queue, line, waiting),
                    is_open_at(office, line, queue.now, means.calendar, exceptions),
                    line.counters,
                    tuple((guide_id, means.guide_name(guide_id)) for guide_id in line.guides),
                )
            )
        return Board(
            office.id, office.name, tuple(counters), tuple(lines), len(queue.waiting), called[:MOST_CALLS], queue.now
        )

    return means.ledger.read(work)

"""The queue of one office as it stands: read from the ledger inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from knowledge_base.booking_rules import BookingRules
from knowledge_base.offices import CounterLine, Office
from service_hall.queue.estimate import counters_at_work, minutes_each, wait_minutes
from service_hall.queue.order import comes_first_from, in_order, may_call, rank, rank_of_newcomer
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means
from service_hall.visits.states import AT_COUNTER, Status
from service_hall.visits.visit import Visit


class Pace(Protocol):
    """How an office works today: a page of the ledger says so, and a glance at it."""

    def service_minutes(self, office_id: str, line_id: str, day: date) -> Sequence[float]: ...
    def counter_acts(self, office_id: str, day: date) -> Mapping[str, Sequence[datetime]]: ...


@dataclass(frozen=True)
class Position:
    ahead: int
    estimated_wait_minutes: int
    first_from: datetime | None = None
    """Of an early bird: its booked time, from which it comes first. Until then others may still pass it."""


@dataclass(frozen=True)
class Queue:
    office: Office
    now: datetime
    rules: BookingRules
    waiting: list[Visit]
    """Best first, all lines."""
    at_counters: list[Visit]

    def of_line(self, line_id: str) -> list[Visit]:
        return [visit for visit in self.waiting if visit.line_id == line_id and not visit.counter]

    def for_counter(self, line_id: str, counter: str) -> list[Visit]:
        """Whom the counter may call, the next one in front."""
        return [visit for visit in self.waiting if may_call(visit, line_id, counter)]

    def current(self, counter: str) -> Visit | None:
        return next((visit for visit in self.at_counters if visit.counter == counter), None)


@dataclass(frozen=True)
class Glance:
    """All that positions in the queue of one office are counted from, read once for everybody who waits there."""

    queue: Queue
    minutes: Mapping[str, Sequence[float]]
    acts: Mapping[str, Sequence[datetime]]

    def service_minutes(self, office_id: str, line_id: str, day: date) -> Sequence[float]:
        return self.minutes[line_id]

    def counter_acts(self, office_id: str, day: date) -> Mapping[str, Sequence[datetime]]:
        return self.acts


def glance_at(means: Means, office_id: str) -> Glance | None:
    """None: there is no such office."""
    office = means.office(office_id)
    if office is None:
        return None

    def work(page: Page) -> Glance:
        queue = read_queue(page, means, office)
        minutes = {line.id: page.service_minutes(office.id, line.id, queue.now.date()) for line in office.lines}
        return Glance(queue, minutes, page.counter_acts(office.id, queue.now.date()))

    return means.ledger.read(work)


def read_queue(page: Page, means: Means, office: Office) -> Queue:
    now, rules = means.now(), means.rules_now()
    today = now.date()
    there = page.of_office(office.id, today, today, [Status.CHECKED_IN, *AT_COUNTER])
    return Queue(
        office=office,
        now=now,
        rules=rules,
        waiting=in_order((visit for visit in there if visit.status is Status.CHECKED_IN), now, rules),
        at_counters=[visit for visit in there if visit.status in AT_COUNTER],
    )


def position_of(pace: Pace, queue: Queue, visit: Visit) -> Position:
    """0 ahead for whoever is not waiting."""
    line = queue.office.line(visit.line_id)
    if line is None or visit.status is not Status.CHECKED_IN:
        return Position(0, 0)
    before = _for_line(queue.waiting[: _place(queue, visit)], line)
    return Position(len(before), line_wait(pace, queue, line, len(before)), comes_first_from(visit, queue.now))


def position_of_newcomer(pace: Pace, queue: Queue, line: CounterLine) -> Position:
    """Of whoever takes a ticket of the line now: what the ticket will say."""
    newcomer = rank_of_newcomer(queue.now)
    before = _for_line((other for other in queue.waiting if rank(other, queue.now, queue.rules) < newcomer), line)
    return Position(len(before), line_wait(pace, queue, line, len(before)))


def _for_line(waiting: Iterable[Visit], line: CounterLine) -> list[Visit]:
    """Whom the counters of the line would call, those sent on to one of them included."""
    return [each for each in waiting if (each.counter in line.counters if each.counter else each.line_id == line.id)]


def line_wait(pace: Pace, queue: Queue, line: CounterLine, ahead: int) -> int:
    """Estimated minutes for somebody with so many ahead in the line."""
    day = queue.now.date()
    busy = [counter for counter in line.counters if queue.current(counter)]
    counters = counters_at_work(line.counters, busy, pace.counter_acts(queue.office.id, day), queue.now)
    each = minutes_each(line.minutes, pace.service_minutes(queue.office.id, line.id, day))
    return wait_minutes(ahead, each, counters, len(busy))


def _place(queue: Queue, visit: Visit) -> int:
    return next((at for at, other in enumerate(queue.waiting) if other.visit_id == visit.visit_id), len(queue.waiting))

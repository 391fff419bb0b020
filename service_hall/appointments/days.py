"""The days ahead of an office, for those who plan them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from service_hall.shared.clock import SHANGHAI
from service_hall.visits.closures import Closure
from service_hall.visits.hours import starts
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means, exceptions_on
from service_hall.visits.states import AHEAD
from service_hall.visits.visit import Visit


@dataclass(frozen=True)
class DayAhead:
    day: date
    booked: int
    """Visits that are still to come."""
    capacity: int
    """Places that citizens can book that day, all lines, by each line's usual item."""
    is_closed: bool
    why: str
    """The holiday's name, or the reason of a closure that takes the whole day; may be empty."""


def days_ahead(means: Means, office_id: str, first: date, last: date) -> list[DayAhead]:
    """Both days included; empty for an unknown office."""
    office = means.office(office_id)
    if office is None:
        return []

    def work(page: Page) -> list[DayAhead]:
        exceptions = exceptions_on(page, office_id, first, last)
        booked = _by_day(page.of_office(office_id, first, last, AHEAD))
        days = []
        day = first
        while day <= last:
            capacity = sum(
                (line.public_minutes // line.minutes)
                * sum(1 for _ in starts(office, line, day, means.calendar, exceptions))
                for line in office.lines
            )
            is_closed = capacity == 0
            reasons = [closure.reason for closure in exceptions.closures if is_closed and _touches(closure, day)]
            why = means.calendar.holiday_name(day) or "；".join(dict.fromkeys(reasons))
            days.append(DayAhead(day, booked.get(day, 0), capacity, is_closed, why))
            day += timedelta(days=1)
        return days

    return means.ledger.read(work)


def _by_day(visits: Sequence[Visit]) -> dict[date, int]:
    counted: dict[date, int] = {}
    for visit in visits:
        counted[visit.day] = counted.get(visit.day, 0) + 1
    return counted


def _touches(closure: Closure, day: date) -> bool:
    begins = datetime.combine(day, time(), SHANGHAI)
    return closure.from_ < begins + timedelta(days=1) and begins < closure.until

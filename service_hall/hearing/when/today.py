"""Against what a spoken day is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from re import Match
from typing import Literal

from service_hall.shared.working_calendar import WorkingCalendar

MOST_DAYS = 31

Days = tuple[date, ...]


@dataclass(frozen=True)
class NotADay:
    reason: Literal["past", "no_such_day"]
    said: str


@dataclass(frozen=True)
class Today:
    day: date
    calendar: WorkingCalendar
    over: bool = False
    """The hour that was said is over today: 周三, said on a Wednesday, is the next one."""

    def ahead(self, days: Days, said: str) -> Days | NotADay:
        """What is not yet past of them."""
        return tuple(day for day in days if day >= self.day)[:MOST_DAYS] or NotADay("past", said)

    def working_days(self, after: date, many: int) -> Days:
        days: list[date] = []
        while len(days) < many:
            days.append(self.calendar.next_working_day(days[-1] if days else after))
        return tuple(days)


Reading = tuple[str, Callable[[Match[str], Today], Days | NotADay | None]]
"""A pattern, and what it means; None where it turns out to say nothing of a day."""


def days_from(first: date, many: int) -> Days:
    return tuple(first + timedelta(days=number) for number in range(min(many, MOST_DAYS)))


def days_between(first: date, last: date) -> Days:
    return days_from(first, (last - first).days + 1)

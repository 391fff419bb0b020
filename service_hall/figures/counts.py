"""What is kept of the figures, day by day, and when a day is counted again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from service_hall.figures.kinds import Figure
from service_hall.shared.clock import SHANGHAI

_TODAY_AGAIN, _LATELY_AGAIN = timedelta(seconds=50), timedelta(hours=1)
SETTLED_AFTER = timedelta(days=7)
"""By then answers are judged and visits ended: the day is counted once more, and that stays, though the conversations
themselves are deleted."""


@dataclass(frozen=True)
class Count:
    """`channel`, `region`: empty where the figure has none. `amount`: seconds or scores, where the figure has them."""

    day: date
    figure: Figure
    channel: str
    region: str
    thing: str
    count: int
    amount: int = 0


@dataclass(frozen=True)
class Asked:
    """Both days included. Empty: all. `regions`: a region and those below it."""

    first: date
    last: date
    channel: str = ""
    regions: Sequence[str] = ()


class DailyCounts(Protocol):
    def count_due(self, now: datetime, region_of: Mapping[str, str], most_days: int = 40) -> int:
        """Counts the days whose turn it is; how many. `region_of`: of each office. On one node at a time."""
        ...

    def by_day(self, asked: Asked, figures: Sequence[Figure]) -> list[Count]:
        """Of each day and figure, and of each outcome; channels, regions and other things together."""
        ...

    def in_all(self, asked: Asked, figure: Figure, most: int = 10_000) -> list[Count]:
        """Of each thing, the most frequent first; all days together, under the first one."""
        ...

    def counted_at(self) -> datetime | None:
        """When today was counted last; None: nothing was yet."""
        ...


def is_due(day: date, counted_at: datetime | None, now: datetime) -> bool:
    if counted_at is None:
        return True
    today = now.astimezone(SHANGHAI).date()
    if day >= today:
        return now - counted_at >= _TODAY_AGAIN
    if today - day <= SETTLED_AFTER:
        return now - counted_at >= _LATELY_AGAIN
    return counted_at < start_of(day + timedelta(days=1)) + SETTLED_AFTER


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)

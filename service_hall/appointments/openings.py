"""When a line is open, and how many places are free: office hours × counters × duration × capacity. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge_base.booking_rules import BookingRules
from knowledge_base.offices import CounterLine, Office
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.working_calendar import WorkingCalendar
from service_hall.visits.hours import Exceptions, starts
from service_hall.visits.ledger import Load
from service_hall.visits.visit import Share


@dataclass(frozen=True)
class Opening:
    starts_at: datetime
    left: int
    """Places still free for the item that was asked for."""
    office_id: str = ""


def days_bookable(now: datetime, rules: BookingRules) -> tuple[date, date]:
    today = now.astimezone(SHANGHAI).date()
    return today, today + timedelta(days=rules.horizon_days)


def openings(
    office: Office,
    guide_id: str,
    first: date,
    last: date,
    *,
    now: datetime,
    rules: BookingRules,
    calendar: WorkingCalendar,
    exceptions: Exceptions,
    loads: Sequence[Load],
    share: Share = Share.PUBLIC,
) -> list[Opening]:
    """Of the days `first` … `last`, both included, within lead and horizon; full ones too, with 0 left."""
    line = office.line_of(guide_id)
    if line is None:
        return []
    earliest, furthest = days_bookable(now, rules)
    soonest = now + (timedelta(minutes=rules.lead_minutes) if share is Share.PUBLIC else timedelta())
    taken = Taken(loads, share)
    found = []
    day, end = max(first, earliest), min(last, furthest)
    while day <= end:
        for start in starts(office, line, day, calendar, exceptions):
            if start >= soonest:
                left = places_left(line, guide_id, taken.at(start, line.slot_minutes), share)
                found.append(Opening(start, left, office.id))
        day += timedelta(days=1)
    return found


def places_left(line: CounterLine, guide_id: str, taken_minutes: int, share: Share) -> int:
    capacity = line.public_minutes if share is Share.PUBLIC else line.internal_minutes
    return max(0, (capacity - taken_minutes) // line.minutes_for(guide_id))


class Taken:
    """Minutes booked, by slot. A booking of an older grid counts in the slot in which it begins."""

    def __init__(self, loads: Sequence[Load], share: Share) -> None:
        inside = sorted((load.starts_at, _minutes(load, share)) for load in loads)
        self._starts = [start for start, _ in inside]
        self._minutes = [minutes for _, minutes in inside]

    def at(self, start: datetime, slot_minutes: int) -> int:
        end = start + timedelta(minutes=slot_minutes)
        place, taken = bisect_left(self._starts, start), 0
        while place < len(self._starts) and self._starts[place] < end:
            taken += self._minutes[place]
            place += 1
        return taken


def _minutes(load: Load, share: Share) -> int:
    return load.public if share is Share.PUBLIC else load.internal

"""When a line is open: the office's hours, the calendar of working days, closures and extra hours. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from knowledge_base.offices import CounterLine, Office
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.working_calendar import WorkingCalendar
from service_hall.visits.closures import Closure, ExtraHours


@dataclass(frozen=True)
class Exceptions:
    """What differs from the office's hours."""

    closures: Sequence[Closure] = ()
    extra_hours: Sequence[ExtraHours] = ()


def periods(
    office: Office, line: CounterLine, day: date, calendar: WorkingCalendar, exceptions: Exceptions
) -> list[tuple[datetime, datetime]]:
    """When the line is open that day, closures not yet taken out; in order."""
    weekday = calendar.weekday_of_hours(day)
    hours = [
        (each.opens, each.closes) for each in office.opening_hours if weekday in each.days and each.serves(line.id)
    ]
    hours += [
        (extra.opens, extra.closes)
        for extra in exceptions.extra_hours
        if extra.day == day and extra.line_id in ("", line.id)
    ]
    return [(_at(day, opens), _at(day, closes)) for opens, closes in sorted(set(hours))]


def starts(
    office: Office, line: CounterLine, day: date, calendar: WorkingCalendar, exceptions: Exceptions
) -> Iterator[datetime]:
    """The starts of that day that are open, in order, each once."""
    slot, closures = timedelta(minutes=line.slot_minutes), exceptions.closures
    busy_until = datetime.min.replace(tzinfo=SHANGHAI)
    for opens, closes in periods(office, line, day, calendar, exceptions):
        start = max(opens, busy_until)  # extra hours may overlap the usual ones
        while start + slot <= closes:
            if not closures or not any(closure.covers(line.id, start, start + slot) for closure in closures):
                yield start
            start += slot
        busy_until = max(busy_until, start)


def is_open_at(
    office: Office, line: CounterLine, moment: datetime, calendar: WorkingCalendar, exceptions: Exceptions
) -> bool:
    here = moment.astimezone(SHANGHAI)
    return any(
        opens <= here < closes for opens, closes in periods(office, line, here.date(), calendar, exceptions)
    ) and not any(closure.covers(line.id, here, here + timedelta(minutes=1)) for closure in exceptions.closures)


def hours_on(
    office: Office, day: date, calendar: WorkingCalendar, exceptions: Exceptions
) -> list[tuple[datetime, datetime]]:
    """When any line of the office is open that day, closures taken out; in order, nothing twice."""
    spans = [span for line in office.lines for span in open_spans(office, line, day, calendar, exceptions)]
    merged: list[tuple[datetime, datetime]] = []
    for opens, closes in sorted(spans):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
        else:
            merged.append((opens, closes))
    return merged


def opens_next(
    office: Office,
    lines: Sequence[CounterLine],
    after: datetime,
    days: int,
    calendar: WorkingCalendar,
    exceptions: Exceptions,
) -> datetime | None:
    """When the first of the lines opens after that moment, on that day or one of the next `days`; None: not soon."""
    first = after.astimezone(SHANGHAI).date()
    for ahead in range(days + 1):
        day = first + timedelta(days=ahead)
        spans = [span for line in lines for span in open_spans(office, line, day, calendar, exceptions)]
        if opening := min((opens for opens, _ in spans if opens > after), default=None):
            return opening
    return None


def open_spans(
    office: Office, line: CounterLine, day: date, calendar: WorkingCalendar, exceptions: Exceptions
) -> Iterator[tuple[datetime, datetime]]:
    """When the line is open that day, closures taken out."""
    closures = sorted(
        (each for each in exceptions.closures if each.line_id in ("", line.id)), key=lambda each: each.from_
    )
    for opens, closes in periods(office, line, day, calendar, exceptions):
        start = opens
        for closure in closures:
            if start < closure.from_ < closes:
                yield start, closure.from_
            if closure.from_ < closes:
                start = max(start, closure.until)
        if start < closes:
            yield start, closes


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), SHANGHAI)

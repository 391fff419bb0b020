"""Days reckoned as the Civil Code does: the day of the event is not counted, and where a month lacks the day, its last
day stands for it (articles 201 and 202): who was born on 29 February has a birthday on 28 February."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from service_hall.shared.working_calendar import WorkingCalendar

COUNTED_AS = "civil-code#202"
POSTPONED_AS = "civil-code#203"
_CALENDAR = WorkingCalendar()


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    return months_after(day, years * 12)


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def months_between(first: date, last: date) -> int:
    """Whole months: 31 January to 28 February is one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if months_after(first, months) <= last else months - 1


def age_on(born: date, day: date) -> int:
    """In whole years; a birthday makes one older from its first minute."""
    return months_between(born, day) // 12


def postponed(day: date) -> date:
    """The last day of a period; a day off moves it behind the days off, as far as these are arranged already."""
    return day if _CALENDAR.is_working_day(day) else _CALENDAR.next_working_day(day)

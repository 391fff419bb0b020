"""Why an office is not open on a day, in words."""

from __future__ import annotations

from datetime import date

from service_hall.booking_talk.talk import wording
from service_hall.visits.hours import Exceptions, periods
from service_hall.visits.means import Means, exceptions_on


def why_closed(means: Means, guide_id: str, office_id: str, day: date) -> str:
    """'' where the line is open that day."""
    office = means.office(office_id)
    line = office.line_of(guide_id) if office else None
    if office is None or line is None:
        return ""
    exceptions = means.ledger.read(lambda page: exceptions_on(page, office_id, day, day))
    if not periods(office, line, day, means.calendar, Exceptions(extra_hours=exceptions.extra_hours)):
        if holiday := means.calendar.holiday_name(day):
            return wording.say("why_holiday", holiday=holiday)
        weekday = means.calendar.weekday_of_hours(day)
        is_open = any(weekday in each.days for each in office.opening_hours)
        return wording.say("why_not_served" if is_open else "why_weekday", item=means.guide_name(guide_id))
    reasons = [closure.reason for closure in exceptions.closures if closure.line_id in ("", line.id)]
    return wording.say("why_closure", reason="、".join(dict.fromkeys(reasons))) if reasons else ""


def open_that_day(means: Means, guide_id: str, day: date) -> list[str]:
    """The names of the offices whose line for the item is open that day."""
    return [
        office.name
        for office in means.library().published.offices
        if office.line_of(guide_id) and not why_closed(means, guide_id, office.id, day)
    ]

"""What a citizen carries away: an entry for the calendar."""

from __future__ import annotations

from datetime import UTC, timedelta

from icalendar import Alarm, Calendar, Event

from service_hall.appointments.replies import spaced
from service_hall.hall import Hall
from service_hall.visits.visit import Visit

_REMIND_BEFORE = timedelta(hours=2)


def calendar_file(hall: Hall, visit: Visit) -> bytes:
    """RFC 5545. Names nobody: calendars are shared. Raises ValueError for a visit without a booking."""
    if visit.starts_at is None:
        raise ValueError("no booking")
    office = hall.office(visit.office_id)
    place = f"{office.name}，{office.address}" if office else visit.office_id
    event = Event()
    event.add("uid", f"{visit.visit_id}@wenban")
    event.add("summary", f"办事：{hall.guide_name(visit.guide_id)}")
    event.add("dtstamp", visit.created_at)
    # In UTC: a time zone by name would have to be defined in the file, and the calendar shows its own anyway.
    event.add("dtstart", visit.starts_at.astimezone(UTC))
    event.add("dtend", hall.appointments.ends_at(visit).astimezone(UTC))
    event.add("location", place)
    event.add("sequence", visit.reschedules)
    event.add("description", f"{hall.appointments.counter_of(visit)}。预约码：{spaced(visit.code)}")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"办事：{hall.guide_name(visit.guide_id)}")
    alarm.add("trigger", -_REMIND_BEFORE)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Wenban//Appointments//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())

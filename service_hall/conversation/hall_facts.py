"""What fills the blanks of what the hall says of itself: its offices, whether they are open, the rules of booking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge_base.booking_rules import BookingRules
from knowledge_base.library import Library
from knowledge_base.offices import Office, OpeningHours
from service_hall.conversation.wording import hall_part, hours_in_words, weekday_in_words
from service_hall.shared.clock import SHANGHAI, Clock
from service_hall.shared.working_calendar import WorkingCalendar

SATURDAY, SUNDAY = 6, 7
_MOST_DAYS = 3
_DAYS_AHEAD = 16
"""Longer than any row of days off."""


@dataclass(frozen=True)
class HallFacts:
    """Closures that staff set at short notice are not among them: only the booking's own pages know those."""

    clock: Clock
    rules: Callable[[date], BookingRules]
    """The policy figures of that day."""
    calendar: WorkingCalendar

    def of(self, library: Library, region: str, named: Office | None = None) -> Mapping[str, str]:
        """`named`: the office that is meant, if not the region's main hall. Every blank of
        `knowledge_base.hall_topics.BLANKS`."""
        now = self.clock().astimezone(SHANGHAI)
        rules = self.rules(now.date())
        hall = named or library.main_hall(region)
        near = _offices_around(library, region)
        return {
            **{name: str(getattr(rules, name)) for name in _FIGURES},
            "reschedules": str(rules.reschedules_per_visit),
            "hotline": library.regions[region].hotline or "12345",
            "offices": "；".join(hall_part("office_line", **_address(each)) for each in near) or hall_part("no_office"),
            "open_on_saturday": "；".join(_on_saturday(near)) or hall_part("no_office_on_saturday"),
            **(self._of_office(hall, now) if hall else _NO_OFFICE),
        }

    def now(self, office: Office, guide_id: str = "") -> str:
        """As `now_at`, at this moment."""
        return self.now_at(office, self.clock().astimezone(SHANGHAI), guide_id)

    def then(self, office: Office, days: Sequence[date], guide_id: str = "") -> str:
        """Whether it is open on those days, in order: a part of a sentence. '' where none but today is meant."""
        today = self.clock().astimezone(SHANGHAI).date()
        if not days or tuple(days) == (today,):
            return ""
        open_on = [day for day in days if self._hours_on(office, day, guide_id)]
        if not open_on:
            return self._shut(office, days, guide_id)
        told = [
            hall_part("open_then", day=_day(day), hours=_times(self._hours_on(office, day, guide_id)))
            for day in open_on[:_MOST_DAYS]
        ]
        shut = [day for day in days if day not in open_on]
        return "；".join([*told, *([hall_part("shut_then", days=_from_to(shut))] if shut else [])])

    def _shut(self, office: Office, days: Sequence[date], guide_id: str) -> str:
        named = (self.calendar.holiday_name(day) for day in (days[len(days) // 2], days[0]))
        holiday = next(filter(None, named), "")  # 除夕 is the first day of 春节
        shut = hall_part("shut_holiday", days=_from_to(days), holiday=holiday) if holiday else ""
        shut = shut or hall_part("shut_then", days=_from_to(days))
        after = (days[-1] + timedelta(days=ahead) for ahead in range(1, _DAYS_AHEAD))
        opens = next(((day, hours[0]) for day in after if (hours := self._hours_on(office, day, guide_id))), None)
        told = shut if opens is None else shut + hall_part("opens_after", day=_day(opens[0]), opens=opens[1].opens)
        arranged = not holiday or self.calendar.is_arranged(days[0].year)
        return told if arranged else told + hall_part("not_arranged_yet")

    def now_at(self, office: Office, now: datetime, guide_id: str = "") -> str:
        """Whether it is open, or its counters for an item are: a part of a sentence."""
        at = now.strftime("%H:%M")
        today = self._hours_on(office, now.date(), guide_id)
        if current := next((each for each in today if each.opens <= at < each.closes), None):
            return hall_part("open_now", closes=current.closes)
        if later := next((each for each in today if at < each.opens), None):
            return hall_part("opens_later" if later is today[0] else "opens_after_break", opens=later.opens)
        for day in (now.date() + timedelta(days=ahead) for ahead in range(1, _DAYS_AHEAD)):
            if hours := self._hours_on(office, day, guide_id):
                when = hall_part("tomorrow") if day == now.date() + timedelta(days=1) else _day(day)
                is_elsewhere = not today and bool(self._hours_on(office, now.date()))
                part = "closed_for_today" if today else "not_served_today" if is_elsewhere else "closed_today"
                return hall_part(part, day=when, opens=hours[0].opens)
        return hall_part("closed_for_long")

    def _of_office(self, office: Office, now: datetime) -> dict[str, str]:
        return {
            **_address(office),
            "route": office.how_to_get_there,
            "hours": hours_in_words(office.opening_hours),
            "now": self.now_at(office, now),
            "saturday": _on(office, SATURDAY),
            "sunday": _on(office, SUNDAY),
        }

    def _hours_on(self, office: Office, day: date, guide_id: str = "") -> list[OpeningHours]:
        weekday, line = self.calendar.weekday_of_hours(day), office.line_of(guide_id) if guide_id else None
        hours = office.hours_of(line.id) if line else office.opening_hours
        return sorted((each for each in hours if weekday in each.days), key=lambda each: each.opens)


_FIGURES = (
    "late_minutes",
    "check_in_minutes",
    "lead_minutes",
    "horizon_days",
    "calls_before_missed",
    "active_per_person",
    "active_per_person_and_item",
    "active_per_visitor",
    "no_show_restriction_at",
    "no_show_restriction_days",
    "retention_days",
)
_NO_OFFICE = {
    "office": "就近的政务服务大厅",
    "phone": "12345",
    "address": "当地",
    "route": "",
    "hours": "以大厅门口公布的为准",
    "now": "时间以大厅门口公布的为准",
    "saturday": "周六开不开以大厅公布的为准",
    "sunday": "周日一般不开",
}


def _address(office: Office) -> dict[str, str]:
    return {"office": office.name, "address": office.address, "phone": office.phone}


def _offices_around(library: Library, region: str) -> Sequence[Office]:
    """Of the region and its parts; where it has none, of those above it."""
    for code in reversed(library.regions.chain(region)):
        within = set(library.regions.within(code))
        if found := [office for office in library.published.offices if office.region in within]:
            return found
    return ()


def _on(office: Office, weekday: int) -> str:
    hours = [each for each in office.opening_hours if weekday in each.days]
    name = weekday_in_words(weekday)
    if not hours:
        return hall_part("not_on_weekday", weekday=name)
    return hall_part("on_weekday", weekday=name, hours=_times(hours))


def _on_saturday(offices: Iterable[Office]) -> Iterable[str]:
    for office in offices:
        if hours := [each for each in office.opening_hours if SATURDAY in each.days]:
            yield f"{office.name} {_times(hours)}"


def _times(hours: Iterable[OpeningHours]) -> str:
    return "、".join(f"{each.opens}—{each.closes}" + (f"（{each.note}）" if each.note else "") for each in hours)


def _from_to(days: Sequence[date]) -> str:
    if len(days) > 2 and days[-1] - days[0] == timedelta(days=len(days) - 1):
        return hall_part("from_to", first=_day(days[0]), last=_day(days[-1]))
    return "、".join(map(_day, days))


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日（{weekday_in_words(day.isoweekday())}）"

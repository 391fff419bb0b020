"""What every room that deals with visits works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from knowledge_base.booking_rules import BookingRules
from knowledge_base.library import Library
from knowledge_base.offices import CounterLine, Office
from service_hall.hearing.heard import Sentence
from service_hall.shared.clock import SHANGHAI, Clock
from service_hall.shared.safe import Safe, SealBroken
from service_hall.shared.sms import SmsSender
from service_hall.shared.working_calendar import WorkingCalendar
from service_hall.visits.hours import Exceptions
from service_hall.visits.ledger import Ledger, Page
from service_hall.visits.person import Person, open_person
from service_hall.visits.undelivered import EveryDoorDelivers, Undelivered
from service_hall.visits.visit import Visit


@dataclass(frozen=True)
class Means:
    ledger: Ledger
    library: Callable[[], Library]
    """The library of this moment."""
    clock: Clock
    rules: Callable[[date], BookingRules]
    """The policy figures of that day."""
    safe: Safe
    calendar: WorkingCalendar
    sms: SmsSender | None = None
    """None: the hall sends no codes by phone."""
    undelivered: Undelivered = field(default_factory=EveryDoorDelivers)

    def now(self) -> datetime:
        return self.clock().astimezone(SHANGHAI)

    def hear(self, text: str) -> Sentence:
        """`text`: masked."""
        return Sentence(text, self.now(), self.library(), self.calendar)

    def rules_now(self) -> BookingRules:
        return self.rules(self.now().date())

    def office(self, office_id: str) -> Office | None:
        return next((office for office in self.library().published.offices if office.id == office_id), None)

    def line(self, office_id: str, line_id: str) -> CounterLine | None:
        office = self.office(office_id)
        return office.line(line_id) if office else None

    def guide_name(self, guide_id: str) -> str:
        return self.library().names.get(guide_id, guide_id)


def exceptions_on(page: Page, office_id: str, first: date, last: date) -> Exceptions:
    """Closures and extra hours of those days, both included."""
    from_ = datetime.combine(first, datetime.min.time(), SHANGHAI)
    until = datetime.combine(last + timedelta(days=1), datetime.min.time(), SHANGHAI)
    return Exceptions(page.closures(office_id, from_, until), page.extra_hours(office_id, first, last))


def ends_at(means: Means, visit: Visit) -> datetime:
    """When the slot of a booked visit ends. Raises ValueError for a visit without a booking."""
    if visit.starts_at is None:
        raise ValueError("no booking")
    line = means.line(visit.office_id, visit.line_id)
    return visit.starts_at + timedelta(minutes=line.slot_minutes if line else visit.minutes)


def person_of(means: Means, visit: Visit) -> Person | None:
    """None: not given yet, or deleted after the retention period, or sealed with a key that is gone."""
    if visit.person is None:
        return None
    try:
        return open_person(visit.person, visit.visit_id, means.safe)
    except SealBroken:
        return None

"""The bundle of use cases that doors and actions receive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from knowledge_base.booking_rules import BookingRules
from knowledge_base.library import Library
from knowledge_base.offices import Office
from service_hall.appointments.leaving import LeavingInTalk
from service_hall.appointments.use_cases import Appointments
from service_hall.booking_talk.flow import BookingFlow
from service_hall.conversation.context import Context
from service_hall.conversation.enquiry import Enquiry
from service_hall.conversation.hall_facts import HallFacts
from service_hall.conversation.open_turns import OpenTurns
from service_hall.explaining import Explained, explain
from service_hall.feedback.errands import RatingErrand
from service_hall.feedback.use_cases import Feedback
from service_hall.orders import OrderBook, OrdersInMemory
from service_hall.queue.errands import QueueErrands
from service_hall.queue.use_cases import Queue
from service_hall.reception import Reception
from service_hall.reminders.awaited import AwaitedInMemory, AwaitedRecords
from service_hall.reminders.awaiting import Awaiting, AwaitingErrand, answer_by
from service_hall.reminders.use_cases import Reminders
from service_hall.scenarios.calculators import calculators_with
from service_hall.scenarios.keeping import Checklists, ChecklistsInMemory
from service_hall.scenarios.leaving import LeavingLists
from service_hall.scenarios.talk.flow import ScenarioFlow
from service_hall.scenarios.talk.lists import ChecklistFlow
from service_hall.scenarios.talk.walk import Desk
from service_hall.scenarios.use_cases import Scenarios
from service_hall.shared.clock import Clock
from service_hall.shared.ids import VisitorId
from service_hall.shared.safe import Safe
from service_hall.staff.member import ANYWHERE, Place
from service_hall.visits.means import Means

_NOBODY = VisitorId("")


def make_hall(
    means: Means,
    checklists: Checklists | None = None,
    orders: OrderBook | None = None,
    awaited: AwaitedRecords | None = None,
) -> Hall:
    """`checklists`, `orders`, `awaited`: where they are kept; None: in memory."""
    enquiry = Enquiry(means.library, HallFacts(means.clock, means.rules, means.calendar))
    desk = Desk(means, calculators_with, checklists or ChecklistsInMemory())
    awaited = awaited or AwaitedInMemory()
    flows = (
        BookingFlow(means),
        QueueErrands(means),
        RatingErrand(means),
        ScenarioFlow(desk),
        ChecklistFlow(desk),
        AwaitingErrand(means, awaited),
    )
    leaving = LeavingLists(LeavingInTalk(means), desk.checklists)
    reception = Reception(means.library, means.hear, enquiry, flows, leaving)
    answer = answer_by(lambda asked, region: reception.respond_alone(_NOBODY, asked, Context(region=region)))
    return Hall(
        clock=means.clock,
        library=means.library,
        enquiry=enquiry,
        reception=reception,
        means=means,
        appointments=Appointments(means),
        queue=Queue(means),
        feedback=Feedback(means),
        reminders=Reminders(means),
        awaiting=Awaiting(means, awaited, answer),
        scenarios=Scenarios(desk),
        orders=orders or OrdersInMemory(),
    )


@dataclass(frozen=True)
class Hall:
    clock: Clock
    library: Callable[[], Library]
    """The library of this moment; ask again for each message."""
    enquiry: Enquiry
    reception: Reception
    means: Means
    """What the rooms around a visit work with: for the jobs of the service, and for no door."""
    appointments: Appointments
    queue: Queue
    feedback: Feedback
    reminders: Reminders
    awaiting: Awaiting
    """Who is told once there is an answer."""
    scenarios: Scenarios
    orders: OrderBook
    """What holds for the whole hall until it is taken back."""
    open_turns: OpenTurns = field(default_factory=OpenTurns)
    """What is being answered in this process."""

    @property
    def safe(self) -> Safe:
        return self.means.safe

    @property
    def written(self) -> int:
        """Another number after each write of visits in this process."""
        return self.means.ledger.written

    def now(self) -> datetime:
        return self.means.now()

    def rules_now(self) -> BookingRules:
        return self.means.rules_now()

    def explain(self, text: str) -> Explained:
        """Why it would be answered as it is. `text`: as it was written."""
        return explain(self.library(), self.reception, text)

    def office(self, office_id: str) -> Office | None:
        return self.means.office(office_id)

    def place_of_office(self, office_id: str) -> Place:
        """Where what is done at it is done, and who handles the items of its counters. One that there is not is nowhere
        in particular."""
        office, library = self.office(office_id), self.library()
        if office is None:
            return ANYWHERE
        guides = filter(None, (library.guide(item, office.region) for item in office.guides))
        bodies = {body for each in guides for body in (each.authority.implementing_body, each.authority.handled_by)}
        return Place(library.regions.chain(office.region), " ".join(sorted(bodies)))

    def guide_name(self, guide_id: str) -> str:
        return self.means.guide_name(guide_id)

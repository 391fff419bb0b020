"""The bundle of use cases that doors and actions receive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from knowledge_base.library import Library
from service_hall.booking_talk.flow import BookingFlow
from service_hall.conversation.enquiry import Enquiry
from service_hall.conversation.open_turns import OpenTurns
from service_hall.feedback.errands import RatingErrand
from service_hall.queue.errands import QueueErrands
from service_hall.reception import Reception
from service_hall.shared.clock import Clock
from service_hall.visits.means import Means


def make_hall(means: Means) -> Hall:
    enquiry = Enquiry(means.library)
    flows = (BookingFlow(means), QueueErrands(means), RatingErrand(means))
    return Hall(means.clock, means.library, enquiry, Reception(means.library, means.hear, enquiry, flows), means)


@dataclass(frozen=True)
class Hall:
    clock: Clock
    library: Callable[[], Library]
    """The library of this moment; ask again for each message."""
    enquiry: Enquiry
    reception: Reception
    means: Means
    """What the rooms around a visit (appointments, queue, reminders, feedback) work with."""
    open_turns: OpenTurns = field(default_factory=OpenTurns)
    """What is being answered in this process."""

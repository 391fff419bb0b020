"""The enquiry, asked in text."""

from __future__ import annotations

from collections.abc import Callable

from knowledge_base.booking_rules import load_booking_rules
from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.enquiry import Enquiry
from service_hall.conversation.hall_facts import HallFacts
from service_hall.conversation.message import Chosen
from service_hall.conversation.turn import Turn
from service_hall.hearing.heard import Sentence
from service_hall.shared.working_calendar import WorkingCalendar
from tests.fakes import FixedClock


class EnquiryDesk:
    def __init__(self, library: Callable[[], Library], clock: FixedClock | None = None) -> None:
        self.library, self.clock = library, clock or FixedClock()
        book = load_booking_rules()
        self.enquiry = Enquiry(library, HallFacts(self.clock, book.on, WorkingCalendar()))

    def hear(self, text: str) -> Sentence:
        return Sentence(text, self.clock(), self.library(), WorkingCalendar())

    def respond(self, text: str, act: Act, aspect: Aspect | None, context: Context) -> Turn:
        return self.enquiry.respond(self.hear(text), act, aspect, context)

    def respond_alone(self, text: str, context: Context) -> Turn:
        """Without Rasa."""
        return self.respond(text, *self.enquiry.understand(text), context)

    def choose(self, chosen: Chosen, context: Context) -> Turn:
        return self.enquiry.choose(chosen, self.hear(""), context)

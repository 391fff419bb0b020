"""A citizen at the town's reception: what is said goes the way that the switchboard sends it."""

from __future__ import annotations

import json

from knowledge_base.model import Aspect
from service_hall.appointments.own import visits_of
from service_hall.booking_talk.flow import BookingFlow
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.flow import Flow
from service_hall.conversation.reply import Choice, OpeningsReply, Outcome, Reply
from service_hall.conversation.turn import Turn
from service_hall.hearing.who.masking import mask_personal_numbers
from service_hall.reception import Reception
from service_hall.shared.ids import VisitorId
from service_hall.shared.origin import NOWHERE
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit
from tests.reasons import with_reason
from tests.visit_town import VisitTown, visitor


class Citizen:
    def __init__(self, town: VisitTown, visitor_id: VisitorId | None = None, *flows: Flow) -> None:
        self.town, self.visitor_id = town, visitor_id or visitor()
        self.reception = Reception(
            lambda: town.library, town.means.hear, town.enquiry, (BookingFlow(town.means), *flows)
        )
        self.context = Context()
        self.origin = NOWHERE
        self.turn = Turn(Outcome.ANSWERED, (), self.context)
        self.masked = ""
        """The last sentence as Rasa and the records see it."""

    def say(
        self,
        text: str,
        act: Act = Act.GIVE_DETAILS,
        aspect: Aspect | None = None,
        at: tuple[float, float] | None = None,
    ) -> Turn:
        context = self.context.model_copy(update={"location": at, "origin": self.origin})
        taken = self.reception.take_out_person(self.visitor_id, text, context)
        self.masked = mask_personal_numbers(taken.text)
        context = context.model_copy(update={"pocket": taken.sealed})
        return self._keep(self.reception.respond(self.visitor_id, self.masked, act, aspect, context))

    def book(self, text: str) -> Turn:
        return self.say(text, Act.BOOK)

    def tap(self, label: str) -> Turn:
        """The first button of the last replies whose label begins with that."""
        found = next((each for each in self.options if each.label.startswith(label)), None)
        assert found, (label, [each.label for each in self.options])
        return self.send(found.payload)

    def tap_opening(self, number: int) -> Turn:
        return self.send(self.openings.openings[number - 1].payload)

    def send(self, payload: str) -> Turn:
        context = self.context.model_copy(update={"origin": self.origin})
        return self._keep(self.reception.respond(self.visitor_id, payload, Act.ASK, None, context))

    @property
    def openings(self) -> OpeningsReply:
        found = next((each for each in self.turn.replies if isinstance(each, OpeningsReply)), None)
        assert found, self.text
        return found

    @property
    def options(self) -> list[Choice]:
        return [option for reply in self.turn.replies for option in getattr(reply, "options", ())]

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.turn.replies)

    @property
    def node(self) -> str:
        return self.context.walk.node if self.context.walk else ""

    @property
    def reply(self) -> Reply:
        return self.turn.replies[-1]

    def _keep(self, turn: Turn) -> Turn:
        self.turn = with_reason(turn)
        # As it is kept with the conversation, and travels to Rasa and back.
        self.context = Context.model_validate(json.loads(turn.context.model_dump_json(exclude_defaults=True)))
        return turn


def standing(citizen: Citizen, *statuses: Status) -> list[Visit]:
    """What the citizen has of those; else what is held or booked."""
    own = visits_of(citizen.town.means, citizen.visitor_id)
    return [visit for visit in own if visit.status in (statuses or (Status.HELD, Status.BOOKED))]

"""Who takes a message: the walk that is open, a flow that it begins, or the enquiry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.deleting import Deleting, Leaving
from service_hall.conversation.enquiry import Enquiry
from service_hall.conversation.flow import Flow, TakenOut
from service_hall.conversation.guided.stack import Stack
from service_hall.conversation.message import read_command, read_payload
from service_hall.conversation.reply import QuestionReply, Reply
from service_hall.conversation.rooms import Room, act_in, room_of
from service_hall.conversation.turn import Turn
from service_hall.hearing.heard import Sentence
from service_hall.hearing.notions import says
from service_hall.hearing.who.masking import mask_personal_numbers
from service_hall.reception.arrived import Arrived, Staff
from service_hall.reception.rules import decide
from service_hall.shared.ids import VisitorId

_NOBODY = VisitorId("")


class Reception:
    def __init__(
        self,
        library: Callable[[], Library],
        hear: Callable[[str], Sentence],
        enquiry: Enquiry,
        flows: Sequence[Flow] = (),
        leaving: Leaving | None = None,
    ) -> None:
        """`leaving`: tells and deletes what is kept of a visitor."""
        deleting = Deleting(leaving)
        self._enquiry, self._stack = enquiry, Stack((*flows, deleting))
        self._staff = Staff(library, hear, enquiry, deleting, self._stack)

    def respond(
        self,
        visitor_id: VisitorId,
        text: str,
        act: Act,
        aspect: Aspect | None,
        context: Context,
        room: Room | None = None,
    ) -> Turn:
        """`text`: a sentence, masked, or a payload. `act` and `aspect`: as Rasa understood it; `room`: the one that its
        rules chose, None: the one of the table."""
        context = self._stack.known(context)
        walk = context.walk.name if context.walk else None
        room = room or room_of(act, walk)
        act = act_in(room, act, walk)
        return decide(Arrived.at(self._staff, visitor_id, text, act, aspect, context, room))

    def respond_alone(self, visitor_id: VisitorId, text: str, context: Context) -> Turn:
        """Without Rasa."""
        is_payload = read_payload(text) or read_command(text)
        act, aspect = (Act.ASK, None) if is_payload else self.understand(text)
        return self.respond(visitor_id, text, act, aspect, context)

    def understand(self, text: str) -> tuple[Act, Aspect | None]:
        """Without Rasa, as Rasa would."""
        return self._enquiry.understand(text)

    def take_out_person(self, visitor_id: VisitorId, text: str, context: Context) -> TakenOut:
        """The text without personal numbers, as it may be kept; name and numbers, where a flow works with them, are out
        of it and sealed."""
        masked = mask_personal_numbers(text)
        flow = self._stack.open(self._stack.known(context))
        taken = flow.take_out_person(visitor_id, text, context) if flow else TakenOut(masked)
        begins = masked != text or says("may_tell_who", text)
        books = next((each for each in self._stack.flows if begins and Act.BOOK in each.acts), None)
        if not taken.sealed and books not in (None, flow):
            taken = books.take_out_person(visitor_id, text, context)
        return taken if taken.text == masked else replace(taken, text=mask_personal_numbers(taken.text))

    def shown_whole(self, visitor_id: VisitorId, turn: Turn) -> tuple[Reply, ...]:
        """The replies for the screen of whoever wrote: the open question has her own name and numbers beside it. They
        are neither stored nor sent anywhere else, so they are added last of all."""
        flow, replies = self._stack.open(turn.context), turn.replies
        private = flow.private_of(visitor_id, turn.context) if flow else {}
        if not private or not replies or not isinstance(replies[-1], QuestionReply):
            return replies
        return (*replies[:-1], replies[-1].model_copy(update={"private": dict(private)}))

    def let_go(self, visitor_id: VisitorId, context: Context) -> None:
        """The conversation is forgotten: what its open walks hold is given back."""
        self._stack.let_go(visitor_id, context)

    def mask(self, text: str) -> str:
        """Of what is kept and is no message, a comment or a reason: without the names it tells, and without numbers."""
        return self.take_out_person(_NOBODY, text, Context()).text

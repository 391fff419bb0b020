"""One message at the reception: what was said or tapped, which room it is for, and who may take it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.deleting import Deleting
from service_hall.conversation.enquiry import Enquiry
from service_hall.conversation.flow import Flow, Heard
from service_hall.conversation.guided.stack import Stack
from service_hall.conversation.message import Chosen, read_command, read_payload
from service_hall.conversation.rooms import Room
from service_hall.conversation.turn import Turn
from service_hall.hearing.heard import Sentence
from service_hall.shared.ids import VisitorId


@dataclass(frozen=True)
class Staff:
    """Who may take a message: the walks that are open and the flows that begin one, and the enquiry."""

    library: Callable[[], Library]
    hear: Callable[[str], Sentence]
    enquiry: Enquiry
    deleting: Deleting
    stack: Stack
    """Of all flows, `deleting` among them."""


@dataclass(frozen=True, eq=False)
class Arrived:
    staff: Staff
    heard: Heard
    room: Room
    chosen: Chosen | None = None
    """A suggestion or an option of the enquiry that was tapped; then nothing was said, as with a command."""

    @classmethod
    def at(
        cls,
        staff: Staff,
        visitor_id: VisitorId,
        text: str,
        act: Act,
        aspect: Aspect | None,
        context: Context,
        room: Room,
    ) -> Arrived:
        """`text`: a sentence, masked, or a payload."""
        chosen, command = read_payload(text), read_command(text)
        sentence = staff.hear("" if chosen or command else text)
        return cls(staff, Heard(visitor_id, sentence, act, aspect, context, command), room, chosen)

    def tapping(self, payload: str) -> Arrived:
        """As if that had been tapped instead."""
        heard = self.heard
        return self.at(self.staff, heard.visitor_id, payload, heard.act, heard.aspect, heard.context, self.room)

    def in_context(self, context: Context) -> Arrived:
        """As if the conversation stood there."""
        return replace(self, heard=replace(self.heard, context=context))

    @property
    def context(self) -> Context:
        return self.heard.context

    @property
    def quiet(self) -> Context:
        """What the enquiry works with: it knows no walks."""
        return self.context.after_turn.model_copy(update={"walks": (), "unanswered": ""})

    @cached_property
    def turn_of_walk(self) -> Turn | None:
        """What the open walk says to it, asked once: it may hold a place, or book. None: no answer to its question."""
        return self.staff.stack.go_on(self.heard)

    @cached_property
    def is_claimed_elsewhere(self) -> bool:
        """Another flow than that of the open walk says that this begins it beyond doubt."""
        return bool(self.claims(but=self.staff.stack.open(self.context)))

    def claims(self, but: Flow | None = None) -> list[Act]:
        """What the flows, `but` one, say that the sentence begins beyond doubt."""
        flows = (flow for flow in self.staff.stack.flows if flow is not but)
        return [meant for flow in flows if (meant := flow.claims(self.heard.sentence))]

    def begin(self, act: Act) -> Turn | None:
        return self.staff.stack.begin(replace(self.heard, act=act))

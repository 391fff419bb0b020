"""A way that the conversation leads somebody through: a booking today, life events later.

The open flow travels in the context. `respond` of the reception gives it each sentence first; what it does not take as
an answer goes on to the enquiry, and the flow's question is asked once more below the answer (docs/adr/0011).
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Protocol

from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.message import Command
from service_hall.conversation.reply import Reply
from service_hall.conversation.turn import Turn
from service_hall.hearing.heard import Sentence
from service_hall.shared.ids import VisitorId


@dataclass(frozen=True)
class Heard:
    """One message. Either `sentence` or `command`, a choice that was tapped; then the sentence is empty."""

    visitor_id: VisitorId
    sentence: Sentence
    act: Act
    aspect: Aspect | None
    context: Context
    command: Command | None = None

    @property
    def text(self) -> str:
        """Masked."""
        return self.sentence.text


@dataclass(frozen=True)
class TakenOut:
    """`sealed`: name and numbers of the message, bound to the visitor; empty if it had none. `text`: what is left."""

    text: str
    sealed: str = ""


class Flow(Protocol):
    @property
    def name(self) -> str:
        """As in `OpenFlow.name`."""
        ...

    @property
    def acts(self) -> Set[Act]:
        """What begins it, or is an errand of its own."""
        ...

    def claims(self, sentence: Sentence) -> Act | None:
        """The act that begins it, where the sentence asks for that beyond doubt, whatever it was understood as."""
        ...

    def begin(self, heard: Heard) -> Turn | None:
        """None: it is no errand of this flow after all."""
        ...

    def go_on(self, heard: Heard) -> Turn | None:
        """With the flow open. None: the sentence is no answer to the open question."""
        ...

    def ask_again(self, context: Context) -> Reply | None:
        """The open question once more; None where there is none."""
        ...

    def take_out_person(self, visitor_id: VisitorId, text: str, context: Context) -> TakenOut:
        """Called before anything else sees the message, with this flow open, or about to begin."""
        ...

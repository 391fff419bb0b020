"""What carries over from one turn to the next."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from knowledge_base.model import Aspect
from service_hall.conversation.reply import Choice
from service_hall.shared.origin import NOWHERE, Origin


class OpenFlow(BaseModel):
    """Where in which flow the conversation is (`conversation.flow`)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    flow_id: str
    """Made when the flow began. What the flow does at its end, it does once for this id: a turn may be run again."""
    node: str
    """The question that is open."""
    answers: dict[str, Any] = Field(default_factory=dict)
    """JSON; personal data sealed, bound to the visitor."""
    misses: int = 0
    """How often the open question was asked again without an answer."""


class Context(BaseModel):
    """Kept in Rasa's slot `context` and with the conversation, so that it outlives a restart of either."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    guide_id: str | None = None
    """The service item being talked about."""
    previous_id: str | None = None
    """The service item talked about before it."""
    aspect: Aspect | None = None
    region: str | None = None
    """The region that the citizen named or chose; None: the hall's own."""
    question: str = ""
    """The last question that named its item, masked."""
    options: tuple[Choice, ...] = ()
    """The choices on the table, if the last reply offered any."""
    missed: int = 0
    """How many turns in a row were not understood."""
    flow: OpenFlow | None = None
    pocket: str = ""
    """Name and numbers that stood in this message, sealed, bound to the visitor; empty again after the turn."""
    location: tuple[float, float] | None = None
    """Latitude and longitude that came with this message; gone after the turn."""
    origin: Origin = NOWHERE
    """Whence this message came; gone after the turn."""

    @property
    def after_turn(self) -> Context:
        """Without what belongs to the message alone: it is kept with the conversation."""
        return self.model_copy(update={"pocket": "", "location": None, "origin": NOWHERE})

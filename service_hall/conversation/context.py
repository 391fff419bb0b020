"""What carries over from one turn to the next."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from knowledge_base.model import Aspect
from service_hall.conversation.reply import Choice


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

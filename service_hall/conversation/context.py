"""What carries over from one turn to the next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge_base.model import Aspect
from service_hall.conversation.reply import Choice
from service_hall.shared.origin import NOWHERE, Origin

MOST_WALKS = 3
MOST_TALKED_ABOUT = 4
MOST_TOLD_SINCE = 120


class OpenWalk(BaseModel):
    """Where in which walk the conversation is (`conversation.guided`)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    """Of the flow that leads it."""
    walk_id: str
    """Made when the walk began. What it does at its end, it does once for this id: a turn may be run again."""
    node: str
    """The question that is open."""
    answers: dict[str, Any] = Field(default_factory=dict)
    """JSON; personal data sealed, bound to the visitor."""
    misses: int = 0
    """How often the open question was asked again without an answer."""
    trail: tuple[str, ...] = ()
    """The questions that were asked before it, in order: the way back."""


class Context(BaseModel):
    """Kept with the conversation, so that it outlives a restart; Rasa never sees it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    guide_id: str | None = None
    """The service item being talked about."""
    talked_about: tuple[str, ...] = ()
    """What was talked about before it, the latest first, each once; at most MOST_TALKED_ABOUT."""
    aspect: Aspect | None = None
    region: str | None = None
    """The region that the citizen named or chose; None: the hall's own."""
    question: str = ""
    """The last question that named its item, masked."""
    begun: str = ""
    """What was asked without saying of which item, masked: the assistant has asked which."""
    choosing: str = ""
    """What was asked that the choices on the table are for, masked; empty: they list what there is."""
    options: tuple[Choice, ...] = ()
    """The choices on the table, if the last reply offered any."""
    turned_down: tuple[str, ...] = ()
    """What was guessed and is not meant; until something is answered, it is offered no more."""
    suggested: tuple[Choice, ...] = ()
    """What the last answer suggested, where no choices were on the table."""
    missed: int = 0
    """How many turns in a row were not understood."""
    walks: tuple[OpenWalk, ...] = ()
    """The walks that are open, at most MOST_WALKS: the last one is asked, the others wait below it."""
    asked_at: datetime | None = None
    """When the question of the walk that is open was last put; None while none is open."""
    is_unseen: bool = False
    """This message was written before that question stood there; gone after the turn."""
    pocket: str = ""
    """Name and numbers that stood in this message, sealed, bound to the visitor; empty again after the turn."""
    location: tuple[float, float] | None = None
    """Latitude and longitude that came with this message; gone after the turn."""
    unanswered: str = ""
    """What was asked and not found, masked: she may want to be told once there is an answer."""
    told_notice: str = ""
    """The emergency notice that was said to the citizen last."""
    card: str = ""
    """A digest of what was told last of an event, where nothing else was said since."""
    told_since: str = ""
    """What was told, and asked nothing, since that was told of the event, masked; at most MOST_TOLD_SINCE letters."""
    origin: Origin = NOWHERE
    """Whence this message came; gone after the turn."""

    @model_validator(mode="before")
    @classmethod
    def _read_earlier(cls, kept: Any) -> Any:
        """An earlier release kept one walk at most, as `flow`, and one subject before, as `previous_id`."""
        if isinstance(kept, dict) and kept.get("previous_id"):
            kept = {"talked_about": (kept["previous_id"],), **kept}
        if not isinstance(kept, dict) or "flow" not in kept:
            return kept
        flow, rest = kept["flow"], {name: value for name, value in kept.items() if name != "flow"}
        return {**rest, "walks": ({**flow, "walk_id": flow["flow_id"]},)} if flow else rest

    def about(self, item_id: str, question: str) -> Context:
        """The item becomes what is talked about, and those before it are remembered."""
        before = self.talked_about_before(item_id)
        return self.model_copy(update={"guide_id": item_id, "talked_about": before, "question": question})

    def talked_about_before(self, item_id: str | None) -> tuple[str, ...]:
        """What was, once the item is what is talked about."""
        before = dict.fromkeys((self.guide_id, *self.talked_about))
        return tuple(each for each in before if each and each != item_id)[:MOST_TALKED_ABOUT]

    @property
    def previous_id(self) -> str | None:
        """What was talked about before what is talked about now."""
        return self.talked_about[0] if self.talked_about else None

    @property
    def walk(self) -> OpenWalk | None:
        """The one that is asked."""
        return self.walks[-1] if self.walks else None

    def with_walk(self, walk: OpenWalk) -> Context:
        """On top."""
        return self.model_copy(update={"walks": (*self.without_walk(walk.walk_id).walks, walk)})

    def without_walk(self, walk_id: str) -> Context:
        return self.model_copy(update={"walks": tuple(each for each in self.walks if each.walk_id != walk_id)})

    @property
    def after_turn(self) -> Context:
        """Without what belongs to the message alone: it is kept with the conversation."""
        return self.model_copy(update={"pocket": "", "location": None, "origin": NOWHERE, "is_unseen": False})

"""What the hall knows of itself, beside its guides: its hours, its car park, whom to call for what it does not do, and
what has to be done when something befalls somebody.

A topic is written once for the whole country (region 000000) and laid over by the places that can say more, as a guide
is (`knowledge_base.documents`). What the hall's own data say (hours, telephone, rules of booking) is never written
twice: the text has a blank in braces for it, of those in `BLANKS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from knowledge_base.documents import GuideDocument, lay_fields_over, speaking
from knowledge_base.language.asking import PHRASES
from knowledge_base.model import NATIONAL, Aspect, RegionCode
from knowledge_base.parts import Line, Part, Slug
from knowledge_base.regions import RegionTree

PREFIX = "hall-"
OFFICE, RULES = "office", "rules"
"""As sources: what the office itself states, and the rules of booking and the queue."""
FEWEST_QUESTIONS = 12
BLANKS = frozenset(
    {
        *("office", "phone", "address", "route", "offices", "hotline"),
        *("hours", "now", "saturday", "sunday", "open_on_saturday"),
        *("late_minutes", "check_in_minutes", "lead_minutes", "horizon_days", "reschedules", "calls_before_missed"),
        *("active_per_person", "active_per_person_and_item", "active_per_visitor"),
        *("no_show_restriction_at", "no_show_restriction_days", "retention_days"),
    }
)
"""What the hall's own data fill in (`service_hall.conversation.hall_facts`)."""
TopicId = Annotated[str, StringConstraints(pattern=rf"^{PREFIX}[a-z0-9][a-z0-9-]*$", max_length=64)]


class TopicKind(StrEnum):
    HALL = "hall"
    """The hall itself. Asked in passing: the item that is talked about stays."""
    MATTER = "matter"
    """What the hall does not do, and who does."""
    EVENT = "event"
    """What befell somebody, and the items that have to be done then, in order."""


class Told(Part):
    """`text` may have blanks. `item`: the service item that it is about. `source`: as of a statement of a guide
    (`knowledge_base.statements`), or OFFICE or RULES."""

    text: Line
    item: Slug | None = None
    source: Line

    @model_validator(mode="after")
    def blanks_are_known(self) -> Told:
        if unknown := sorted(set(blanks_of(self.text)) - BLANKS):
            raise ValueError(f"没有这样的空：{'、'.join(unknown)}")
        return self


class HallTopic(Part):
    id: TopicId
    region: str = Field(pattern=r"^\d{6,12}$")
    kind: TopicKind
    name: Line
    words: tuple[Line, ...] = Field(min_length=1)
    """Whoever says one of them may mean the topic."""
    notion: str = ""
    """Of `knowledge_base/language/phrases/`: whoever says that, and nothing beside it, means the topic."""
    aspect: Aspect = Aspect.OVERVIEW
    """What of a service it is likest to."""
    effective_from: date | None = None
    effective_to: date | None = None
    asked: tuple[Line, ...] = Field(min_length=FEWEST_QUESTIONS)
    """How people ask for it."""
    opening: str = ""
    """Said before all else: a word of sympathy."""
    lead: Told
    """What was asked, in one or two sentences."""
    details: tuple[Told, ...] = ()
    related: tuple[TopicId, ...] = ()

    @model_validator(mode="after")
    def asks_nothing_twice(self) -> HallTopic:
        if len(set(self.asked)) < len(self.asked):
            raise ValueError("同一个问法写了两遍")
        return self

    @model_validator(mode="after")
    def notion_is_written(self) -> HallTopic:
        if self.notion and self.notion not in PHRASES:
            raise ValueError(f"没有这样的说法：{self.notion}")
        return self

    @property
    def told(self) -> tuple[Told, ...]:
        return (self.lead, *self.details)

    @property
    def items(self) -> tuple[str, ...]:
        """In order, each once."""
        return tuple(dict.fromkeys(told.item for told in self.details if told.item))

    def part_about(self, words: str) -> Told | None:
        """证据: the detail that has most pairs of letters of the words, the first of these; None where none has any, or
        what leads has one."""
        pairs = {words[at : at + 2] for at in range(len(words) - 1)}
        if any(pair in self.lead.text for pair in pairs):
            return None
        shared = [sum(pair in each.text for pair in pairs) for each in self.details]
        most = max(shared, default=0)
        return self.details[shared.index(most)] if most else None

    def step_of(self, item: str) -> Told | None:
        """The detail that is about the service item."""
        return next((each for each in self.details if each.item == item), None)


TOPIC_REQUIRED = {name for name, field in HallTopic.model_fields.items() if field.is_required()}
"""What the national document of a topic must state."""


def is_topic(item_id: str) -> bool:
    return item_id.startswith(PREFIX)


def blanks_of(text: str) -> Iterator[str]:
    """Raises ValueError for braces that do not close. A width or a conversion is shown too, for no blank has one."""
    return (
        name + (f"!{turned}" if turned else "") + (f":{width}" if width else "")
        for _, name, width, turned in Formatter().parse(text)
        if name is not None
    )


def filled(text: str, facts: Mapping[str, str]) -> str:
    return text.format_map(dict(facts))


def resolve_topic(
    documents: Sequence[GuideDocument], regions: RegionTree, region: RegionCode, on: date
) -> HallTopic | None:
    """As it stands in `region` on that day; None if nothing is in force there. Raises pydantic.ValidationError."""
    body = resolve_topic_body(documents, regions, region, on)
    return None if body is None else HallTopic.model_validate(body)


def resolve_topic_body(
    documents: Sequence[GuideDocument], regions: RegionTree, region: RegionCode, on: date
) -> dict[str, Any] | None:
    found = speaking(documents, regions, region, on)
    if not found or found[0].region != NATIONAL:
        return None
    whole: dict[str, Any] = {}
    for document in found:
        whole = lay_fields_over(whole, document.body)
    return whole

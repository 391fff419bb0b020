"""A scenario: what happens in somebody's life, the questions that it takes, and the one list of what is to be done.

Three things stay apart. Questions and conditions only route; `calculated` names what a calculator decides; `ask`,
`help`, `label`, `reason` and `says` only speak. What an item wants, costs and gives stands in its guide and nowhere
else: a step names the item, and statements of it by their ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from knowledge_base.language.tokenize import plain
from knowledge_base.parts import Line, Part, Slug
from knowledge_base.scenarios.conditions import Condition, Written, read_condition
from knowledge_base.scenarios.questions import OfAnswer, Question
from knowledge_base.statements import UNVERIFIED, AskedLine, References

FEWEST_ASKED = 12
Said = Annotated[Line, Field(max_length=120)]


class Holds(Part):
    """An input of a calculator that is yes where the condition holds."""

    holds: Written


class Calculated(Part):
    """What a calculator of `service_hall/scenarios/calculators/` makes of the answers; told in the list."""

    id: Slug
    compute: Slug
    given: Mapping[str, OfAnswer | Holds | str | int] = Field(default_factory=dict, alias="with")
    """Its inputs: an answer, whether a condition holds, or a word or number."""
    when: Written | None = None
    step: Slug | None = None
    """Below which step it is told; left out: at the end."""
    quiet: bool = False
    """Told nowhere: it only serves a condition."""


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _decided(value: object) -> bool | Condition:
    return value if isinstance(value, bool) else read_condition(value)


Decided = Annotated[bool | Condition, PlainValidator(_decided)]
"""true: always; false: never; else a condition."""


SomeSlugs = Annotated[tuple[Slug, ...], BeforeValidator(_several)]
"""One may be written without the brackets."""


class Step(Part):
    """One thing to be done: an item, or in words (`title` and `says`)."""

    id: Slug
    item: Slug | None = None
    title: str = ""
    """Of a step without an item."""
    says: str = ""
    """What is to be done there; of an item only what is peculiar to this situation."""
    source: References = ()
    """Of `says`."""
    when: Written | None = None
    after: SomeSlugs = ()
    """Steps that come before it, where they are on the list at all."""
    reason: Said
    """Why it is on the list, to whoever it is for."""
    urgent: bool = False
    """Comes first, with all that it waits for."""
    who: str = ""
    """Who goes: 父母一方; left out: whoever asked."""
    online: bool | None = None
    """Left out: as the item's guide says."""
    wait_days: int | None = Field(default=None, ge=1, le=400)
    """Of a step in words: so many days one has to wait there, by the calendar; it counts into the time of the list."""
    open_end: bool = False
    """Of a step in words: what it costs and how long it takes is settled there, and not known ahead (a court)."""
    is_private: bool = Field(default=False, alias="private")
    """It tells an answer by itself (家暴): not shown to whoever opens the list by its address."""
    at_hall: bool = True
    """False: it is done elsewhere (hospital, bank), whatever the offices say."""
    statements: Mapping[Slug, Decided] = Field(default_factory=dict)
    """Statements of the item, by id → the condition on which they count here; true: always, false: never. Materials
    that are always required, the fees, amounts and the time limit come by themselves; a paper for some situations
    only (`when`, or not required) is listed apart, unless it is decided here."""

    @model_validator(mode="after")
    def says_what_to_do(self) -> Step:
        if not self.item and not (self.title and self.says and self.source):
            raise ValueError("没有事项（item）的一步，要写 title、says 和 source")
        if self.item and self.title:
            raise ValueError("有事项（item）的一步不写 title，名称用事项自己的")
        if self.says and not self.source:
            raise ValueError("says 要有出处（source），没有核对过的写 unverified")
        if self.wait_days and self.item:
            raise ValueError("有事项（item）的一步不写 wait_days，时限用事项自己的")
        if self.open_end and self.item:
            raise ValueError("有事项（item）的一步不写 open_end，费用和时限用事项自己的")
        if self.statements and not self.item:
            raise ValueError("没有事项的一步没有陈述（statements）")
        return self


class Paper(Part):
    """One paper of the merged list, under one name, though the guides call it by several."""

    id: Slug
    name: Line
    of: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")], ...] = ()
    """`<item>/<statement>` of all that want it. A statement that asks for several papers stands with each."""
    also_for: SomeSlugs = ()
    """Steps that want it though no statement says so."""
    when: Written | None = None
    """For whom it is this paper, and not another one of the same statements."""
    given_by: SomeSlugs = ()
    """The steps by which one gets it, whichever of them is on the list."""

    @model_validator(mode="after")
    def is_wanted(self) -> Paper:
        if not self.of and not self.also_for:
            raise ValueError("要写这份材料是哪几条陈述要的（of），或者哪几步要的（also_for）")
        return self


class Note(Part):
    says: Said
    source: References = Field(min_length=1)
    when: Written | None = None
    is_private: bool = Field(default=False, alias="private")
    """As of a step."""


class First(Part):
    """What leads, before any question: the first thing to do, in one or two sentences."""

    says: Said
    source: References = (UNVERIFIED,)


class Scenario(Part):
    id: Slug
    title: Line
    theme: Line
    audience: Literal["个人", "企业", "个人/企业"]
    opening: str = ""
    """Said before all else: sympathy, or good wishes; a short sentence."""
    opening_unless: Written | None = None
    """On what was told already neither that nor `first` is said: 我和表妹要结婚 gets no good wishes."""
    first: First
    words: tuple[Line, ...] = Field(min_length=1)
    """Whoever says one of them may mean it."""
    notion: str = ""
    """Of `knowledge_base/language/phrases/`: whoever says that, and nothing beside it, means it."""
    asked: tuple[AskedLine, ...] = Field(min_length=FEWEST_ASKED)
    """How citizens tell it."""
    questions: tuple[Question, ...] = Field(min_length=1, max_length=30)
    """In the order in which they are asked; a condition may look at earlier ones only."""
    conditions: Mapping[Slug, Written] = Field(default_factory=dict)
    """By their names."""
    calculated: tuple[Calculated, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    papers: tuple[Paper, ...] = ()
    notes: tuple[Note, ...] = ()
    withdrawn: bool = False
    """It is offered and begun no more; lists that were kept of it can be read."""

    @model_validator(mode="after")
    def names_things_once(self) -> Scenario:
        for what, names in (
            ("问题", [each.id for each in self.questions]),
            ("步骤", [each.id for each in self.steps]),
            ("计算", [each.id for each in self.calculated]),
            ("材料", [each.id for each in self.papers]),
            ("材料", [each.name for each in self.papers]),
            ("问法", [plain(each.q) for each in self.asked]),
        ):
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise ValueError(f"{what}写了两遍：{'、'.join(twice)}")
        return self

    def question(self, question_id: str) -> Question | None:
        return next((each for each in self.questions if each.id == question_id), None)

    def step(self, step_id: str) -> Step | None:
        return next((each for each in self.steps if each.id == step_id), None)

    @property
    def items(self) -> tuple[str, ...]:
        """In order, each once."""
        return tuple(dict.fromkeys(step.item for step in self.steps if step.item))


@dataclass(frozen=True)
class WrittenScenario:
    scenario: Scenario
    body: Mapping[str, Any]
    """As it is written: what an edit begins with."""

"""The statement: one fact of a guide, true and cited by itself, with what people ask when they need it.

A guide is made of statements. Each has an id that stays (answers, bookings and the log refer to it), a sentence that is
complete by itself (`says`: who, what, number, unit, condition), its source, and the questions that it answers. Its
`kind` tells which element of GB/T 39046-2020 it fills; the fields of that element stand beside the sentence.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from knowledge_base.aspects import Aspect
from knowledge_base.codes import ChannelKind, MaterialForm, ProxyRule, ServiceReach, TimeUnit
from knowledge_base.parts import Line, Part, Slug

SAMPLE = "sample"
"""An invented fact of the sample city."""
UNVERIFIED = "unverified"
"""Known, and held against no text; `because` says why."""
MOST_CHARACTERS = 160
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")


class Voice(StrEnum):
    """How somebody asks. The speech areas are those of `content/spoken.yml`."""

    PLAIN = "plain"
    ORAL = "oral"
    TERSE = "terse"
    INDIRECT = "indirect"
    ELDERLY = "elderly"
    NORTHERN = "northern"
    SOUTHWESTERN = "southwestern"
    CANTONESE = "cantonese"
    WU = "wu"
    MISHEARD = "misheard"
    TRADITIONAL = "traditional"
    MISNAMED = "misnamed"
    SITUATION = "situation"


class Asked(Part):
    """A question that the statement answers. `decides`: the answer in a word or two, where it is yes or no."""

    q: Line
    voice: Voice = Voice.PLAIN
    decides: str = ""


def _asked(value: object) -> object:
    return {"q": value} if isinstance(value, str) else value


def _references(value: object) -> object:
    return (value,) if isinstance(value, str) else value


AskedLine = Annotated[Asked, BeforeValidator(_asked)]
"""A question in its plain voice may be written as mere text."""
References = Annotated[tuple[str, ...], BeforeValidator(_references)]
"""`<source>#<article>`, `<source>` (known by title only), `sample` or `unverified`; one may be written as mere text."""


class Emphasis(StrEnum):
    """What must not get lost among the others of its aspect."""

    EXCEPTION = "exception"
    THRESHOLD = "threshold"
    MUST_MENTION = "must_mention"


class Fact(Part):
    """What every statement has."""

    _about: ClassVar[tuple[Aspect, ...]] = ()

    id: Slug
    says: Annotated[Line, Field(max_length=MOST_CHARACTERS)]
    source: References = Field(min_length=1)
    """Several bear it together."""
    because: str = ""
    """Why it is held against no text."""
    reckoned: str = ""
    """A lawful calculation that leads from the figures of the text to those of the sentence, with its result."""
    aspects: tuple[Aspect, ...] = ()
    """Empty: those of its kind."""
    emphasis: Emphasis | None = None
    asked: tuple[AskedLine, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    """The last day on which it holds."""
    set_by: str = ""
    """Who sets it, where it is set locally: 省级人民政府."""
    region: str = ""
    """Whose document says it; filled when a region's guide is laid together."""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Fact:
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("失效日期早于生效日期")
        return self

    @model_validator(mode="after")
    def is_about_something(self) -> Fact:
        if not self.about:
            raise ValueError("要写明属于哪些方面（aspects）")
        return self

    @property
    def about(self) -> tuple[Aspect, ...]:
        return self.aspects or self._about

    def is_in_force(self, on: date) -> bool:
        return (self.effective_from is None or self.effective_from <= on) and (
            self.effective_to is None or on <= self.effective_to
        )


class Summary(Fact):
    """What an aspect comes down to, in one or two sentences; it leads the answer. Without `aspects`: the whole item."""

    kind: Literal["summary"]
    _about = (Aspect.OVERVIEW,)


class Condition(Fact):
    kind: Literal["condition"]
    _about = (Aspect.ELIGIBILITY,)


class Exclusion(Fact):
    """Who may not, or when not."""

    kind: Literal["exclusion"]
    _about = (Aspect.ELIGIBILITY,)


class Material(Fact):
    kind: Literal["material"]
    _about = (Aspect.MATERIALS,)

    name: Line
    form: MaterialForm = MaterialForm.PAPER
    originals: int = Field(default=1, ge=0, le=20)
    copies: int = Field(default=0, ge=0, le=20)
    required: bool = True
    when: str = ""
    """In which situation it is needed; empty: always."""
    brings: Literal["citizen", "window", "nobody"] = "citizen"
    """window: printed or held there; nobody: looked up on line. Only the citizen's stand on a list to bring."""
    issued_by: str = ""
    electronic_licence: bool = False
    """An electronic licence (电子证照) may be shown in its place."""


class Step(Fact):
    kind: Literal["step"]
    _about = (Aspect.PROCEDURE,)

    title: Line


class Limit(Fact):
    """How long it takes. legal: the most that the rule allows; standard: what a ministry holds all its counters to;
    promised: what the hall holds itself to."""

    kind: Literal["limit"]
    _about = (Aspect.TIME_LIMIT,)

    basis: Literal["legal", "standard", "promised"]
    value: int = Field(ge=0, le=3650)
    unit: TimeUnit


class Fee(Fact):
    """What one pays. `amount` 0: free. A rate and its cap instead of an amount, or neither where it is set locally."""

    kind: Literal["fee"]
    _about = (Aspect.FEE,)

    name: Line
    amount: Decimal | None = Field(default=None, ge=0)
    unit: str = ""
    rate: str = ""
    """1%, 成交价的1.5%."""
    cap: str = ""
    reduction: str = ""

    @model_validator(mode="after")
    def is_stated_or_set_locally(self) -> Fee:
        if self.amount is None and not self.rate and not self.set_by:
            raise ValueError("要写金额（amount）、比例（rate），或者由谁来定（set_by）")
        return self


class Amount(Fact):
    """What one receives, may borrow or withdraw."""

    kind: Literal["amount"]
    _about = (Aspect.AMOUNT,)

    name: Line
    value: Decimal | None = Field(default=None, ge=0)
    unit: str = ""
    formula: str = ""
    example: str = ""


class Channel(Fact):
    kind: Literal["channel"]
    _about = (Aspect.CHANNELS,)

    through: ChannelKind
    name: Line
    url: str = ""

    @field_validator("url")
    @classmethod
    def is_of_the_web(cls, url: str) -> str:
        """It becomes a link on citizens' pages."""
        if url and not _ADDRESS.fullmatch(url):
            raise ValueError("网址要以 https:// 或 http:// 开头，中间没有空格")
        return url


class Visits(Fact):
    """到办事现场次数: `count` trips to the hall at the counter; `online_count` when handled online."""

    kind: Literal["visits"]
    _about = (Aspect.CHANNELS,)

    count: int = Field(ge=0, le=9)
    online_count: int | None = Field(default=None, ge=0, le=9)


class Reach(Fact):
    kind: Literal["reach"]
    _about = (Aspect.CHANNELS, Aspect.LOCATION)

    scope: ServiceReach


class Where(Fact):
    kind: Literal["place"]
    _about = (Aspect.LOCATION,)


class Contact(Fact):
    kind: Literal["contact"]
    _about = (Aspect.CONTACT,)

    phone: Line
    complaint_phone: str = ""


class Proxy(Fact):
    """`allowed` states the rule once; further statements of the kind leave it out."""

    kind: Literal["proxy"]
    _about = (Aspect.PROXY,)

    allowed: ProxyRule | None = None


class Validity(Fact):
    kind: Literal["validity"]
    _about = (Aspect.VALIDITY,)


class Note(Fact):
    """Anything else that is true of the item: an exception, a consequence, what is set locally. Names its aspects."""

    kind: Literal["note"]


class FrequentQuestion(Fact):
    """`says` is the answer; the first of `asked` is the question as it is printed. Names its aspects."""

    kind: Literal["faq"]

    @model_validator(mode="after")
    def has_its_question(self) -> FrequentQuestion:
        if not self.asked:
            raise ValueError("常见问题要写问法（asked）")
        return self


Statement = Annotated[
    Summary
    | Condition
    | Exclusion
    | Material
    | Step
    | Limit
    | Fee
    | Amount
    | Channel
    | Visits
    | Reach
    | Where
    | Contact
    | Proxy
    | Validity
    | Note
    | FrequentQuestion,
    Field(discriminator="kind"),
]

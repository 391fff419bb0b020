"""The service guide (办事指南), with the elements of GB/T 39046-2020, table 4 and annex A.

A guide is written once for the whole country (region 000000) and overlaid by the province, city,
district and street that differ; `knowledge_base.regions.resolve` lays the chain together.
Every fact names its source: an id of the guide's own `sources`, `sample` for the invented facts of
the sample city, or `unverified` when nobody has yet checked it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from pydantic import Field, model_validator

from knowledge_base.codes import (
    CaseType,
    ChannelKind,
    ExerciseLevel,
    ItemType,
    MaterialForm,
    ProxyRule,
    ServiceReach,
    TimeUnit,
)
from knowledge_base.offices import CounterLine as CounterLine
from knowledge_base.offices import Location as Location
from knowledge_base.offices import Office as Office
from knowledge_base.offices import OpeningHours as OpeningHours
from knowledge_base.parts import Line, Slug
from knowledge_base.parts import Part as Part

GuideId = NewType("GuideId", str)
RegionCode = NewType("RegionCode", str)
OfficeId = NewType("OfficeId", str)

NATIONAL = RegionCode("000000")
SAMPLE = "sample"
UNVERIFIED = "unverified"


class Aspect(StrEnum):
    """What a citizen can ask of a service item; the `aspect` list of the contract at the doors."""

    OVERVIEW = "overview"
    ELIGIBILITY = "eligibility"
    MATERIALS = "materials"
    PROCEDURE = "procedure"
    LOCATION = "location"
    OFFICE_HOURS = "office_hours"
    TIME_LIMIT = "time_limit"
    FEE = "fee"
    CHANNELS = "channels"
    LEGAL_BASIS = "legal_basis"
    CONTACT = "contact"
    PROXY = "proxy"
    VALIDITY = "validity"


class Audience(StrEnum):
    """服务对象."""

    PERSON = "1"
    COMPANY = "2"
    INSTITUTION = "3"
    SOCIAL_ORGANISATION = "4"
    AUTHORITY = "5"
    OTHER = "6"


class Source(Part):
    """Where a fact stands. `quote`: a short verbatim run of the article, for checking against the text."""

    id: Slug
    title: Line
    article: str = ""
    url: str = ""
    quote: str = ""
    in_force_since: date | None = None
    checked_on: date
    unverified: bool = False
    """The rule is known by title, but its text was not at hand when the guide was written."""


class Statement(Part):
    text: Line
    source: Slug


_HANDED_OUT_AT = ("窗口", "登记处", "登记点", "服务站", "大厅领取", "自助机")
_FROM_OTHERS = ("单位", "自备", "医院")


class Material(Part):
    name: Line
    form: MaterialForm = MaterialForm.PAPER
    originals: int = Field(default=1, ge=0, le=20)
    copies: int = Field(default=0, ge=0, le=20)
    required: bool = True
    when: str = ""
    """In which situation it is needed; empty: always."""
    issued_by: str = ""
    obtained_from: str = ""
    electronic_licence: bool = False
    """An electronic licence (电子证照) may be shown in its place."""
    note: str = ""
    blank_form_url: str = ""
    sample_form_url: str = ""
    source: Slug

    @property
    def given_at_counter(self) -> bool:
        """A form that the counter hands out, or prints, to be filled in and signed there: nobody need bring it."""
        handed_out = any(place in self.obtained_from for place in _HANDED_OUT_AT)
        return (
            self.form is MaterialForm.FORM
            and handed_out
            and not any(other in self.obtained_from for other in _FROM_OTHERS)
        )


class Step(Part):
    title: Line
    text: Line
    source: Slug


class Duration(Part):
    value: int = Field(ge=0, le=3650)
    unit: TimeUnit
    note: str = ""
    source: Slug


class TimeLimit(Part):
    legal: Duration | None = None
    promised: Duration | None = None
    note: str = ""


class Fee(Part):
    name: Line
    amount: Decimal | None = Field(default=None, ge=0)
    unit: str = ""
    note: str = ""
    waiver: str = ""
    source: Slug


class Fees(Part):
    charged: bool
    items: tuple[Fee, ...] = ()
    note: str = ""
    source: Slug

    @model_validator(mode="after")
    def a_charge_names_its_items(self) -> Fees:
        if self.charged and not self.items:
            raise ValueError("收费事项要写明收费项目（items）")
        return self


class Channel(Part):
    kind: ChannelKind
    name: Line
    url: str = ""
    note: str = ""
    source: Slug


class Visits(Part):
    """到办事现场次数: `count` trips to the hall when handled at the counter; `online_count` when online."""

    count: int = Field(ge=0, le=9)
    reason: str = ""
    online_count: int | None = Field(default=None, ge=0, le=9)
    source: Slug


class Reach(Part):
    scope: ServiceReach
    note: str = ""
    source: Slug


class Authority(Part):
    implementing_body: Line
    exercise_level: ExerciseLevel | None = None
    power_division: str = ""
    body_code: str = ""
    body_kind: str = ""
    delegated_by: str = ""
    joint_departments: tuple[str, ...] = ()
    handled_by: str = ""


class Proxy(Part):
    allowed: ProxyRule
    text: Line
    materials: tuple[str, ...] = ()
    source: Slug


class Contact(Part):
    phone: Line
    complaint_phone: str = ""
    note: str = ""
    source: Slug


class ResultDocument(Part):
    name: Line
    sample_url: str = ""
    delivery: str = ""


class Mention(Part):
    """A fact that an answer must not leave out. `aspects` empty: in every answer of the guide."""

    text: Line
    aspects: tuple[Aspect, ...] = ()
    source: Slug


class FrequentQuestion(Part):
    question: Line
    answer: Line
    aspect: Aspect
    source: Slug


class ServiceGuide(Part):
    """One service item as it stands in one region, whole."""

    # identity
    id: Slug
    region: str = Field(pattern=r"^\d{6,12}$")
    name: Line
    short_name: Line
    theme: Line
    aliases: tuple[Line, ...] = Field(min_length=1)
    basic_code: str = ""
    implementation_code: str = ""
    handling_code: str = ""
    item_type: ItemType
    version: int = Field(default=1, ge=1)
    effective_from: date
    effective_to: date | None = None

    # who answers for it, and for whom it is
    authority: Authority
    audience: tuple[Audience, ...] = Field(min_length=1)
    legal_basis: tuple[Slug, ...] = Field(min_length=1)
    """Ids of `sources` that are the 设定依据, most specific first."""

    # what to know
    summary: Line
    eligibility: tuple[Statement, ...] = Field(min_length=1)
    quantity_limit: str = ""
    materials: tuple[Material, ...]
    steps: tuple[Step, ...] = Field(min_length=1)
    special_procedure: str = ""
    intermediary_service: str = ""
    case_type: CaseType
    time_limit: TimeLimit
    fees: Fees
    channels: tuple[Channel, ...] = Field(min_length=1)
    visits: Visits
    reach: Reach
    online_depth: str = ""
    takes_appointments: bool = True
    takes_online_payment: bool = False
    delivers_by_post: bool = False
    where: Statement
    contact: Contact
    proxy: Proxy
    result: ResultDocument
    validity: Statement

    # how it is asked and answered
    must_mention: tuple[Mention, ...] = ()
    set_locally: tuple[Line, ...] = ()
    """What the local rules decide, in citizens' words, e.g. 工本费以外的邮寄费."""
    questions: tuple[Line, ...] = ()
    faq: tuple[FrequentQuestion, ...] = ()
    related: tuple[Slug, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def every_source_is_declared(self) -> ServiceGuide:
        declared = {source.id for source in self.sources} | {SAMPLE, UNVERIFIED}
        unknown = sorted(set(self.named_sources()) - declared)
        if unknown:
            raise ValueError(f"引用了没有声明的来源：{'、'.join(unknown)}")
        return self

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> ServiceGuide:
        if self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("失效日期早于生效日期")
        return self

    def is_in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def named_sources(self) -> tuple[str, ...]:
        """Every source id that a fact of this guide names, in reading order, with repetitions."""
        return (*self.legal_basis, *source_ids(self))

    def source(self, source_id: str) -> Source | None:
        return next((source for source in self.sources if source.id == source_id), None)


def source_ids(value: object) -> tuple[str, ...]:
    """The source ids that the facts in `value` (a part of a guide, or a tuple of parts) name, in reading order."""
    if isinstance(value, tuple):
        return tuple(named for child in value for named in source_ids(child))
    if not isinstance(value, Part) or isinstance(value, Source):
        return ()
    found: list[str] = []
    for name in type(value).model_fields:
        child = getattr(value, name)
        found += [child] if name == "source" else source_ids(child)
    return tuple(found)


class RegionLevel(StrEnum):
    NATION = "国家"
    PROVINCE = "省"
    CITY = "市"
    DISTRICT = "区县"
    STREET = "镇街"


class Region(Part):
    code: str = Field(pattern=r"^\d{6,12}$")
    name: Line
    level: RegionLevel
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    hotline: str = ""
    sample: bool = False


class CatalogueItem(Part):
    """A line of the catalogue: the item is known by name, whether or not its guide is written."""

    id: Slug
    name: Line
    theme: Line
    audience: Line
    also_called: tuple[str, ...] = ()
    questions: tuple[Line, ...] = ()
    """How citizens ask for it while it has no guide, so that no other guide answers in its place."""

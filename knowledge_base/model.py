"""The service guide (办事指南), with the elements of GB/T 39046-2020, table 4 and annex A.

A guide is written once for the whole country (region 000000) and added to by the province, city,
district and street that differ; `knowledge_base.documents.resolve` lays the chain together.
What it tells stands in statements (`knowledge_base.statements`), each with its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NewType, TypeVar

from pydantic import Field, model_validator

from knowledge_base.aspects import Aspect as Aspect
from knowledge_base.codes import CaseType, ExerciseLevel, ItemType
from knowledge_base.offices import CounterLine as CounterLine
from knowledge_base.offices import Location as Location
from knowledge_base.offices import Office as Office
from knowledge_base.offices import OpeningHours as OpeningHours
from knowledge_base.parts import Line, Slug
from knowledge_base.parts import Part as Part
from knowledge_base.statements import SAMPLE as SAMPLE
from knowledge_base.statements import UNVERIFIED as UNVERIFIED
from knowledge_base.statements import Contact, Fact, Statement, Summary

GuideId = NewType("GuideId", str)
RegionCode = NewType("RegionCode", str)
OfficeId = NewType("OfficeId", str)

NATIONAL = RegionCode("000000")
Told = TypeVar("Told", bound=Fact)


class Audience(StrEnum):
    """服务对象."""

    PERSON = "1"
    COMPANY = "2"
    INSTITUTION = "3"
    SOCIAL_ORGANISATION = "4"
    AUTHORITY = "5"
    OTHER = "6"


class Authority(Part):
    implementing_body: Line
    exercise_level: ExerciseLevel | None = None
    handled_by: str = ""
    joint_departments: tuple[str, ...] = ()


class ResultDocument(Part):
    name: Line
    delivery: str = ""


class Neighbour(Part):
    """An item that is easily taken for this one, and the question that tells the two apart."""

    item: Slug
    ask: Line
    this: Line
    """The answer that means this item."""
    other: Line


class HangsOn(Part):
    """What has to be known before a statement decides: 证是丢了还是坏了."""

    ask: Line
    options: Mapping[str, tuple[Slug, ...]]
    """Each answer with the statements that hold then."""


class ServiceGuide(Part):
    """One service item as it stands in one region, whole."""

    # identity
    id: Slug
    region: str = Field(pattern=r"^\d{6,12}$")
    name: Line
    short_name: Line
    theme: Line
    aliases: tuple[Line, ...] = Field(min_length=1)
    item_type: ItemType
    version: int = Field(default=1, ge=1)
    effective_from: date
    effective_to: date | None = None

    # who answers for it, and for whom it is
    authority: Authority
    audience: tuple[Audience, ...] = Field(min_length=1)
    legal_basis: tuple[str, ...] = Field(min_length=1)
    """设定依据, as `<source>#<article>`, most specific first."""

    # how it is handled
    case_type: CaseType
    online_depth: str = ""
    takes_appointments: bool = True
    takes_online_payment: bool = False
    delivers_by_post: bool = False
    result: ResultDocument

    statements: tuple[Statement, ...] = Field(min_length=1)
    """In the order in which they are told."""

    neighbours: tuple[Neighbour, ...] = ()
    hangs_on: tuple[HangsOn, ...] = ()
    related: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def names_each_statement_once(self) -> ServiceGuide:
        seen: set[str] = set()
        for statement in self.statements:
            if statement.id in seen:
                raise ValueError(f"陈述的 id 重复：{statement.id}")
            seen.add(statement.id)
        unknown = sorted({name for each in self.hangs_on for names in each.options.values() for name in names} - seen)
        if unknown:
            raise ValueError(f"hangs_on 提到了没有的陈述：{'、'.join(unknown)}")
        return self

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> ServiceGuide:
        if self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("失效日期早于生效日期")
        return self

    def is_in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    @property
    def summary(self) -> str:
        """The item in one or two sentences."""
        whole = next(
            (each for each in self.statements if isinstance(each, Summary) and Aspect.OVERVIEW in each.about), None
        )
        return whole.says if whole else self.statements[0].says

    @property
    def phone(self) -> str:
        """The nearest one, for overlays add theirs below the national; '' if none is known."""
        return next((each.phone for each in reversed(self.of(Contact))), "")

    def of(self, *kinds: type[Told]) -> tuple[Told, ...]:
        return tuple(each for each in self.statements if isinstance(each, kinds))

    def about(self, aspect: Aspect) -> tuple[Statement, ...]:
        """What is said of that aspect, what leads first."""
        found = [each for each in self.statements if aspect in each.about]
        return tuple(sorted(found, key=lambda each: not isinstance(each, Summary)))

    def statement(self, statement_id: str) -> Statement | None:
        return next((each for each in self.statements if each.id == statement_id), None)

    @property
    def questions(self) -> tuple[str, ...]:
        """How citizens ask, over all statements."""
        return tuple(asked.q for each in self.statements for asked in each.asked)

    def references(self) -> tuple[str, ...]:
        """Every source that it names, in reading order, with repetitions."""
        return (*self.legal_basis, *(name for each in self.statements for name in each.source))


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
    place: int = 0
    """Of its line in the file, from 1: the commonest of a kind stands in front."""

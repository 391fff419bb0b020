"""Laws, rules and notices that statements rest on: one file each, with the articles used and their text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cn2an import an2cn
from pydantic import Field, model_validator

from knowledge_base.parts import Line, Part, Slug


class SourceKind(StrEnum):
    LAW = "law"
    """法律, of the National People's Congress or its Standing Committee."""
    REGULATION = "regulation"
    """行政法规, of the State Council."""
    RULE = "rule"
    """部门规章, of a ministry."""
    NOTICE = "notice"
    """规范性文件, 公告, 通知."""
    STANDARD = "standard"


class Hold(StrEnum):
    """How a text came to be here."""

    STATUTE = "statute"
    """Taken by machine from a collection of statute texts; can be taken and compared again."""
    READ = "read"
    """Read where `read_at` says: an excerpt, a page of the authority, a print of the notice."""


class Article(Part):
    text: Line
    hold: Hold = Hold.STATUTE
    read_at: str = ""
    """Where the text was read, with its address."""
    read_on: date | None = None

    @model_validator(mode="after")
    def says_where_it_was_read(self) -> Article:
        if self.hold is Hold.READ and not (self.read_at and self.read_on):
            raise ValueError("查阅得来的条文要写明地址（read_at）和日期（read_on）")
        return self


class LegalText(Part):
    id: Slug
    title: Line
    kind: SourceKind
    number: str = ""
    """文号."""
    issuer: str = ""
    version: date | None = None
    """The day of the version that the articles are taken from."""
    in_force_from: date | None = None
    in_force_until: date | None = None
    """The last day."""
    url: str = ""
    """Where citizens can read it."""
    checked_on: date | None = None
    """The day on which the articles were last held against a collection, or read. None: known by title only."""
    note: str = ""
    articles: Mapping[str, Article] = Field(default_factory=dict)
    """By number, "12", "12-2" for 第十二条之二, or a word for a text without numbers."""

    def is_in_force(self, on: date) -> bool:
        return (self.in_force_from is None or self.in_force_from <= on) and (
            self.in_force_until is None or on <= self.in_force_until
        )


@dataclass(frozen=True)
class Reference:
    """`id-card-law#12` taken apart. `article` empty: the text as a whole."""

    source: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.source}#{self.article}" if self.article else self.source


def read_reference(written: str) -> Reference:
    source, _, article = written.partition("#")
    return Reference(source, article)


def article_label(article: str) -> str:
    """第十二条, 第十二条之二; a word stands as it is."""
    number, _, further = article.partition("-")
    if not number.isdigit():
        return article
    return f"第{an2cn(number)}条" + (f"之{an2cn(further)}" if further.isdigit() else "")

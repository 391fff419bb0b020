"""Rates: figures that policy sets (a fee, an age, a number of days), each with the days it holds for and its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from pydantic import Field, model_validator

from knowledge_base.parts import Line, Part, Slug


class RateValue(Part):
    value: Decimal | date
    in_force_from: date = Field(alias="from")
    in_force_until: date | None = Field(default=None, alias="to")
    """The last day. None: no end is known."""
    source: tuple[Line, ...]
    """`si-law#46`: the articles in which the figure stands."""
    reckoned: str = ""
    """How the figure follows from the text where it does not stand there itself: `3600元÷12＝300元`."""

    @model_validator(mode="before")
    @classmethod
    def one_source_is_a_list_of_one(cls, written: object) -> object:
        if isinstance(written, dict) and isinstance(written.get("source"), str):
            return {**written, "source": (written["source"],)}
        return written

    @model_validator(mode="after")
    def ends_after_it_began(self) -> RateValue:
        if self.in_force_until and self.in_force_until < self.in_force_from:
            raise ValueError("结束日期（to）早于开始日期（from）")
        return self

    def is_in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)

    def written(self, unit: str) -> str:
        """As a sentence would have it: 12月, 20%, 2025年1月1日."""
        if isinstance(self.value, date):
            return f"{self.value.year}年{self.value.month}月{self.value.day}日"
        return f"{self.value:f}{unit}"


class Rate(Part):
    id: Slug
    title: Line
    """What it is, in the citizen's words: 累计缴费满1年不足5年，最长领取."""
    unit: str = ""
    """月, 天, 岁, 元, %, 平方米; empty for a day."""
    values: tuple[RateValue, ...] = Field(min_length=1)
    """In order of time; none begins before the one above it has ended."""

    @model_validator(mode="after")
    def holds_one_value_a_day(self) -> Rate:
        for earlier, later in pairwise(self.values):
            if earlier.in_force_until is None or earlier.in_force_until >= later.in_force_from:
                raise ValueError("两个数值的日期重叠：上一个要先结束（to）")
        return self


class RateFile(Part):
    id: Slug
    title: Line
    rates: tuple[Rate, ...] = Field(min_length=1)


@dataclass(frozen=True)
class WrittenRates:
    file: RateFile
    body: Mapping[str, Any]
    """As it is written: what an edit begins with."""


class NoRate(LookupError):
    """No value of that rate is known for the day."""

    def __init__(self, title: str, on: date) -> None:
        super().__init__(title, on)
        self.title, self.on = title, on


@dataclass(frozen=True)
class RateInForce:
    name: str
    """As the book has it."""
    value: Decimal | date
    unit: str
    source: tuple[str, ...]

    @property
    def number(self) -> Decimal:
        assert isinstance(self.value, Decimal)
        return self.value

    @property
    def whole(self) -> int:
        return int(self.number)

    @property
    def day(self) -> date:
        assert isinstance(self.value, date)
        return self.value


class RateBook:
    """All rates, by name: `unemployment.months-from-one-year`, file and rate."""

    def __init__(self, files: Iterable[RateFile] = ()) -> None:
        self.files: Mapping[str, RateFile] = MappingProxyType({each.id: each for each in files})
        self.rates: Mapping[str, Rate] = MappingProxyType(
            {f"{each.id}.{rate.id}": rate for each in self.files.values() for rate in each.rates}
        )

    def with_file(self, file: RateFile) -> RateBook:
        """In the place of the one of that id."""
        return RateBook({**self.files, file.id: file}.values())

    def of(self, name: str, on: date) -> RateInForce:
        """Raises NoRate for a day on which none is known, KeyError for a name that there is not."""
        rate = self.rates[name]
        for each in rate.values:
            if each.is_in_force(on):
                return RateInForce(name, each.value, rate.unit, each.source)
        raise NoRate(rate.title, on)

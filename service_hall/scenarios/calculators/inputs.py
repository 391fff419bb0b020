"""What a calculator asks for: kind, unit and bounds of each input, and one sentence for what cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from service_hall.scenarios.calculators.words import WORDS, in_words, say_day

_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,6})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_TOO_LARGE = 10**12
_EXPECTED_DAYS = 300
_SAID = {"是": True, "有": True, "yes": True, "true": True}
_SAID |= {"否": False, "不是": False, "没有": False, "no": False, "false": False}


class Kind(StrEnum):
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes-no"


Value = date | Decimal | str | bool


@dataclass(frozen=True)
class Input:
    name: str
    label: str
    """What it is called in a sentence: 出生日期."""
    kind: Kind
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    is_whole: bool = True
    options: Mapping[str, str] = field(default_factory=dict)
    """Of a choice: what is told → how it is called."""
    is_optional: bool = False
    ahead_days: int | None = None
    """How far ahead a day can lie; 0: it is past. None: as far as anybody likes."""
    not_before: str = ""
    """The name of the day that comes first: nobody is older than her mother."""

    def read(self, told: object, as_of: date) -> Value | Impossible:
        match self.kind:
            case Kind.DAY:
                return self._read_day(told, as_of)
            case Kind.NUMBER:
                return self._read_number(told)
            case Kind.CHOICE:
                found = next((key for key, called in self.options.items() if told in (key, called)), None)
                return found or self.impossible("choice", options="、".join(self.options.values()))
            case Kind.YES_NO:
                said = _SAID.get(told.strip().lower()) if isinstance(told, str) else told
                return said if isinstance(said, bool) else self.impossible("yes-no")

    def impossible(self, why: str, **filled: str) -> Impossible:
        return Impossible(self.name, WORDS.say(f"impossible-{why}", label=self.label, **filled))

    def _read_day(self, told: object, as_of: date) -> date | Impossible:
        day: object = told.date() if isinstance(told, datetime) else told
        if isinstance(told, str) and _DAY.fullmatch(told.strip()):
            try:
                day = date.fromisoformat(told.strip())
            except ValueError:
                return self.impossible("calendar", told=told.strip())
        if not isinstance(day, date):
            return self.impossible("day")
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            return self.impossible("year", first=str(_FIRST_YEAR), last=str(_LAST_YEAR))
        if self.ahead_days is not None and day > as_of + timedelta(days=self.ahead_days):
            return self.impossible("ahead" if self.ahead_days else "future", today=say_day(as_of))
        return day

    def _read_number(self, told: object) -> Decimal | Impossible:
        if isinstance(told, int) and abs(told) >= _TOO_LARGE:  # Python refuses to write down thousands of digits
            told = ""
        is_number = isinstance(told, str | int | float | Decimal) and not isinstance(told, bool)
        written = str(told).strip() if is_number else ""
        if not _NUMBER.fullmatch(written):
            return self.impossible("number", unit=self.unit)
        number = Decimal(written)
        if self.is_whole and number != int(number):
            return self.impossible("whole", unit=self.unit)
        if self.least is not None and number < self.least:
            is_any = not self.is_whole and self.least > 0
            return self.impossible("nothing" if is_any else "few", least=in_words(self.least), unit=self.unit)
        if self.most is not None and number > self.most:
            return self.impossible("many", most=in_words(self.most), unit=self.unit)
        return number


@dataclass(frozen=True)
class Impossible:
    """What was told cannot be. `says` tells the citizen what, kindly, and what to tell instead."""

    input: str
    says: str


def day(name: str, label: str, *, ahead_days: int | None = 0, is_optional: bool = False, not_before: str = "") -> Input:
    return Input(name, label, Kind.DAY, ahead_days=ahead_days, is_optional=is_optional, not_before=not_before)


def birth_of_child() -> Input:
    """The day on which it is expected does as well."""
    return day("born", "孩子的出生日期", ahead_days=_EXPECTED_DAYS)


def count(name: str, label: str, unit: str, least: int, most: int, *, is_optional: bool = False) -> Input:
    return Input(name, label, Kind.NUMBER, unit, Decimal(least), Decimal(most), is_optional=is_optional)


def measure(name: str, label: str, unit: str, most: int, *, is_optional: bool = False, least: str = "0.01") -> Input:
    """An amount, an area: with decimals, above zero."""
    return Input(name, label, Kind.NUMBER, unit, Decimal(least), Decimal(most), False, is_optional=is_optional)


def choice(name: str, label: str, options: Mapping[str, str]) -> Input:
    return Input(name, label, Kind.CHOICE, options=options)


def yes_no(name: str, label: str, *, is_optional: bool = True) -> Input:
    return Input(name, label, Kind.YES_NO, is_optional=is_optional)

"""The small language of conditions: written as YAML, read into a tree, weighed without ever running code.

Forms: the name of a condition, {all: […]}, {any: […]}, {not: …}, {answer: question, <test>}, {computed: name, <test>}.
Tests: is, in, has, has_any, answered, at_least, at_most, more_than, less_than, before, since, years_at_least,
years_less_than, days_at_least, days_less_than; the last four count from the day answered to the day of asking.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Protocol, TypeAlias

from pydantic import PlainValidator

UNSURE = "unsure"
"""The answer of whoever does not know."""
NONE = "none"
"""The answer of whoever picks nothing of several; kept as an empty list."""
MOST_DEEP = 6
Answer: TypeAlias = str | Decimal | date | tuple[str, ...]
"""single and text: str; multi: tuple; number: Decimal; date: date. UNSURE stands for each of them."""


class Known(Protocol):
    """What conditions are weighed by."""

    as_of: date

    def answer(self, question: str) -> Answer | None:
        """None: not asked on this way, or not answered."""
        ...

    def computed(self, name: str) -> object:
        """None: it could not be reckoned."""
        ...

    def named(self, name: str) -> bool:
        """Whether the condition of that name holds."""
        ...


@dataclass(frozen=True)
class Named:
    name: str


@dataclass(frozen=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    part: Condition


@dataclass(frozen=True)
class Test:
    """One figure or word that is looked at: an answer, or what a calculator said."""

    subject: str
    is_computed: bool
    kind: str
    value: Any


Condition: TypeAlias = Named | All | AnyOf | Not | Test
_ORDERED: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
    "since": operator.ge,
    "before": operator.lt,
}
_NUMBERS = frozenset({"at_least", "at_most", "more_than", "less_than"})
_DAYS = frozenset({"before", "since"})
_SPANS = frozenset({"years_at_least", "years_less_than", "days_at_least", "days_less_than"})
_LISTS = frozenset({"in", "has_any"})
TESTS = frozenset({"is", "has", "answered"}) | _NUMBERS | _DAYS | _SPANS | _LISTS


def read_condition(written: object, depth: int = 0) -> Condition:
    """Raises ValueError in the editor's words."""
    if depth > MOST_DEEP:
        raise ValueError(f"条件套得太深，最多{MOST_DEEP}层")
    if isinstance(written, All | AnyOf | Not | Test | Named):
        return written
    if isinstance(written, str) and written:
        return Named(written)
    if not isinstance(written, dict) or not written:
        raise ValueError("条件应当是一个条件的名字，或者 {answer: 问题, is: 答案} 的样子")
    if len(written) == 1:
        [(kind, value)] = written.items()
        match kind:
            case "all":
                return All(_parts(value, depth))
            case "any":
                return AnyOf(_parts(value, depth))
            case "not":
                return Not(read_condition(value, depth + 1))
    return _read_test(written)


Written = Annotated[Condition, PlainValidator(read_condition)]
"""A field of a model that holds a condition."""


def holds(condition: Condition, known: Known) -> bool:
    match condition:
        case Named(name):
            return known.named(name)
        case All(parts):
            return all(holds(part, known) for part in parts)
        case AnyOf(parts):
            return any(holds(part, known) for part in parts)
        case Not(part):
            return not holds(part, known)
        case Test():
            found = known.computed(condition.subject) if condition.is_computed else known.answer(condition.subject)
            return _passes(condition, found, known.as_of)


def parts_of(condition: Condition) -> Iterator[Named | Test]:
    """Its leaves."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from parts_of(part)
        case Not(part):
            yield from parts_of(part)
        case Named() | Test():
            yield condition


def full_years(since: date, until: date) -> int:
    """Birthdays passed; that of 29 February is passed on 1 March in other years."""
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def _parts(written: object, depth: int) -> tuple[Condition, ...]:
    if not isinstance(written, list) or not written:
        raise ValueError("all 和 any 后面应当是一列条件")
    return tuple(read_condition(each, depth + 1) for each in written)


def _read_test(written: Mapping[str, object]) -> Test:
    subjects = [name for name in ("answer", "computed") if name in written]
    tests = [name for name in written if name not in ("answer", "computed")]
    if len(subjects) != 1 or len(tests) != 1:
        raise ValueError(
            "一个条件看一个答案（answer）或者一个算出的结果（computed），只用一种比法；几个条件用 all、any 合起来"
        )
    [subject], [kind] = subjects, tests
    name, value = written[subject], written[kind]
    if not isinstance(name, str):
        raise ValueError(f"{subject} 后面应当是名字")
    if kind not in TESTS:
        raise ValueError(f"没有这种比法：{kind}，可以用：{'、'.join(sorted(TESTS))}")
    return Test(name, subject == "computed", kind, _read_value(kind, value))


def _read_value(kind: str, value: object) -> object:
    if kind in _LISTS:
        if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
            raise ValueError(f"{kind} 后面应当是一列答案")
        return tuple(value)
    if kind == "answered":
        if value is not True:
            raise ValueError("answered 后面写 true，反过来用 not")
        return True
    if kind in _DAYS:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise ValueError("日期应写成 2026-01-31 的样子") from None
    if kind in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{kind} 后面应当是数字")
        return Decimal(str(value))
    if kind in _SPANS:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValueError(f"{kind} 后面应当是整数")
        return value
    if kind == "is" and isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise ValueError(f"{kind} 后面应当是一个答案")
    return value


def _passes(test: Test, found: object, as_of: date) -> bool:
    if found is None:
        return False
    match test.kind:
        case "answered":
            return True
        case "is":
            return found == test.value or (found == () and test.value == NONE)
        case "in":
            return found in test.value
        case "has":
            return isinstance(found, tuple) and test.value in found
        case "has_any":
            return isinstance(found, tuple) and any(each in found for each in test.value)
    if test.kind in _SPANS:
        return isinstance(found, date) and _spans(test.kind, found, test.value, as_of)
    return _comparable(found, test.value) and _ORDERED[test.kind](found, test.value)


def _comparable(found: object, value: object) -> bool:
    if isinstance(value, date):
        return isinstance(found, date)
    return isinstance(found, Decimal | int | float) and not isinstance(found, bool)


def _spans(kind: str, since: date, count: int, as_of: date) -> bool:
    passed = full_years(since, as_of) if kind.startswith("years") else (as_of - since).days
    return passed >= count if kind.endswith("at_least") else passed < count

"""A scenario's questions: what is asked, what may be answered, and what is said of an impossible answer."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from knowledge_base.parts import Line, Part, Slug
from knowledge_base.scenarios.conditions import NONE, UNSURE, Written
from knowledge_base.statements import References

MOST_OPTIONS = 12
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
_MOMENT = re.compile(r"today(?:[+-]\d{1,4}[dmy])?|\d{4}-\d{2}-\d{2}")


class Option(Part):
    value: Slug
    label: Label
    means: tuple[Line, ...] = ()
    """Words that say it beyond doubt, beside the label."""
    said: tuple[Line, ...] = ()
    """How citizens tell it in words of their own: what an answer is held against by its meaning."""

    @model_validator(mode="after")
    def is_no_word_of_ours(self) -> Option:
        if self.value in (NONE, UNSURE):
            raise ValueError(f"{self.value} 是留用的，请换一个 value")
        return self


class OwnWords(Part):
    """How 不知道, or 都没有, is offered."""

    label: Label
    means: tuple[Line, ...] = ()
    said: tuple[Line, ...] = ()


class OfAnswer(Part):
    answer: Slug


class IfUnknown(Part):
    """Of a question without `unsure`: how the list is made for whoever does not know, and what then is to be found
    out. A day or a number is left open, of `multi` nothing is picked."""

    take: Slug | None = None
    """Of `single`: the option that loses least where it turns out to be another one."""
    find_out: Annotated[str, Field(max_length=80)] = ""
    """Where it stands, whom to ask, as a whole sentence; left out: the question's `help`."""


def _moment(value: object) -> object:
    if isinstance(value, str) and not _MOMENT.fullmatch(value):
        raise ValueError("应写成 2026-01-31、today、today+30d、today-3y 的样子，或者 {answer: 问题}")
    if isinstance(value, str) and value[0].isdigit():
        date.fromisoformat(value)
    return value


class Bound(Part):
    """What an answer has to keep to, and the sentence for one that does not. One of the four."""

    at_least: Decimal | OfAnswer | None = None
    at_most: Decimal | OfAnswer | None = None
    not_before: Annotated[str | OfAnswer, BeforeValidator(_moment)] | None = None
    """today, today+30d, today-3y, a day, or another question's answer."""
    not_after: Annotated[str | OfAnswer, BeforeValidator(_moment)] | None = None
    says: Annotated[Line, Field(max_length=80, pattern=r"[。！？]$")]

    @model_validator(mode="after")
    def is_one(self) -> Bound:
        if sum(each is not None for each in (self.at_least, self.at_most, self.not_before, self.not_after)) != 1:
            raise ValueError("一条界限写一种：at_least、at_most、not_before、not_after")
        return self

    @property
    def refers_to(self) -> str:
        """The question whose answer it is held against; '' where there is none."""
        values = (self.at_least, self.at_most, self.not_before, self.not_after)
        return next((each.answer for each in values if isinstance(each, OfAnswer)), "")

    @property
    def is_of_days(self) -> bool:
        return self.not_before is not None or self.not_after is not None


class Question(Part):
    id: Slug
    kind: Literal["single", "multi", "date", "number", "text"]
    ask: Annotated[Line, Field(max_length=80)]
    help: str = ""
    """What is said to whoever asks back, and below the question on the page."""
    source: References = ()
    """What bears the figures that it says."""
    when: Written | None = None
    """It is asked where that holds; left out: always."""
    options: tuple[Option, ...] = Field(default=(), max_length=MOST_OPTIONS)
    none: OwnWords | None = None
    """Of `multi`: picking nothing."""
    unsure: OwnWords | None = None
    """不知道 is an answer here; the value is `unsure`."""
    if_unknown: IfUnknown = IfUnknown()
    unit: str = ""
    """Of `number`."""
    decimals: bool = False
    bounds: tuple[Bound, ...] = ()
    fact: Slug | None = None
    """Scenarios that name the same fact ask for it once: told in one, it is offered in the other."""

    @model_validator(mode="after")
    def fits_its_kind(self) -> Question:
        chooses = self.kind in ("single", "multi")
        fewest = {"single": 2, "multi": 1}.get(self.kind, 0)
        if chooses and len(self.options) < fewest:
            raise ValueError(f"选项太少，至少{fewest}个")
        if not chooses and self.options:
            raise ValueError("只有 single 和 multi 有选项")
        if (self.none is not None) != (self.kind == "multi"):
            raise ValueError("multi 要写 none（都没有怎么说），别的不写")
        if self.kind == "multi" and self.unsure:
            raise ValueError("multi 不写 unsure，拿不准的不选就行")
        if chooses or self.kind == "text":
            if self.bounds:
                raise ValueError("只有 date 和 number 有界限（bounds）")
        elif any(bound.is_of_days != (self.kind == "date") for bound in self.bounds):
            raise ValueError("date 用 not_before、not_after，number 用 at_least、at_most")
        return self

    @model_validator(mode="after")
    def is_found_out_once(self) -> Question:
        take = self.if_unknown.take
        if self.unsure and self.if_unknown != IfUnknown():
            raise ValueError("有 unsure 的问题不写 if_unknown")
        if take and (self.kind != "single" or take not in self.values):
            raise ValueError("if_unknown 的 take 要写 single 的一个选项")
        return self

    @model_validator(mode="after")
    def options_differ(self) -> Question:
        for what in ("value", "label"):
            seen = [getattr(each, what) for each in self.options]
            if len(set(seen)) < len(seen):
                raise ValueError(f"选项的 {what} 重复")
        answers: list[Option | OwnWords] = [*self.options]
        answers += [own for own in (self.none, self.unsure) if own]
        words = [word for each in answers for word in {each.label, *each.means, *each.said}]
        if twice := sorted({word for word in words if words.count(word) > 1}):
            raise ValueError(f"同一句话属于两个选项：{'、'.join(twice)}")
        return self

    @model_validator(mode="after")
    def bounds_days_and_numbers(self) -> Question:
        """An answer that nobody could mean has its own sentence."""
        if self.kind in ("date", "number") and not self.bounds:
            raise ValueError("date 和 number 要写界限（bounds），说清哪些答案不可能")
        return self

    @property
    def if_unsure(self) -> str | tuple[str, ...] | None:
        """What UNSURE is taken for; None: it is no answer here, it has to be picked."""
        if self.unsure or self.kind in ("date", "number"):
            return UNSURE
        return () if self.kind == "multi" else self.if_unknown.take

    @property
    def find_out(self) -> str:
        """What to look at, for whoever does not know."""
        return self.if_unknown.find_out or self.help

    @property
    def values(self) -> tuple[str, ...]:
        """Of its options, 不知道 included."""
        return (*(each.value for each in self.options), *((UNSURE,) if self.unsure else ()))

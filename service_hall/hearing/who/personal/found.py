"""What is found in a text, and what stands there instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The value is the hint that is left."""

    MOBILE = "手机号"
    IDENTITY = "身份证号"
    CARD = "卡号"
    DOCUMENT = "证件号"
    MAIL = "邮箱"
    PLATE = "车牌号"
    NUMBER = "号码"
    """Some number of a person: a landline, a mobile with a digit too few, several that cannot be told apart."""


@dataclass(frozen=True)
class Found:
    kind: Kind
    start: int
    end: int
    said: str = ""
    """In plain digits and capitals, without what stood between them."""

    def __repr__(self) -> str:
        return f"Found({self.kind.name}, {self.start}, {self.end})"  # must not reach a log by way of a traceback

    @property
    def hint(self) -> str:
        """A mobile keeps its ends, so that its owner knows it again."""
        return f"{self.said[:3]}****{self.said[-4:]}" if self.kind is Kind.MOBILE else f"〔{self.kind}〕"

    def covers(self, other: Found) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Found) -> bool:
        return self.start < other.end and other.start < self.end


def united(found: Iterable[Found]) -> list[Found]:
    """In order, none over another: of two that overlap the one that covers the other stays, else both are one."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        last = kept[-1] if kept else None
        if last is None or not last.overlaps(each):
            kept.append(each)
        elif not last.covers(each):
            kept[-1] = Found(Kind.NUMBER, last.start, each.end)
    return kept

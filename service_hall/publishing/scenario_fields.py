"""What the parts and fields of life events and rates are called, and how a form asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from service_hall.publishing.parts import HEAD, NAMED_LISTS, WHOLE, PartName

LIST_NAMES: Mapping[str, str] = {
    "questions": "问题",
    "steps": "步骤",
    "calculated": "计算",
    "papers": "材料",
    "rates": "费率",
    "conditions": "条件",
    "notes": "提醒",
}
_LABELS: Mapping[str, str] = {**LIST_NAMES, "id": "编号", "theme": "主题", "audience": "对象"}
"""Of what no form asks for."""


@dataclass(frozen=True)
class AskedField:
    label: str
    help: str = ""
    kind: str = "line"
    """`line`, `area`, `choice`, `yes_no`."""
    rows: int = 3
    needed: bool = False
    options: Mapping[str, str] = field(default_factory=dict)


def list_of(name: PartName) -> str:
    """In which list the part stands: `questions`, of `questions.born`; HEAD for the head."""
    within = name.partition(".")[0]
    return within if within in NAMED_LISTS or within in WHOLE else HEAD


def part_title(name: PartName) -> str:
    """问题 born."""
    within, _, named = name.partition(".")
    called = LIST_NAMES.get(within)
    return "基本信息" if called is None else f"{called} {named}".strip()


def fields_of_part(name: PartName) -> Mapping[str, AskedField]:
    return _fields()[list_of(name)]


def label_of(name: PartName, field_name: str) -> str:
    found = fields_of_part(name).get(field_name)
    return found.label if found else _LABELS.get(field_name, field_name)


def values_in(name: PartName, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Those that a form knows, in its order, then the others."""
    known = fields_of_part(name)
    for each in dict.fromkeys((*known, *value)):
        if each in value:
            yield each, value[each]


@cache
def _fields() -> Mapping[str, Mapping[str, AskedField]]:
    read: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("scenario_fields.yml").read_text("utf-8"))
    return {within: {name: AskedField(**each) for name, each in fields.items()} for within, fields in read.items()}

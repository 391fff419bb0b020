"""The parts of a life event, or of rates, as a draft shows them and as its forms ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from channels.console.knowledge.statement_form import Field, Texts
from knowledge_base.checking import Finding
from knowledge_base.scenarios.conditions import read_condition
from knowledge_base.scenarios.in_words import in_words
from knowledge_base.scenarios.model import Scenario
from service_hall.publishing.draft import DocumentKind, Draft
from service_hall.publishing.parts import HEAD, NAMED_LISTS, WHOLE, Part, PartName, part_at, part_of
from service_hall.publishing.scenario_fields import LIST_NAMES, AskedField, fields_of_part, list_of
from service_hall.publishing.scenario_written import as_text, from_text
from service_hall.publishing.written import NO, YES

LIVED_TEXTS = Texts(as_text, from_text)
_SAID = {"questions": "ask", "steps": "title", "calculated": "compute", "papers": "name", "rates": "title"}
_MOVED = ("questions", "steps")
"""Lists whose order is heard."""


@dataclass(frozen=True)
class PartLine:
    name: PartName
    part_id: str
    says: str
    beside: str
    """What else is told of it in the list."""
    wrong: str


@dataclass(frozen=True)
class PartList:
    name: str
    title: str
    is_moved: bool
    is_whole: bool
    lines: tuple[PartLine, ...]
    wrong: str = ""
    """Of a list that is one part."""


def lists_of(draft: Draft, findings: Iterable[Finding], names: Mapping[str, str]) -> list[PartList]:
    """Empty for a guide. `names`: of items, by id."""
    if draft.key.kind not in (DocumentKind.SCENARIO, DocumentKind.RATES):
        return []
    wrong: dict[str, str] = {}
    for place, message in findings:
        if named := part_at(draft.body, place):
            wrong.setdefault(named, message)
    lists = ("rates",) if draft.key.kind is DocumentKind.RATES else (*(n for n in NAMED_LISTS if n != "rates"), *WHOLE)
    return [_list(draft, name, wrong, names) for name in lists]


def fields_of_lived(name: PartName) -> tuple[Field, ...]:
    return tuple(_field(field, asked) for field, asked in fields_of_part(name).items())


def title_of_lived(name: PartName) -> tuple[str, str]:
    """What it is, and its id."""
    within = list_of(name)
    if within == HEAD:
        return "基本信息", ""
    return LIST_NAMES[within], name.partition(".")[2]


def kinds_of_lived(draft: Draft) -> list[tuple[str, str]]:
    """What may be added."""
    if draft.key.kind is DocumentKind.RATES:
        return [("rates", LIST_NAMES["rates"])]
    return [(name, LIST_NAMES[name]) for name in NAMED_LISTS if name != "rates"]


def in_words_of(draft: Draft, part: Part) -> str:
    """The part's condition as it is read; '' where it has none, or the draft is not sound yet."""
    written = (part.value or {}).get("when")
    if not written or draft.key.kind is not DocumentKind.SCENARIO:
        return ""
    try:
        return in_words(read_condition(written), Scenario.model_validate(draft.body))
    except (ValidationError, ValueError, KeyError):
        return ""


def _field(name: str, asked: AskedField) -> Field:
    if asked.kind == "yes_no":
        return Field(name, asked.label, asked.help, "choice", ((YES, YES, ""), (NO, NO, "")))
    options = tuple((value, words, "") for value, words in asked.options.items())
    return Field(name, asked.label, asked.help, asked.kind, options, asked.rows, asked.needed)


def _list(draft: Draft, name: str, wrong: Mapping[str, str], names: Mapping[str, str]) -> PartList:
    if name in WHOLE:
        text = as_text(name, (part_of(draft.body, PartName(name)).value or {}).get(name))
        lines = tuple(PartLine(PartName(name), "", each, "", "") for each in text.splitlines())
        return PartList(name, LIST_NAMES[name], False, True, lines, wrong.get(name, ""))
    entries = [each for each in draft.body.get(name) or () if isinstance(each, Mapping)]
    return PartList(
        name,
        LIST_NAMES[name],
        name in _MOVED,
        False,
        tuple(_line(name, each, wrong, names) for each in entries),
        wrong.get("", ""),
    )


def _line(name: str, entry: Mapping[str, Any], wrong: Mapping[str, str], names: Mapping[str, str]) -> PartLine:
    part_id = str(entry.get("id", ""))
    named = PartName(f"{name}.{part_id}")
    item = str(entry.get("item") or "")
    says = str(entry.get(_SAID[name]) or names.get(item, item))
    beside = "\n".join(filter(None, (str(entry.get("reason", "")), as_text("values", entry.get("values")))))
    return PartLine(named, part_id, says, beside, wrong.get(named, ""))

"""A statement or the head of a guide as a form, and back. What nobody touched comes back exactly as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from channels.console.shell.forms import Form
from knowledge_base.aspects import Aspect
from knowledge_base.model import ServiceGuide
from knowledge_base.statements import Emphasis
from service_hall.publishing.fields import Named, field_names
from service_hall.publishing.statement_fields import annotations_of
from service_hall.publishing.written import LINES, NO, PAIRS, YES, as_text, from_text

_COMMON = ("says", "source", "because", "reckoned", "emphasis", "effective_from", "effective_to", "set_by", "asked")
_BOOLS = {YES: True, NO: False}
_HEAD_LEFT_OUT = frozenset({"id", "region", "version", "statements", "effective_from"})


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    help: str
    kind: str
    """`line`, `area`, `choice`, `several`."""
    options: tuple[tuple[str, str, str], ...] = ()
    rows: int = 3
    needed: bool = False

    @property
    def options_in_pairs(self) -> list[tuple[str, str]]:
        return [(value, words) for value, words, _ in self.options]

    @property
    def sent_as(self) -> str:
        return f"{self.name}[]" if self.kind == "several" else self.name


@cache
def fields_of_kind(kind: str) -> tuple[Field, ...]:
    """Of a statement: what every one has, with what its kind has in front."""
    own = [(name, each) for name, each in annotations_of(kind).items() if name not in _COMMON and name != "aspects"]
    return (
        replace(_field("says", "area", 2), needed=True),
        *(_of_annotation(name, each) for name, each in own),
        replace(_field("source", "area", 2), needed=True),
        _field("asked", "area", 6),
        _choice("emphasis", Emphasis),
        Field("aspects", _label("aspects"), _help("aspects"), "several", _options(Aspect)),
        *(_field(name, "line") for name in ("because", "reckoned", "set_by", "effective_from", "effective_to")),
    )  # fmt: skip


@cache
def fields_of_head() -> tuple[Field, ...]:
    names = field_names().head
    return tuple(
        _of_head(name, names[name])
        for name in ServiceGuide.model_fields
        if name not in _HEAD_LEFT_OUT and name in names
    )


def kinds() -> list[tuple[str, str]]:
    return list(field_names().kinds.items())


@dataclass(frozen=True)
class Texts:
    """How a value stands in a field, and back."""

    written: Callable[[str, Any], str]
    read: Callable[[str, str], Any]


GUIDE_TEXTS = Texts(as_text, from_text)


def shown(value: Mapping[str, Any] | None, fields: tuple[Field, ...], texts: Texts = GUIDE_TEXTS) -> Form:
    said = {each.sent_as: _texts(each, (value or {}).get(each.name), texts) for each in fields}
    return Form({name: words for name, words in said.items() if words})


def taken(
    form: Form, fields: tuple[Field, ...], before: Mapping[str, Any] | None, texts: Texts = GUIDE_TEXTS
) -> dict[str, Any]:
    """`before`: what the form was filled from; `id` and `kind` are kept, and what reads the same stays as written."""
    before = before or {}
    found = dict(before)
    for each in fields:
        is_several = each.kind == "several"
        said = [text for text in form.values(each.sent_as) if text.strip()]
        said = said if is_several else [form.value(each.name).strip()]
        if said == (_texts(each, before.get(each.name), texts) or ([] if is_several else [""])):
            continue
        value = _value(each, said, texts)
        if value in ("", [], {}):
            found.pop(each.name, None)
        else:
            found[each.name] = value
    return found


def _texts(field: Field, value: Any, texts: Texts) -> list[str]:
    if value is None:
        return []
    if field.kind == "several":
        return [str(each) for each in value]
    if isinstance(value, bool):
        return [YES if value else NO]
    return [texts.written(field.name, value)]


def _value(field: Field, said: list[str], texts: Texts) -> Any:
    if field.kind == "several":
        return said
    return _BOOLS.get(said[0]) if said[0] in _BOOLS else texts.read(field.name, said[0])


def _of_head(name: str, named: Named) -> Field:
    if ServiceGuide.model_fields[name].annotation is bool:
        return _yes_or_no(name, named.label, named.help)
    kind = "area" if name in LINES | PAIRS | {"neighbours", "hangs_on"} else "line"
    return Field(name, named.label, named.help, kind, rows=4)


def _yes_or_no(name: str, label: str, help: str) -> Field:
    """Not a box to tick: what is not stated is another thing than no."""
    return Field(name, label, help, "choice", ((YES, YES, ""), (NO, NO, "")))


def _of_annotation(name: str, annotation: Any) -> Field:
    plain = _without_none(annotation)
    if plain is bool:
        return _yes_or_no(name, _label(name), _help(name))
    if get_origin(plain) is Literal:
        options = [(str(each), field_names().value(each), "") for each in get_args(plain)]
        return Field(name, _label(name), _help(name), "choice", tuple(options))
    if isinstance(plain, type) and issubclass(plain, Enum):
        return _choice(name, plain)
    return _field(name, "line")


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        return next(each for each in get_args(annotation) if each is not type(None))
    return annotation


def _choice(name: str, among: type[Enum]) -> Field:
    return Field(name, _label(name), _help(name), "choice", _options(among))


def _options(among: type[Enum]) -> tuple[tuple[str, str, str], ...]:
    return tuple((str(each.value), field_names().value(each.value), "") for each in among)


def _field(name: str, kind: str, rows: int = 3) -> Field:
    return Field(name, _label(name), _help(name), kind, rows=rows)


def _label(name: str) -> str:
    return field_names().label(name)


def _help(name: str) -> str:
    found = field_names().statement.get(name)
    return found.help if found else ""

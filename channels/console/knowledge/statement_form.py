"""A statement or the head of a guide as a form, and back. What nobody touched comes back exactly as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from channels.console.shell.forms import Form
from knowledge_base.aspects import Aspect
from knowledge_base.model import ServiceGuide
from knowledge_base.statements import Emphasis, Statement, Voice
from service_hall.publishing.fields import field_names

_COMMON = ("says", "source", "because", "reckoned", "emphasis", "effective_from", "effective_to", "set_by", "asked")
_NOT_WRITTEN = frozenset({"id", "kind", "region", *_COMMON, "aspects"})
_HEAD_LEFT_OUT = frozenset({"id", "region", "version", "statements", "effective_from"})
_SEPARATOR = "|"


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    help: str
    kind: str
    """`line`, `area`, `tick`, `choice`, `several`."""
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
    own = [(name, each) for name, each in _model(kind).model_fields.items() if name not in _NOT_WRITTEN]
    return (
        replace(_field("says", "area", 2), needed=True),
        *(_of_annotation(name, each.annotation) for name, each in own),
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
        Field(name, names[name].label, names[name].help, _kind_of_head(name), rows=4)
        for name in ServiceGuide.model_fields
        if name not in _HEAD_LEFT_OUT and name in names
    )


def kinds() -> list[tuple[str, str]]:
    return list(field_names().kinds.items())


def shown(value: Mapping[str, Any] | None, fields: tuple[Field, ...]) -> Form:
    said = {each.sent_as: _texts(each, (value or {}).get(each.name)) for each in fields}
    return Form({name: texts for name, texts in said.items() if texts})


def taken(form: Form, fields: tuple[Field, ...], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """`before`: what the form was filled from; `id` and `kind` are kept, and what reads the same stays as written."""
    before = before or {}
    found = dict(before)
    for each in fields:
        texts = form.values(each.sent_as)
        texts = [text for text in texts if text.strip()] if each.kind == "several" else [form.value(each.name).strip()]
        if texts == (_texts(each, before.get(each.name)) or ([] if each.kind == "several" else [""])):
            continue
        value = _value(each, texts)
        if value in ("", [], {}):
            found.pop(each.name, None)
        else:
            found[each.name] = value
    return found


def _texts(field: Field, value: Any) -> list[str]:
    if value is None:
        return []
    if field.kind == "several":
        return [str(each) for each in value]
    if field.kind == "tick":
        return ["on"] if value else [""]
    return ["\n".join(_lines(field.name, value))]


def _lines(name: str, value: Any) -> Iterator[str]:
    match name, value:
        case "asked", list() | tuple():
            for one in value:
                yield (
                    one
                    if isinstance(one, str)
                    else _joined([one.get("q", ""), _voice(one.get("voice", "")), one.get("decides", "")])
                )
        case "neighbours", list() | tuple():
            for one in value:
                yield _joined([one.get(each, "") for each in ("item", "ask", "this", "other")])
        case "hangs_on", list() | tuple():
            for one in value:
                answers = [f"{said}={','.join(ids)}" for said, ids in (one.get("options") or {}).items()]
                yield _joined([one.get("ask", ""), *answers])
        case _, Mapping():
            yield from (f"{key}={each}" for key, each in value.items())
        case _, list() | tuple():
            yield from map(str, value)
        case _:
            yield str(value)


def _voice(code: str) -> str:
    return field_names().values.get(code, code)


def _joined(parts: list[str]) -> str:
    while len(parts) > 1 and not parts[-1]:
        parts = parts[:-1]
    return f" {_SEPARATOR} ".join(parts)


def _value(field: Field, texts: list[str]) -> Any:
    if field.kind == "several":
        return texts
    text = texts[0]
    if field.kind == "tick":
        return bool(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    match field.name:
        case "asked":
            return [_asked(line) for line in lines]
        case "source":
            return lines[0] if len(lines) == 1 else lines
        case "neighbours":
            return [dict(zip(("item", "ask", "this", "other"), _parts(line), strict=False)) for line in lines]
        case "hangs_on":
            return [_hanging(line) for line in lines]
        case "authority" | "result":
            return {key.strip(): said.strip() for key, _, said in (line.partition("=") for line in lines)}
        case "aliases" | "audience" | "legal_basis" | "related":
            return lines
        case "amount" | "value" | "originals" | "copies" | "count" | "online_count":
            return _number(text)
    return text


def _asked(line: str) -> str | dict[str, str]:
    q, *more = _parts(line)
    voices = {field_names().values.get(each.value, each.value): each.value for each in Voice}
    named = dict(zip(("voice", "decides"), more, strict=False))
    if voice := named.get("voice"):
        named["voice"] = voices.get(voice, voice)
    kept = {key: said for key, said in named.items() if said}
    return {"q": q, **kept} if kept else q


def _hanging(line: str) -> dict[str, Any]:
    ask, *answers = _parts(line)
    options = {}
    for each in answers:
        said, _, ids = each.partition("=")
        options[said.strip()] = [one.strip() for one in ids.replace("，", ",").split(",") if one.strip()]
    return {"ask": ask, "options": options}


def _parts(line: str) -> list[str]:
    return [each.strip() for each in line.replace("｜", _SEPARATOR).split(_SEPARATOR)]


def _number(text: str) -> int | float | str:
    """As it was typed where it is none: the form says so."""
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() and abs(number) < 10**12 else number


def _kind_of_head(name: str) -> str:
    annotation = ServiceGuide.model_fields[name].annotation
    if annotation is bool:
        return "tick"
    return (
        "area"
        if name in ("aliases", "audience", "legal_basis", "related", "neighbours", "hangs_on", "authority", "result")
        else "line"
    )


def _of_annotation(name: str, annotation: Any) -> Field:
    plain = _without_none(annotation)
    if plain is bool:
        return _field(name, "tick")
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


@cache
def _models() -> Mapping[str, Any]:
    union, *_ = get_args(Statement)
    return {get_args(each.model_fields["kind"].annotation)[0]: each for each in get_args(union)}


def _model(kind: str) -> Any:
    return _models()[kind]

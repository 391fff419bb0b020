"""Fields of a life event and of rates as text that people write in a form, and back.

Conditions are written as in the files, `{answer: plan, is: late}`; what is several stands a line each, its parts
between `|`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from knowledge_base.yaml_lines import YamlFault, lined_yaml
from service_hall.publishing.written import NO, SEPARATOR, YES, question_of

_CONDITIONS = frozenset({"when", "opening_unless"})
_BOOLS = frozenset({"urgent", "online", "open_end", "at_hall", "decimals", "quiet", "withdrawn", "private"})
_LINES = frozenset({"of", "words"})
_SLUGS = frozenset({"after", "also_for", "given_by"})
_NAMED = frozenset({"with", "statements", "conditions"})
"""A name with what it stands for, `name = …`, a line each."""
_OWN_WORDS = frozenset({"none", "unsure"})
BOUNDS: Mapping[str, str] = {"at_least": "最小", "at_most": "最大", "not_before": "最早", "not_after": "最晚"}
_BOUNDS_BACK = {words: name for name, words in BOUNDS.items()}
_PRIVATE = "仅本人可见"
_ASCII = str.maketrans("：，｛｝［］", ":,{}[]")


def as_text(name: str, value: Any) -> str:
    """'' for what is not stated."""
    if value is None:
        return ""
    match name, value:
        case _, bool() if name in _BOOLS:
            return YES if value else NO
        case _, _ if name in _CONDITIONS:
            return _flow(value)
        case _, Mapping() if name in _NAMED:
            return "\n".join(f"{key} = {_flow(each)}" for key, each in value.items())
        case _, Mapping() if name in _OWN_WORDS:
            return _option(value)
        case "options", list():
            return "\n".join(f"{each.get('value', '')} {SEPARATOR} {_option(each)}" for each in map(_mapping, value))
        case "bounds", list():
            return "\n".join(map(_bound, map(_mapping, value)))
        case "values", list():
            return "\n".join(map(_rate_value, map(_mapping, value)))
        case "notes", list():
            return "\n".join(map(_note, map(_mapping, value)))
        case "asked", list():
            return "\n".join(map(_asked, value))
        case "first", Mapping():
            return "\n".join((str(value.get("says", "")), *_several(value.get("source"))))
        case _, list() if name in _SLUGS:
            return "、".join(map(str, value))
        case _, list():
            return ("、" if name == "words" else "\n").join(map(str, value))
    return str(value)


def from_text(name: str, text: str) -> Any:
    """Empty (`""`, `[]`, `{}`) for what is not stated. What cannot be read stays as it was typed, and is refused."""
    text = text.strip()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if name in _BOOLS:
        return {YES: True, NO: False}.get(text, text)
    if name in _CONDITIONS:
        return _read_flow(text)
    if name in _NAMED:
        pairs = (line.partition("=") for line in lines)
        return {key.strip(): _read_flow(said.strip()) for key, _, said in pairs}
    if name in _OWN_WORDS:
        return _read_option(_parts(text)) if text else {}
    if name == "words":
        return [each for each in _split(text, "、，,\n") if each]
    if name in _SLUGS:
        return [each for each in _split(text, "、，,\n ") if each]
    match name:
        case "options":
            return [{"value": value, **_read_option(rest)} for value, *rest in map(_parts, lines)]
        case "bounds":
            return [_read_bound(*_parts(line)) for line in lines]
        case "values":
            return [_read_rate_value(*_parts(line)) for line in lines]
        case "notes":
            return [_read_note(*_parts(line)) for line in lines]
        case "asked":
            return [question_of(*_parts(line)[:2]) for line in lines]
        case "first":
            return {"says": lines[0], "source": _one_or_all(lines[1:])} if lines else {}
        case "source":
            return _one_or_all(lines)
        case "wait_days":
            return int(text) if text.isdecimal() and len(text) < 6 else text
    return lines if name in _LINES else text


def _flow(value: Any) -> str:
    if isinstance(value, str):
        return value
    written = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)
    return str(written).removesuffix("\n").removesuffix("\n...")


def _read_flow(text: str) -> Any:
    """Brackets and commas may be Chinese: names in conditions are not."""
    try:
        return lined_yaml(text.translate(_ASCII).replace(":", ": ")).data if text else ""
    except YamlFault:
        return text


def _option(option: Mapping[str, Any]) -> str:
    words = ["、".join(map(str, option.get(each) or ())) for each in ("means", "said")]
    return _joined([str(option.get("label", "")), *words])


def _read_option(parts: list[str]) -> dict[str, Any]:
    label, means, said = (*parts, "", "", "")[:3]
    told = {"means": list(filter(None, _split(means, "、"))), "said": list(filter(None, _split(said, "、")))}
    return {"label": label, **{name: words for name, words in told.items() if words}}


def _bound(bound: Mapping[str, Any]) -> str:
    kind = next((name for name in BOUNDS if name in bound), "")
    value = bound.get(kind)
    told = f"@{value.get('answer', '')}" if isinstance(value, Mapping) else value
    return f"{BOUNDS.get(kind, '')} {told} {SEPARATOR} {bound.get('says', '')}"


def _read_bound(limit: str, says: str = "", *_more: str) -> dict[str, Any]:
    named, _blank, told = limit.partition(" ")
    kind, told = _BOUNDS_BACK.get(named, named), told.strip()
    value: Any = {"answer": told[1:]} if told.startswith("@") else told
    return {kind: _number(value) if kind in ("at_least", "at_most") else value, "says": says}


def _rate_value(value: Mapping[str, Any]) -> str:
    days = [str(value.get("from", "")), str(value.get("to") or "")]
    return _joined(
        [str(value.get("value", "")), *days, "；".join(_several(value.get("source"))), str(value.get("reckoned", ""))]
    )


def _read_rate_value(value: str, *rest: str) -> dict[str, Any]:
    since, until, source, reckoned = (*rest, "", "", "", "")[:4]
    told = {"from": since, "to": until, "source": _one_or_all(_sources(source)), "reckoned": reckoned}
    return {"value": _number(value), **{name: each for name, each in told.items() if each}}


def _note(note: Mapping[str, Any]) -> str:
    when = _flow(note["when"]) if note.get("when") else ""
    private = _PRIVATE if note.get("private") else ""
    return _joined([str(note.get("says", "")), "；".join(_several(note.get("source"))), when, private])


def _read_note(says: str, source: str = "", when: str = "", private: str = "", *_: str) -> dict[str, Any]:
    return {
        "says": says,
        "source": _one_or_all(_sources(source)),
        **({"when": _read_flow(when)} if when else {}),
        **({"private": True} if private == _PRIVATE else {}),
    }


def _asked(one: Any) -> str:
    return _joined([str(one.get("q", "")), str(one.get("voice", ""))]) if isinstance(one, Mapping) else str(one)


def _number(text: Any) -> Any:
    try:
        number = float(text)
    except (TypeError, ValueError):
        return text
    if abs(number) >= 10**12 or number != number:
        return text
    return int(number) if number.is_integer() else number


def _several(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)] if value else []


def _one_or_all(lines: list[str]) -> str | list[str]:
    return lines[0] if len(lines) == 1 else lines


def _sources(text: str) -> list[str]:
    """An article may be called 二、（六）."""
    return list(filter(None, _split(text, "；;")))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _joined(parts: list[str]) -> str:
    while len(parts) > 1 and not parts[-1]:
        parts = parts[:-1]
    return f" {SEPARATOR} ".join(parts)


def _parts(line: str) -> list[str]:
    return [each.strip() for each in line.replace("｜", SEPARATOR).split(SEPARATOR)]


def _split(text: str, among: str) -> list[str]:
    for each in among[1:]:
        text = text.replace(each, among[0])
    return [part.strip() for part in text.split(among[0])]

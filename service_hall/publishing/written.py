"""Fields of a document as text that people write in a form or a cell, and back. What reads the same stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge_base.statements import Voice
from service_hall.publishing.fields import field_names

SEPARATOR = "|"
YES, NO = "是", "否"
NUMBERS = frozenset({"amount", "version", "value", "originals", "copies", "count", "online_count"})
LINES = frozenset({"aliases", "remove", "audience", "legal_basis", "related"})
PAIRS = frozenset({"authority", "result"})
NEIGHBOUR = ("item", "ask", "this", "other")


def as_text(name: str, value: Any) -> str:
    """Of a list a line each; '' for what is not stated."""
    return "" if value is None else "\n".join(_lines(name, value))


def from_text(name: str, text: str) -> Any:
    """Empty (`""`, `[]`, `{}`) for what is not stated. A number that is none stays as it was typed."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if name == "asked":
        return [question_of(*_parts(line)) for line in lines]
    if name == "source":
        return lines[0] if len(lines) == 1 else lines
    if name == "neighbours":
        return [dict(zip(NEIGHBOUR, _parts(line), strict=False)) for line in lines]
    if name == "hangs_on":
        return [_hanging(line) for line in lines]
    if name in PAIRS:
        return {key.strip(): said.strip() for key, _, said in (line.partition("=") for line in lines)}
    if name in LINES:
        return lines
    return _number(text.strip()) if name in NUMBERS else text.strip()


def question_of(q: str, voice: str = "", decides: str = "", *_: str) -> str | dict[str, str]:
    """As it is written in a document. `voice`: by its code or its name."""
    codes = {field_names().values.get(each.value, each.value): each.value for each in Voice}
    said = {"q": q, "voice": codes.get(voice, voice), "decides": decides}
    kept = {key: text for key, text in said.items() if text}
    return kept if len(kept) > 1 else q


def parts_of_question(one: Any) -> tuple[str, str, str]:
    """Question, voice by its name, what it decides."""
    if isinstance(one, str):
        return one, "", ""
    code = str(one.get("voice", ""))
    return str(one.get("q", "")), field_names().values.get(code, code), str(one.get("decides", ""))


def _lines(name: str, value: Any) -> Iterator[str]:
    match name, value:
        case "asked", list() | tuple():
            yield from (_joined(list(parts_of_question(one))) for one in value)
        case "neighbours", list() | tuple():
            yield from (_joined([str(one.get(each, "")) for each in NEIGHBOUR]) for one in value)
        case "hangs_on", list() | tuple():
            for one in value:
                answers = [f"{said}={','.join(ids)}" for said, ids in (one.get("options") or {}).items()]
                yield _joined([str(one.get("ask", "")), *answers])
        case _, Mapping():
            yield from (f"{key}={each}" for key, each in value.items())
        case _, list() | tuple():
            yield from map(str, value)
        case _:
            yield str(value)


def _joined(parts: list[str]) -> str:
    while len(parts) > 1 and not parts[-1]:
        parts = parts[:-1]
    return f" {SEPARATOR} ".join(parts)


def _hanging(line: str) -> dict[str, Any]:
    ask, *answers = _parts(line)
    options = {}
    for each in answers:
        said, _, ids = each.partition("=")
        options[said.strip()] = [one.strip() for one in ids.replace("，", ",").split(",") if one.strip()]
    return {"ask": ask, "options": options}


def _parts(line: str) -> list[str]:
    return [each.strip() for each in line.replace("｜", SEPARATOR).split(SEPARATOR)]


def _number(text: str) -> int | float | str:
    try:
        number = float(text)
    except ValueError:
        return text
    if abs(number) >= 10**12:  # of no fee: as it was typed, for a float would say something else
        return text
    return int(number) if number.is_integer() else number

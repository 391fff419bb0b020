"""What is looked for in a guide document before it is laid over another; each finding with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from knowledge_base.documents import CHANGES
from knowledge_base.faults import BAD_DAY, in_words
from knowledge_base.model import HangsOn
from knowledge_base.sources import LegalText, read_reference
from knowledge_base.statements import SAMPLE, UNVERIFIED
from knowledge_base.yaml_lines import Place

Finding = tuple[Place, str]
_LISTS = ("statements", "add", "replace")
_hangs_on = TypeAdapter(list[HangsOn])


def faulty_shapes(body: Mapping[str, Any]) -> Iterator[Finding]:
    """What has to hold before documents can be laid over each other: lists are lists, ids stand once, days are days."""
    seen: set[str] = set()
    for name in _LISTS:
        if not isinstance(body.get(name) or [], list):
            yield (name,), "应当是一个列表"
        for position, entry in enumerate(_list(body, name)):
            named = entry.get("id") if isinstance(entry, Mapping) else None
            if not isinstance(named, str):
                yield (name, position), "每一条陈述都要有 id"
            elif named in seen:
                yield (name, position, "id"), f"id 重复：{named}"
            else:
                seen.add(named)
                yield from (((name, position, field), BAD_DAY) for field in bad_days(entry))
    removed = body.get("remove") or []
    if not isinstance(removed, list) or not all(isinstance(each, str) for each in removed):
        yield ("remove",), "应当是 id 的列表"
    if body.get("hangs_on") is not None:
        try:
            _hangs_on.validate_python(body["hangs_on"])
        except ValidationError as fault:
            yield from ((("hangs_on", *error["loc"]), in_words(error)) for error in fault.errors())


def bad_days(body: Mapping[str, Any]) -> Iterator[str]:
    """Names of the fields that should hold a day and do not."""
    for name in ("effective_from", "effective_to"):
        written = str(body.get(name) or "")
        try:
            if written and date.fromisoformat(written).isoformat() != written:
                yield name
        except ValueError:
            yield name


def misplaced_changes(body: Mapping[str, Any], inherited: set[str]) -> Iterator[Finding]:
    """`inherited`: the ids of the region above. Only what stands there can be replaced or removed."""
    for position, entry in enumerate(_list(body, "replace")):
        if entry["id"] not in inherited:
            yield ("replace", position, "id"), f"上级指南里没有这条陈述：{entry['id']}"
    for position, named in enumerate(_list(body, "remove")):
        if named not in inherited:
            yield ("remove", position), f"上级指南里没有这条陈述：{named}"
    for position, entry in enumerate(_list(body, "add")):
        if entry["id"] in inherited:
            yield ("add", position, "id"), f"上级指南里已有这条陈述，要改请写到 replace：{entry['id']}"


def changes_in_whole_guide(body: Mapping[str, Any]) -> Iterator[Finding]:
    for name in CHANGES:
        if name in body:
            yield (name,), "全国指南的内容都写在 statements 里"


def unknown_sources(body: Mapping[str, Any], sources: Mapping[str, LegalText]) -> Iterator[Finding]:
    """References to a source or an article that `content/sources/` does not have."""
    for place, written in _references(body):
        if written in (SAMPLE, UNVERIFIED):
            continue
        reference = read_reference(written)
        known = sources.get(reference.source)
        if known is None:
            yield place, f"sources 里没有：{reference.source}"
        elif reference.article and reference.article not in known.articles:
            yield place, f"{reference.source} 里没有条文 {reference.article}"


def names_sample_facts(body: Mapping[str, Any]) -> bool:
    return any(written == SAMPLE for _, written in _references(body))


def _references(body: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    yield from (
        (("legal_basis", position), written)
        for position, written in enumerate(_list(body, "legal_basis"))
        if isinstance(written, str)
    )
    for name in _LISTS:
        for position, entry in enumerate(_list(body, name)):
            for written in [entry["source"]] if isinstance(entry.get("source"), str) else _list(entry, "source"):
                if isinstance(written, str):
                    yield (name, position, "source"), written


def _list(body: Mapping[str, Any], name: str) -> list[Any]:
    """Empty for whatever is none; the model will say so."""
    value = body.get(name)
    return value if isinstance(value, list) else []


def own_place(whole: Mapping[str, Any], own: Mapping[str, Any], place: Place) -> Place:
    """Where a place in the guide laid together stands in one of its documents, as far as it stands there at all."""
    if len(place) < 2 or place[0] != "statements" or not isinstance(place[1], int):
        return place
    statements = whole.get("statements") or ()
    named = statements[place[1]].get("id") if place[1] < len(statements) else None
    for name in _LISTS:
        for position, entry in enumerate(_list(own, name)):
            if entry.get("id") == named:
                # After the position pydantic names the kind, which is no field of the file.
                return (name, position, *place[3:])
    return ()

"""What is looked for in a document, by itself and laid over another; each finding with its place."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from knowledge_base.documents import CHANGES
from knowledge_base.faults import BAD_DAY, in_words
from knowledge_base.hall_topics import OFFICE, RULES, HallTopic
from knowledge_base.model import NATIONAL, HangsOn, ServiceGuide
from knowledge_base.sources import LegalText, read_reference
from knowledge_base.statements import SAMPLE, UNVERIFIED
from knowledge_base.yaml_lines import Place

Finding = tuple[Place, str]
DEEPEST = 12
"""Levels within a document; guides have five. What is laid together is gone through level by level, on the stack."""
_LISTS = ("statements", "add", "replace")
_OF_NO_TEXT = frozenset({SAMPLE, UNVERIFIED, OFFICE, RULES})
_hangs_on = TypeAdapter(list[HangsOn])


def faults_of_document(body: Any, guide_id: str, region: str) -> Iterator[Finding]:
    """Of a document that nobody has read yet, before it is laid over another."""
    if not isinstance(body, Mapping):
        yield (), "应当是一组“字段: 值”"
        return
    if nests_deeper(body, DEEPEST):
        yield (), "层次太多"
        return
    if body.get("id") != guide_id:
        yield ("id",), f"应为 {guide_id}"
    if body.get("region") != region:
        yield ("region",), f"应为 {region}"
    if region == NATIONAL and names_sample_facts(body):
        yield ("source",), "全国的内容里不能有示例数据（sample）"
    yield from faulty_shapes(body)


def faulty_shapes(body: Mapping[str, Any]) -> Iterator[Finding]:
    """What has to hold before documents can be laid over each other: lists are lists, ids stand once, days are days."""
    yield from faulty_days(body)
    aliases = body.get("aliases", [])
    if not (isinstance(aliases, list) and all(isinstance(word, str) for word in aliases)):
        yield ("aliases",), "应当是一列文字"
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
                yield from (((name, position, *place), message) for place, message in faulty_days(entry))
    removed = body.get("remove") or []
    if not isinstance(removed, list) or not all(isinstance(each, str) for each in removed):
        yield ("remove",), "应当是 id 的列表"
    if body.get("hangs_on") is not None:
        try:
            _hangs_on.validate_python(body["hangs_on"])
        except ValidationError as fault:
            yield from ((("hangs_on", *error["loc"]), in_words(error)) for error in fault.errors())


def faulty_days(body: Mapping[str, Any]) -> Iterator[Finding]:
    days: dict[str, date] = {}
    for name in ("effective_from", "effective_to"):
        if (value := body.get(name)) is None:
            continue
        written = str(value)
        try:
            if (day := date.fromisoformat(written)).isoformat() == written:
                days[name] = day
            else:
                yield (name,), BAD_DAY
        except ValueError:
            yield (name,), BAD_DAY
    if len(days) == 2 and days["effective_to"] < days["effective_from"]:
        yield ("effective_to",), "失效日期早于生效日期"


def faults_over(own: Mapping[str, Any], inherited: Mapping[str, Any] | None) -> Iterator[Finding]:
    """`inherited`: the body of the region above. Only what stands there can be replaced or removed."""
    if "statements" in own:
        yield from (((name,), "全国指南的内容都写在 statements 里") for name in CHANGES if name in own)
        return
    ids = {each["id"] for each in (inherited or {}).get("statements", ())}
    for position, entry in enumerate(_list(own, "replace")):
        if entry["id"] not in ids:
            yield ("replace", position, "id"), f"上级指南里没有这条陈述：{entry['id']}"
    for position, named in enumerate(_list(own, "remove")):
        if named not in ids:
            yield ("remove", position), f"上级指南里没有这条陈述：{named}"
    for position, entry in enumerate(_list(own, "add")):
        if entry["id"] in ids:
            yield ("add", position, "id"), f"上级指南里已有这条陈述，要改请写到 replace：{entry['id']}"


def faults_in_whole(body: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[Finding]:
    """Of a guide laid together; each place as far as it stands in `own`, the last document that was laid over."""
    try:
        ServiceGuide.model_validate(body)
    except ValidationError as fault:
        for error in fault.errors():
            yield own_place(body, own, tuple(error["loc"])), in_words(error)


def faults_in_topic(body: Mapping[str, Any], items: Container[str]) -> Iterator[Finding]:
    """Of a topic laid together. `items`: ids of the catalogue."""
    try:
        topic = HallTopic.model_validate(body)
    except ValidationError as fault:
        yield from ((tuple(error["loc"]), in_words(error)) for error in fault.errors())
        return
    if strangers := [item for item in topic.items if item not in items]:
        yield ("details",), f"目录里没有：{'、'.join(strangers)}"


def unknown_sources(body: Mapping[str, Any], sources: Mapping[str, LegalText]) -> Iterator[Finding]:
    """References to a source or an article that `content/sources/` does not have."""
    for place, written in _references(body):
        if written in _OF_NO_TEXT:
            continue
        reference = read_reference(written)
        known = sources.get(reference.source)
        if known is None:
            yield place, f"sources 里没有：{reference.source}"
        elif reference.article and reference.article not in known.articles:
            yield place, f"{reference.source} 里没有条文 {reference.article}"


def names_sample_facts(body: Mapping[str, Any]) -> bool:
    return any(written == SAMPLE for _, written in _references(body))


def nests_deeper(value: Any, levels: int) -> bool:
    children = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return levels < 0 or any(nests_deeper(child, levels - 1) for child in children)


def _references(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Of every fact, and the legal basis."""
    if isinstance(value, list):
        for position, child in enumerate(value):
            yield from _references(child, (*place, position))
    elif isinstance(value, Mapping):
        for name, child in value.items():
            if name == "source":
                named = child if isinstance(child, list) else [child]
                yield from (((*place, name), each) for each in named if isinstance(each, str))
            elif name == "legal_basis" and isinstance(child, list):
                yield from (((name, at), each) for at, each in enumerate(child) if isinstance(each, str))
            else:
                yield from _references(child, (*place, name))


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

"""What is looked for in a document, by itself and laid over another; each finding with its place."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from knowledge_base.documents import KEYED_LISTS
from knowledge_base.faults import in_words
from knowledge_base.hall_topics import HallTopic
from knowledge_base.model import NATIONAL, SAMPLE, UNVERIFIED, ServiceGuide
from knowledge_base.yaml_lines import Place

Finding = tuple[Place, str]
DEEPEST = 12
"""Levels within a document; guides have four. What is laid together is gone through level by level, on the stack."""
WRONG_DAY = "日期应写成 2026-01-31 的样子"


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
    yield from faulty_days(body)
    yield from faulty_lists(body)
    yield from faulty_words(body)


def faulty_days(body: Mapping[str, Any]) -> Iterator[Finding]:
    days: dict[str, date] = {}
    for name in ("effective_from", "effective_to"):
        if body.get(name) is not None:
            try:
                days[name] = date.fromisoformat(str(body[name]))
            except ValueError:
                yield (name,), WRONG_DAY
    if len(days) == 2 and days["effective_to"] < days["effective_from"]:
        yield ("effective_to",), "失效日期早于生效日期"


def faulty_words(body: Mapping[str, Any]) -> Iterator[Finding]:
    """Names that the cutting of words learns from every document, in force or not."""
    aliases, materials = body.get("aliases", []), body.get("materials", [])
    if not (isinstance(aliases, list) and all(isinstance(word, str) for word in aliases)):
        yield ("aliases",), "应当是一列文字"
    if not (isinstance(materials, list) and all(isinstance(entry, Mapping) for entry in materials)):
        yield ("materials",), "每一项都要有 name"


def faults_in_whole(body: Mapping[str, Any], own: Any) -> Iterator[Finding]:
    """Of a guide laid together; each place as far as it stands in `own`, the last document that was laid over."""
    try:
        ServiceGuide.model_validate(body)
        return
    except ValidationError as fault:
        errors = fault.errors()
    sources = body.get("sources")
    declared = (
        {str(each.get("id")) for each in sources if isinstance(each, Mapping)} if isinstance(sources, list) else set()
    )
    unknown = list(undeclared_sources(own, declared | {SAMPLE, UNVERIFIED}))
    yield from unknown
    for error in errors:
        if error["loc"] or not unknown:
            yield own_place(body, own, tuple(error["loc"])), in_words(error)


def faults_in_topic(body: Mapping[str, Any], items: Container[str]) -> Iterator[Finding]:
    """Of a topic laid together. `items`: ids of the catalogue."""
    try:
        topic = HallTopic.model_validate(body)
    except ValidationError as fault:
        yield from ((tuple(error["loc"]), in_words(error)) for error in fault.errors())
        return
    if strangers := [item for item in (*topic.items, *topic.stands_for) if item not in items]:
        yield ("details",), f"目录里没有：{'、'.join(strangers)}"


def faulty_lists(value: Any, place: Place = ()) -> Iterator[Finding]:
    """Lists that merge by a key need it in every entry, once."""
    for name, child in _children(value):
        at = (*place, name)
        key = KEYED_LISTS.get(name) if isinstance(name, str) else None
        # Lists of plain words (proxy.materials) replace each other whole.
        if key and isinstance(child, list) and any(isinstance(entry, Mapping) for entry in child):
            seen: set[str] = set()
            for position, entry in enumerate(child):
                named = entry.get(key) if isinstance(entry, Mapping) else None
                if not isinstance(named, str):
                    yield (*at, position), f"每一项都要有 {key}"
                elif named in seen:
                    yield (*at, position, key), f"{key} 重复：{named}"
                else:
                    seen.add(named)
        yield from faulty_lists(child, at)


def undeclared_sources(value: Any, declared: set[str], place: Place = ()) -> Iterator[Finding]:
    """Facts of this document that name a source which the guide does not have."""
    for name, child in _children(value):
        at = (*place, name)
        if name == "source" and isinstance(child, str) and child not in declared:
            yield at, f"引用了没有声明的来源：{child}"
        elif at == ("legal_basis",) and isinstance(child, list):
            for position, named in enumerate(child):
                if isinstance(named, str) and named not in declared:
                    yield (*at, position), f"引用了没有声明的来源：{named}"
        else:
            yield from undeclared_sources(child, declared, at)


def nests_deeper(value: Any, levels: int) -> bool:
    return levels < 0 or any(nests_deeper(child, levels - 1) for _, child in _children(value))


def names_sample_facts(value: Any) -> bool:
    return any((name == "source" and child == SAMPLE) or names_sample_facts(child) for name, child in _children(value))


def own_place(whole: Any, own: Any, place: Place) -> Place:
    """Where a place in the guide laid together stands in one of its documents, as far as it stands there at all.

    The second material of the whole may be the first that the district wrote.
    """
    found: Place = ()
    for step in place:
        mine: str | int | None
        if isinstance(step, int) and isinstance(own, list) and found and (key := KEYED_LISTS.get(str(found[-1]))):
            named = whole[step].get(key) if isinstance(whole[step], Mapping) else None
            mine = next(
                (at for at, entry in enumerate(own) if isinstance(entry, Mapping) and entry.get(key) == named), None
            )
        else:
            mine = step if _holds(own, step) else None
        if mine is None:
            # A missing field stands nowhere: the line of what lacks it is shown.
            return (*found, step) if isinstance(step, str) else found
        found = (*found, mine)
        own = own[mine]
        whole = whole[step] if _holds(whole, step) else None
    return found


def _holds(value: Any, step: str | int) -> bool:
    return (isinstance(value, Mapping) and step in value) or (
        isinstance(value, list) and isinstance(step, int) and step < len(value)
    )


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)

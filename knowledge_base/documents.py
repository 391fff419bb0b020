"""Guide documents and how a region's guide is laid together from them.

A document is a guide as one region wrote it. The national document is whole; the ones below it state
only what differs. Laid over each other, mappings merge key by key; lists of things with a key
(`KEYED_LISTS`) merge by that key, an entry with `drop: true` taking the inherited one away; questions
and must-mention facts are added; every other value replaces the inherited one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge_base.model import NATIONAL, RegionCode, ServiceGuide
from knowledge_base.regions import RegionTree

Body = Mapping[str, Any]

KEYED_LISTS = {
    "sources": "id",
    "materials": "name",
    "channels": "kind",
    "items": "name",
    "faq": "question",
}
ADDED_LISTS = {"questions", "must_mention", "aliases", "set_locally"}
REQUIRED = {name for name, field in ServiceGuide.model_fields.items() if field.is_required()}
"""What a document must state to be a guide without anything above it."""


@dataclass(frozen=True)
class GuideDocument:
    guide_id: str
    region: RegionCode
    body: Body

    @property
    def begins(self) -> date | None:
        return _day(self.body.get("effective_from"))

    @property
    def ends(self) -> date | None:
        return _day(self.body.get("effective_to"))

    def is_in_force(self, on: date) -> bool:
        begins, ends = self.begins, self.ends
        return (begins is None or begins <= on) and (ends is None or on <= ends)


def lay_over(inherited: Body, own: Body) -> dict[str, Any]:
    """The inherited body with what `own` states differently."""
    whole = dict(inherited)
    for name, value in own.items():
        whole[name] = _merge(name, whole.get(name), value)
    return whole


def resolve(
    documents: Iterable[GuideDocument], regions: RegionTree, region: RegionCode, on: date
) -> ServiceGuide | None:
    """The guide of one item as it stands in `region` on that day; None if nothing is in force there.

    documents: all of one guide, any order. Raises pydantic.ValidationError if they do not make a whole guide.
    """
    body = resolve_body(documents, regions, region, on)
    return None if body is None else ServiceGuide.model_validate(body)


def resolve_body(
    documents: Iterable[GuideDocument], regions: RegionTree, region: RegionCode, on: date
) -> dict[str, Any] | None:
    in_force = [document for document in documents if document.is_in_force(on)]
    whole: dict[str, Any] | None = None
    for code in regions.chain(region):
        # Of two versions in force on the same day the one that came later speaks.
        own = max(
            (document for document in in_force if document.region == code),
            key=lambda document: document.begins or date.min,
            default=None,
        )
        if own is None:
            continue
        if whole is None and code != NATIONAL and not own.body.keys() >= REQUIRED:
            continue  # an overlay says nothing by itself, e.g. once the national guide has ended
        whole = lay_over(whole or {}, own.body)
    return whole


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def _merge(name: str, inherited: Any, own: Any) -> Any:
    if inherited is None:
        return _without_dropped(own)
    if isinstance(inherited, Mapping) and isinstance(own, Mapping):
        return lay_over(inherited, own)
    if isinstance(inherited, list) and isinstance(own, list):
        if name in KEYED_LISTS and all(isinstance(entry, Mapping) for entry in [*inherited, *own]):
            return _merge_by_key(KEYED_LISTS[name], inherited, own)
        if name in ADDED_LISTS:
            return inherited + [entry for entry in own if entry not in inherited]
    return own


def _merge_by_key(key: str, inherited: list[Any], own: list[Any]) -> list[Any]:
    merged = {entry[key]: entry for entry in inherited}
    for entry in own:
        if entry.get("drop"):
            merged.pop(entry[key], None)
        elif entry[key] in merged:
            merged[entry[key]] = lay_over(merged[entry[key]], entry)
        else:
            merged[entry[key]] = entry
    return list(merged.values())


def _without_dropped(own: Any) -> Any:
    if isinstance(own, Mapping):
        return lay_over({}, own)
    if isinstance(own, list):
        return [entry for entry in own if not (isinstance(entry, Mapping) and entry.get("drop"))]
    return own

"""A library with an edit in it that nobody has published: what it would answer, and what is wrong with the edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from knowledge_base.amending import Amendment, amended
from knowledge_base.checking import (
    Finding,
    faults_in_whole,
    faults_of_document,
    faults_over,
    unknown_sources,
)
from knowledge_base.documents import GuideDocument, resolve_body
from knowledge_base.library import Library
from knowledge_base.model import NATIONAL
from knowledge_base.published import Published
from knowledge_base.turning import that_turn


def with_document(published: Published, edited: GuideDocument) -> Published:
    """With the edit in the place of the document of the same region and first day."""
    others = [each for each in published.documents.get(edited.guide_id, ()) if not is_same_document(each, edited)]
    # Whatever a document is laid over comes before it.
    together = sorted(
        [*others, edited], key=lambda each: (len(published.regions.chain(each.region)), each.begins or date.min)
    )
    return replace(published, documents={**published.documents, edited.guide_id: together})


def library_with(library: Library, edited: GuideDocument) -> Library:
    """As it would answer with the edit, on the first day on which that speaks. Raises pydantic.ValidationError for an
    edit that is not sound (`findings_in`)."""
    published = with_document(library.published, edited)
    on = max(library.on, edited.begins or library.on)
    items = that_turn(published, library.on, on) | {edited.guide_id}
    return amended(library, Amendment(published, on, items & published.documents.keys()))


def findings_in(published: Published, edited: GuideDocument, on: date) -> list[Finding]:
    """What keeps the edit from being published, each with its place in the edit; empty where nothing does."""
    own = list(_of_itself(published, edited))
    return own or [*_together(published, edited, on), *unknown_sources(edited.body, published.sources)]


def is_same_document(one: GuideDocument, other: GuideDocument) -> bool:
    return (one.guide_id, one.region, one.begins) == (other.guide_id, other.region, other.begins)


def documents_above(published: Published, edited: GuideDocument) -> list[GuideDocument]:
    """Of the same guide, in the regions that the edit is laid over."""
    chain = [code for code in published.regions.chain(edited.region) if code != edited.region]
    return [each for each in published.documents.get(edited.guide_id, ()) if each.region in chain]


def _of_itself(published: Published, edited: GuideDocument) -> Iterator[Finding]:
    yield from faults_of_document(edited.body, edited.guide_id, edited.region)
    if edited.region not in published.regions:
        yield ("region",), f"没有这个区划：{edited.region}"
    if all(item.id != edited.guide_id for item in published.catalogue):
        yield ("id",), f"目录里没有 {edited.guide_id}"


def _together(published: Published, edited: GuideDocument, on: date) -> Iterator[Finding]:
    above = documents_above(published, edited)
    day = _day_of(edited, on)
    body = resolve_body([*above, edited], published.regions, edited.region, day, every_day=True)
    if body is None:
        if not any(each.region == NATIONAL for each in above):
            yield ("region",), "没有可以继承的上级指南，自己又不完整"
        return
    inherited = resolve_body(above, published.regions, edited.region, day, every_day=True)
    found: Sequence[Finding] = list(faults_over(edited.body, inherited)) or list(faults_in_whole(body, edited.body))
    yield from found


def _day_of(edited: GuideDocument, on: date) -> date:
    """The day nearest to `on` on which it speaks."""
    if edited.is_in_force(on):
        return on
    return edited.begins if edited.begins and edited.begins > on else edited.ends or on

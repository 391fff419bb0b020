"""One item: its documents with their statements, region by region, and the way into a draft of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Depends, Response

from channels.console.knowledge.listing import GUIDES
from channels.console.knowledge.where import place_of, region_names
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import is_slug, typed
from channels.refusals import Refusal
from knowledge_base.documents import GuideDocument
from knowledge_base.model import NATIONAL, RegionCode
from knowledge_base.statements import Statement
from service_hall.publishing.draft import DocumentKey, Draft
from service_hall.publishing.fields import field_names
from service_hall.publishing.questions import document_of
from service_hall.publishing.use_cases import Publishing
from service_hall.staff.roles import Action

DRAFTS = "/console/knowledge/drafts"


@dataclass(frozen=True)
class Told:
    statement: Statement
    state: str
    is_own: bool
    """Written by the document that is shown, not inherited."""
    key: DocumentKey | None
    """Of the document that says it; None where she may not change that."""


@dataclass(frozen=True)
class Written:
    """A document of the guide."""

    key: DocumentKey
    region: str
    draft: Draft | None


STATE_WORDS = {"verified": "已核原文", "read": "已查阅", "unverified": "没有原文", "sample": "示例"}


def make_guides_router(console: Console, publishing: Publishing) -> APIRouter:
    router = APIRouter(prefix=GUIDES, include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))
    editor = Depends(console.seat(Action.EDIT_KNOWLEDGE))

    @router.get("/{guide_id}")
    def show(guide_id: str, region: str = NATIONAL, seat: Seat = reader) -> Response:
        library = publishing.desk.library
        item = next((each for each in library.published.catalogue if each.id == guide_id), None)
        if item is None:
            raise Refusal(404, "not_found", "没有这个事项，请从列表里选。")
        names = region_names(library)
        region = region if region in names else NATIONAL
        documents = library.published.documents.get(guide_id, ())
        written = [_written(publishing, each, names) for each in documents]
        place = place_of(library, DocumentKey(guide_id, RegionCode(region)))
        return seat.show(
            "knowledge/guide.html",
            item=item,
            region=region,
            regions=[(code, name) for code, name in names.items()],
            written=written,
            has_document=any(each.key.region == region for each in written),
            told=told(seat, guide_id, region),
            kinds=field_names().kinds,
            state_words=STATE_WORDS,
            may_edit=seat.may(Action.EDIT_KNOWLEDGE, place),
            names=names,
            scenarios=[each for each in library.published.scenarios.values() if guide_id in each.items],
        )

    @router.post("/{guide_id}/drafts")
    def begin(guide_id: str, seat: Seat = editor) -> Response:
        """Of a document that there is, or of one that begins (`region`, `effective_from`). `statement`: what is to be
        changed in it."""
        form, library = typed(seat.form), publishing.desk.library
        region = RegionCode(form.value("region") or NATIONAL)
        key = DocumentKey(guide_id, region, form.value("effective_from"))
        if guide_id not in library.names or region not in library.regions:
            raise Refusal(404, "not_found", "没有这个事项或地区，请从列表里选。")
        seat.check(Action.EDIT_KNOWLEDGE, place_of(library, key))
        draft = publishing.writing.begin(key, seat.member.name)
        statement_id = form.value("statement")
        return seat.go(f"{DRAFTS}/{draft.draft_id}" + (f"/parts/{statement_id}" if is_slug(statement_id) else ""))

    def told(seat: Seat, guide_id: str, region: str) -> list[Told]:
        library = publishing.desk.library
        guide = library.guide(guide_id, region)
        found = []
        for each in guide.statements if guide else ():
            document = document_of(library, guide_id, each.region, each.id)
            key = DocumentKey.of(document) if document else None
            may_edit = key is not None and seat.may(Action.EDIT_KNOWLEDGE, place_of(library, key))
            found.append(Told(each, library.state_of(each).value, each.region == region, key if may_edit else None))
        return found

    return router


def _written(publishing: Publishing, document: GuideDocument, names: Mapping[str, str]) -> Written:
    key = DocumentKey.of(document)
    return Written(key, names.get(key.region, key.region), publishing.desk.records.open_draft_of(key))

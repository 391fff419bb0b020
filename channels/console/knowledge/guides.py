"""One item: its documents with their statements, region by region, and the way into a draft of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Depends, Response

from channels.console.knowledge.listing import GUIDES
from channels.console.knowledge.where import place_of, region_names
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import typed
from channels.refusals import Refusal
from knowledge_base.documents import GuideDocument
from knowledge_base.library import Library
from knowledge_base.model import NATIONAL, RegionCode
from knowledge_base.statements import Statement
from service_hall.publishing.differences import differences
from service_hall.publishing.draft import DocumentKey, Draft, Version
from service_hall.publishing.fields import field_names
from service_hall.publishing.outcomes import NotNow
from service_hall.publishing.use_cases import Publishing
from service_hall.staff.roles import Action

DRAFTS = "/console/knowledge/drafts"


@dataclass(frozen=True)
class Told:
    statement: Statement
    state: str
    is_own: bool
    """Written by the document that is shown, not inherited."""


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
            told=_told(library, guide_id, region),
            kinds=field_names().kinds,
            state_words=STATE_WORDS,
            may_edit=seat.may(Action.EDIT_KNOWLEDGE, place),
            names=names,
            scenarios=[each for each in library.published.scenarios.values() if guide_id in each.items],
        )

    @router.post("/{guide_id}/drafts")
    def begin(guide_id: str, seat: Seat = editor) -> Response:
        """Of a document that there is, or of one that begins (`region`, `effective_from`)."""
        form, library = typed(seat.form), publishing.desk.library
        region = RegionCode(form.value("region") or NATIONAL)
        key = DocumentKey(guide_id, region, form.value("effective_from"))
        if guide_id not in library.names or region not in library.regions:
            raise Refusal(404, "not_found", "没有这个事项或地区，请从列表里选。")
        seat.check(Action.EDIT_KNOWLEDGE, place_of(library, key))
        draft = publishing.writing.begin(key, seat.member.name)
        return seat.go(f"{DRAFTS}/{draft.draft_id}")

    @router.get("/{guide_id}/history")
    def show_history(guide_id: str, seat: Seat = reader) -> Response:
        library = publishing.desk.library
        if guide_id not in library.names:
            raise Refusal(404, "not_found", "没有这个事项，请从列表里选。")
        return seat.show(
            "knowledge/history.html",
            guide_id=guide_id,
            name=library.names[guide_id],
            versions=publishing.going_live.history(guide_id),
            names=region_names(library),
        )

    @router.get("/{guide_id}/history/{region}/{number}")
    def show_version(guide_id: str, region: str, number: int, since: str = "", seat: Seat = reader) -> Response:
        """`since`: the first day of the document."""
        version, before = _with_its_forerunner(publishing, DocumentKey(guide_id, RegionCode(region), since), number)
        return seat.show(
            "knowledge/version.html",
            guide_id=guide_id,
            name=publishing.desk.library.names.get(guide_id, guide_id),
            version=version,
            before=before,
            differences=differences(before.body if before else None, version.body),
            region_name=region_names(publishing.desk.library).get(region, region),
            may_edit=seat.may(Action.EDIT_KNOWLEDGE, place_of(publishing.desk.library, version.key)),
        )

    @router.post("/{guide_id}/history/{region}/{number}/roll-back")
    def roll_back(guide_id: str, region: str, number: int, seat: Seat = editor) -> Response:
        key = DocumentKey(guide_id, RegionCode(region), typed(seat.form).value("since"))
        seat.check(Action.EDIT_KNOWLEDGE, place_of(publishing.desk.library, key))
        made = publishing.going_live.roll_back(key, number, seat.member.name)
        if isinstance(made, NotNow):
            return seat.go(f"{GUIDES}/{guide_id}/history", made.why)
        console.audit.record(seat.entry("guide.roll_back", "guide", guide_id, after={"version": number}))
        return seat.go(f"{DRAFTS}/{made.draft_id}", f"已按第{number}版起了草稿，送审通过后生效。")

    return router


def _written(publishing: Publishing, document: GuideDocument, names: Mapping[str, str]) -> Written:
    key = DocumentKey.of(document)
    return Written(key, names.get(key.region, key.region), publishing.desk.records.open_draft_of(key))


def _told(library: Library, guide_id: str, region: str) -> list[Told]:
    guide = library.guide(guide_id, region)
    return [
        Told(each, library.state_of(each).value, each.region == region) for each in (guide.statements if guide else ())
    ]


def _with_its_forerunner(publishing: Publishing, key: DocumentKey, number: int) -> tuple[Version, Version | None]:
    versions = {each.number: each for each in publishing.desk.records.versions(key)}
    if number not in versions:
        raise Refusal(404, "not_found", "没有这个版本，请从历史里选。")
    return versions[number], versions.get(number - 1)

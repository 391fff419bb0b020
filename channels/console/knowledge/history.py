"""What was published of a document, version by version, and the way back to one: guides, life events, rates, facts."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.where import WRITING, is_known, key_in, place_of, region_name, region_names
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import typed
from channels.refusals import Refusal
from knowledge_base.model import NATIONAL
from service_hall.publishing.differences import differences
from service_hall.publishing.documents import title_of
from service_hall.publishing.draft import DocumentKey, DocumentKind, Version
from service_hall.publishing.outcomes import NotNow
from service_hall.publishing.use_cases import Publishing
from service_hall.staff.roles import Action


def make_history_router(console: Console, publishing: Publishing, kind: DocumentKind, prefix: str) -> APIRouter:
    """`prefix`: the address of the list of such documents."""
    router = APIRouter(prefix=f"{prefix}/{{thing_id}}/history", include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))
    editor = Depends(console.seat(WRITING[kind]))

    def known(thing_id: str, region: str = NATIONAL, since: str = "") -> DocumentKey:
        key = key_in(kind, thing_id, region, since)
        if key.kind is not kind or not is_known(publishing.desk.library, key):
            raise Refusal(404, "not_found", "没有这一份，请从列表里选。")
        return key

    def home(thing_id: str) -> str:
        return prefix if kind is DocumentKind.FACT else f"{prefix}/{thing_id}"

    @router.get("")
    def show_history(thing_id: str, seat: Seat = reader) -> Response:
        library, key = publishing.desk.library, known(thing_id)
        return seat.show(
            "knowledge/history.html",
            home=home(thing_id),
            base=f"{prefix}/{thing_id}",
            name=title_of(library, key),
            versions=publishing.going_live.history(key.guide_id),
            names=region_names(library),
        )

    @router.get("/{region}/{number}")
    def show_version(thing_id: str, region: str, number: int, since: str = "", seat: Seat = reader) -> Response:
        """`since`: the first day of the document."""
        library, key = publishing.desk.library, known(thing_id, region, since)
        version, before = _with_its_forerunner(publishing, key, number)
        return seat.show(
            "knowledge/version.html",
            base=f"{prefix}/{thing_id}",
            name=title_of(library, key),
            version=version,
            before=before,
            differences=differences(before.body if before else None, version.body),
            region_name=region_name(library, key),
            may_edit=seat.may(WRITING[kind], place_of(library, key)),
        )

    @router.post("/{region}/{number}/roll-back")
    def roll_back(thing_id: str, region: str, number: int, seat: Seat = editor) -> Response:
        key = known(thing_id, region, typed(seat.form).value("since"))
        seat.check(WRITING[kind], place_of(publishing.desk.library, key))
        made = publishing.going_live.roll_back(key, number, seat.member.name)
        if isinstance(made, NotNow):
            return seat.go(f"{prefix}/{thing_id}/history", made.why)
        console.audit.record(seat.entry(f"{kind}.roll_back", kind.value, thing_id, after={"version": number}))
        return seat.go(f"{DRAFTS}/{made.draft_id}", f"已按第{number}版起了草稿，送审通过后生效。")

    return router


def _with_its_forerunner(publishing: Publishing, key: DocumentKey, number: int) -> tuple[Version, Version | None]:
    versions = {each.number: each for each in publishing.desk.records.versions(key)}
    if number not in versions:
        raise Refusal(404, "not_found", "没有这个版本，请从历史里选。")
    return versions[number], versions.get(number - 1)

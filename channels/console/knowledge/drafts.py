"""`/console/knowledge/drafts`: a draft as it is written, part by part, until it is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.where import WRITING, home_of, is_known, place_of, region_name
from channels.console.scenarios.draft_parts import lists_of
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, filled, read, typed
from channels.refusals import Refusal
from knowledge_base.checking import Finding
from knowledge_base.documents import resolve_body
from knowledge_base.model import NATIONAL
from knowledge_base.trying_out import documents_above
from service_hall.publishing.differences import differences
from service_hall.publishing.documents import title_of
from service_hall.publishing.draft import OPEN, DocumentKind, Draft, DraftId, DraftLine, DraftState
from service_hall.publishing.fields import field_names
from service_hall.publishing.outcomes import Faulty, InUse, NotNow, Overtaken
from service_hall.publishing.parts import WHOLE, PartName, part_at, statements_in
from service_hall.publishing.use_cases import Publishing
from service_hall.publishing.withdrawing import referrers
from service_hall.staff.audit import Entry
from service_hall.staff.roles import Action

STATE_NAMES = {
    DraftState.WRITING: "在写",
    DraftState.IN_REVIEW: "在审核",
    DraftState.APPROVED: "等发布日",
    DraftState.HELD: "被拦下",
    DraftState.PUBLISHED: "已发布",
    DraftState.DROPPED: "已作废",
}


_STILL_USED = "还没有送审：这个事项还有人在用，不能停办。下面列的都不用它了，再送审。"
_TEMPLATES = {
    DocumentKind.GUIDE: "knowledge/draft.html",
    DocumentKind.FACT: "knowledge/fact_draft.html",
    DocumentKind.SCENARIO: "scenarios/draft.html",
    DocumentKind.RATES: "scenarios/draft.html",
}


class HandedInIn(BaseModel):
    note: str = Field(min_length=1, max_length=400)
    publish_on: date | None = None
    reviews_needed: int = Field(default=1, ge=1, le=2)
    seen_published: str = ""


@dataclass(frozen=True)
class Line:
    """A statement as the draft's region has it."""

    statement_id: str
    kind: str
    says: str
    how: str
    """`own`; in a region's document: `add`, `replace`, `remove`, or `above` for what it leaves as it is."""
    wrong: str
    """What keeps it from being handed in."""
    above: str = ""
    """Of what is replaced: what it says above."""


def make_drafts_router(console: Console, publishing: Publishing) -> APIRouter:
    router = APIRouter(prefix=DRAFTS, include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))
    editor = Depends(console.seat(Action.EDIT_KNOWLEDGE))

    def page(seat: Seat, draft: Draft, form: Form | None = None, status: int = 200, **more: Any) -> Response:
        library = publishing.desk.library
        findings = publishing.writing.findings(draft) if draft.is_open else []
        return seat.show(
            _TEMPLATES[draft.key.kind],
            status=status,
            draft=draft,
            name=title_of(library, draft.key, draft.body),
            home=home_of(draft.key) if is_known(library, draft.key) else "",
            region=region_name(library, draft.key),
            state_names=STATE_NAMES,
            lines=_lines(publishing, draft, findings) if draft.key.kind is DocumentKind.GUIDE else (),
            lists=lists_of(draft, findings, library.names),
            kinds=field_names().kinds,
            differences=differences(draft.base, draft.body),
            wrong_head=[message for place, message in findings if part_at(draft.body, place) is None],
            findings=findings,
            referrers=referrers(publishing.desk, draft) if draft.is_open else None,
            verdicts=publishing.reviewing.seen_by(draft, seat.member.name),
            may_edit=seat.may(WRITING[draft.key.kind], place_of(library, draft.key)),
            is_national=draft.key.region == NATIONAL,
            form=form or filled({"reviews_needed": "1"}),
            **more,
        )

    @router.get("")
    def show_all(seat: Seat = reader) -> Response:
        library = publishing.desk.library
        return seat.show(
            "knowledge/drafts.html",
            drafts=publishing.desk.records.lines(sorted(OPEN)),
            title=lambda line: title_in_list(publishing, line),
            region=lambda key: region_name(library, key),
            state_names=STATE_NAMES,
        )

    @router.get("/{draft_id}")
    def show(draft_id: str, seat: Seat = reader) -> Response:
        return page(seat, draft_of(publishing, draft_id))

    @router.post("/{draft_id}/hand-in")
    def hand_in(draft_id: str, seat: Seat = editor) -> Response:
        draft = editable(publishing, seat, draft_id)
        form = typed(seat.form)
        wanted = read(form, HandedInIn)
        if wanted and wanted.publish_on and wanted.publish_on < publishing.desk.today:
            form.refuse("publish_on", "这一天已经过了；要马上发布就不填。")
        if wanted is None or form.errors:
            return page(seat, draft, form, 422)
        done = publishing.writing.hand_in(
            draft.draft_id, wanted.note, wanted.publish_on, wanted.reviews_needed, wanted.seen_published
        )
        match done:
            case Draft():
                publishing.checking.begin(done)  # so that it is there when the reviewer looks
                console.audit.record(entry_of(seat, draft, "hand_in", after={"draft": draft_id, "note": wanted.note}))
                when = f"到 {done.publish_on} 发布" if done.publish_on else "马上发布"
                return seat.go(f"{DRAFTS}/{draft_id}", f"已送审，通过后{when}。")
            case Faulty():
                form.refuse("", "还有内容要改，改好再送审；要改的地方在下面标了出来。")
                return page(seat, draft, form, 422, on_the_way=[says for place, says in done.findings if not place])
            case InUse():
                return page(seat, draft, form.refuse("", _STILL_USED), 409, used=done)
            case Overtaken():
                return page(
                    seat,
                    draft,
                    form.refuse("", "您写草稿期间，已发布的内容改过同样的地方，看过再送审。"),
                    409,
                    overtaken=done,
                )
            case NotNow():
                return page(seat, draft_of(publishing, draft_id), form.refuse("", done.why), 409)

    @router.post("/{draft_id}/take-back")
    def take_back(draft_id: str, seat: Seat = editor) -> Response:
        return turned(
            seat,
            publishing.writing.take_back(editable(publishing, seat, draft_id).draft_id),
            draft_id,
            "take_back",
            "已撤回，可以接着改。",
        )

    @router.post("/{draft_id}/drop")
    def drop(draft_id: str, seat: Seat = editor) -> Response:
        return turned(
            seat,
            publishing.writing.drop(editable(publishing, seat, draft_id).draft_id),
            draft_id,
            "drop",
            "草稿已作废，已发布的内容没有变。",
        )

    @router.post("/{draft_id}/inherited/{statement_id}")
    def set_aside(draft_id: str, statement_id: str, seat: Seat = editor) -> Response:
        draft = editable(publishing, seat, draft_id)
        holds = typed(seat.form).value("holds") == "yes"
        done = publishing.writing.set_aside(draft.draft_id, statement_id, seat.member.name, holds=holds)
        return turned(seat, done, draft_id, "write", "已改。")

    @router.post("/{draft_id}/move/{name}")
    def move(draft_id: str, name: str, seat: Seat = editor) -> Response:
        """A question or a step of a life event, one place up or down."""
        draft = editable(publishing, seat, draft_id)
        by = -1 if typed(seat.form).value("way") == "up" else 1
        done = publishing.writing.move(draft.draft_id, PartName(name), by, seat.member.name)
        return turned(seat, done, draft_id, "write", "已移动。")

    def turned(seat: Seat, done: Draft | NotNow, draft_id: str, deed: str, said: str) -> Response:
        if isinstance(done, NotNow):
            return seat.go(f"{DRAFTS}/{draft_id}", done.why)
        console.audit.record(entry_of(seat, done, deed, after={"draft": draft_id}))
        return seat.go(f"{DRAFTS}/{draft_id}", said)

    return router


def title_in_list(publishing: Publishing, line: DraftLine | Draft) -> str:
    """Of what is not published yet the draft alone knows how it is called."""
    library = publishing.desk.library
    if is_known(library, line.key):
        return title_of(library, line.key)
    draft = publishing.desk.records.draft(line.draft_id)
    return title_of(library, line.key, draft.body if draft else None)


def draft_of(publishing: Publishing, draft_id: str) -> Draft:
    draft = publishing.desk.records.draft(DraftId(draft_id))
    if draft is None:
        raise Refusal(404, "not_found", "没有这份草稿，请从列表里选。")
    return draft


def editable(publishing: Publishing, seat: Seat, draft_id: str) -> Draft:
    draft = draft_of(publishing, draft_id)
    seat.check(WRITING[draft.key.kind], place_of(publishing.desk.library, draft.key))
    return draft


def entry_of(seat: Seat, draft: Draft, deed: str, **told: Mapping[str, Any]) -> Entry:
    """`deed`: `hand_in`, of whatever the draft is of."""
    return seat.entry(f"{draft.key.kind}.{deed}", draft.key.kind.value, draft.key.thing_id, **told)


def inherited(publishing: Publishing, draft: Draft) -> Mapping[str, Mapping[str, Any]]:
    """What stands above a region's document, by the statement's id; empty for the national one."""
    published = publishing.desk.library.published
    above = resolve_body(
        documents_above(published, draft.document),
        published.regions,
        draft.key.region,
        publishing.desk.today,
        every_day=True,
    )
    return {each["id"]: each for each in (above or {}).get("statements", ())}


def _lines(publishing: Publishing, draft: Draft, findings: list[Finding]) -> list[Line]:
    above = inherited(publishing, draft)
    wrong: dict[str, str] = {}
    for place, message in findings:
        if named := part_at(draft.body, place):
            wrong.setdefault(named, message)
    own = {str(entry.get("id", "")): (within, entry) for within, entry in statements_in(draft.body)}
    removed = set(draft.body.get("remove") or ())
    found = [
        _line(each, entry, "remove" if each in removed else "above", wrong)
        for each, entry in above.items()
        if each not in own
    ]
    found += [
        _line(each, entry, "own" if within == "statements" else within, wrong, str(above.get(each, {}).get("says", "")))
        for each, (within, entry) in own.items()
    ]
    order = {"add": 0, "replace": 1, "own": 2, "remove": 3, "above": 4}
    return sorted(found, key=lambda line: order[line.how])


def _line(statement_id: str, entry: Mapping[str, Any], how: str, wrong: Mapping[str, str], above: str = "") -> Line:
    kind = field_names().kinds.get(str(entry.get("kind")), str(entry.get("kind", "")))
    return Line(statement_id, kind, str(entry.get("says", "")), how, wrong.get(statement_id, ""), above)


def findings_of_part(draft: Draft, name: str, findings: list[Finding]) -> dict[str, str]:
    """Field of the part → the first sentence about it; '' for the part as a whole."""
    found: dict[str, str] = {}
    for place, message in findings:
        of = part_at(draft.body, place)
        if of == name:
            found.setdefault(str(place[0]) if of in WHOLE else str(place[2]) if len(place) > 2 else "", message)
        elif of is None and name == "-":
            found.setdefault(str(place[0]) if place else "", message)
    return found

"""A part of a draft as a form: kept as it is typed, with what is wrong beside each field."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse

from channels.console.knowledge.drafts import draft_of, editable, entry_of, findings_of_part, inherited
from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.statement_form import (
    GUIDE_TEXTS,
    Field,
    fields_of_head,
    fields_of_kind,
    kinds,
    shown,
    taken,
)
from channels.console.knowledge.where import WRITING, place_of, region_name
from channels.console.scenarios.draft_parts import (
    LIVED_TEXTS,
    fields_of_lived,
    in_words_of,
    kinds_of_lived,
    title_of_lived,
)
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, is_slug, typed
from knowledge_base.model import NATIONAL
from service_hall.publishing.differences import of_part
from service_hall.publishing.documents import title_of
from service_hall.publishing.draft import DocumentKind, Draft, DraftState
from service_hall.publishing.fields import field_names
from service_hall.publishing.outcomes import ChangedMeanwhile, NotNow
from service_hall.publishing.parts import HEAD, WHOLE, Part, PartName, part_of
from service_hall.publishing.scenario_fields import label_of
from service_hall.publishing.use_cases import Publishing
from service_hall.publishing.writing import Saved
from service_hall.staff.audit import Wanted
from service_hall.staff.roles import Action

_KINDS = dict(kinds())
_TEXTS = {
    DocumentKind.GUIDE: GUIDE_TEXTS,
    DocumentKind.FACT: GUIDE_TEXTS,
    DocumentKind.SCENARIO: LIVED_TEXTS,
    DocumentKind.RATES: LIVED_TEXTS,
}
_AUTO = "auto"
_LOCKED = {
    DraftState.IN_REVIEW: "草稿正在审核，这里只能看；要改，先到草稿页按“撤回来改”。",
    DraftState.APPROVED: "草稿已经通过，等着发布日，这里只能看；要改，先到草稿页按“撤回来改”。",
    DraftState.HELD: "草稿到了发布日被拦下了，这里只能看；要改，先到草稿页按“撤回来改”。",
    DraftState.PUBLISHED: "这份草稿已经发布，这里只能看；要再改，请从已发布的那一页改。",
    DraftState.DROPPED: "这份草稿已经作废，这里只能看。",
}
_A_SITTING = timedelta(minutes=30)
"""Of somebody who writes at one part."""


def make_parts_router(console: Console, publishing: Publishing) -> APIRouter:
    router = APIRouter(prefix=f"{DRAFTS}/{{draft_id}}", include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))
    editor = Depends(console.seat(Action.EDIT_KNOWLEDGE))

    def page(
        seat: Seat, draft: Draft, part: Part, form: Form | None = None, status: int = 200, **more: Any
    ) -> Response:
        """`form`: as it was typed; None: as it is kept."""
        library = publishing.desk.library
        fields, texts = _fields(draft, part), _TEXTS[draft.key.kind]
        form = form or shown(part.value, fields, texts)
        for name, message in findings_of_part(draft, part.name, publishing.writing.findings(draft)).items():
            sent = next((each.sent_as for each in fields if each.name == name), "")
            form.refuse(sent, message if sent or not name else f"{_label(draft, part, name)}：{message}")
        above = inherited(publishing, draft).get(part.name) if _has_above(draft) else None
        return seat.show(
            "knowledge/part.html",
            status=status,
            draft=draft,
            part=part,
            is_head=part.name == HEAD,
            fields=fields,
            form=form,
            title=_title(draft, part),
            name=title_of(library, draft.key, draft.body),
            region=region_name(library, draft.key),
            is_guide=draft.key.kind is DocumentKind.GUIDE,
            may_remove=bool(part.within) and part.name not in WHOLE and not _is_needed(draft, part),
            words=in_words_of(draft, part),
            above=above,
            seen=part_of(draft.body, part.name).digest,
            why_locked=_LOCKED.get(draft.state, "您的账号不能改这里。"),
            may_edit=seat.may(WRITING[draft.key.kind], place_of(library, draft.key))
            and draft.state is DraftState.WRITING,
            sources=sorted((each.id, each.title, sorted(each.articles)) for each in library.published.sources.values()),
            **{"is_kept": status != 409, **more},
        )

    @router.get("/new")
    def ask_new(draft_id: str, seat: Seat = editor) -> Response:
        draft = editable(publishing, seat, draft_id)
        return seat.show("knowledge/new_part.html", draft=draft, kinds=_kinds(draft), form=Form())

    @router.post("/new")
    def add(draft_id: str, seat: Seat = editor) -> Response:
        draft, form = editable(publishing, seat, draft_id), typed(seat.form)
        part_id, kind = form.value("id").strip(), form.value("kind")
        if kind not in dict(_kinds(draft)):
            form.refuse("kind", "请选一个种类。")
        made = new_part(draft, kind, part_id)
        if not is_slug(part_id):
            form.refuse("id", "编号用小写字母、数字和连字符，例如 fee-lost。")
        elif part_of(draft.body, made.name).value is not None or part_id in inherited(publishing, draft):
            form.refuse("id", "这个编号已经有了，请换一个。")
        if form.errors:
            return seat.show("knowledge/new_part.html", status=422, draft=draft, kinds=_kinds(draft), form=form)
        done = publishing.writing.save(draft.draft_id, made, replace(made, value=None).digest, seat.member.name)
        if isinstance(done, NotNow):
            return seat.go(f"{DRAFTS}/{draft_id}", done.why)
        return seat.go(f"{DRAFTS}/{draft_id}/parts/{made.name}")

    @router.get("/parts/{name}")
    def show(draft_id: str, name: str, seat: Seat = reader) -> Response:
        draft = draft_of(publishing, draft_id)
        return page(seat, draft, _part(publishing, draft, name))

    @router.post("/parts/{name}")
    def save(draft_id: str, name: str, seat: Seat = editor) -> Response:
        draft, form = editable(publishing, seat, draft_id), typed(seat.form)
        now = _part(publishing, draft, name)
        is_auto = form.value(_AUTO) == "1"
        if form.errors and not is_auto:
            return page(seat, draft, now, form, 422, is_kept=False)
        wanted = replace(now, value=taken(form, _fields(draft, now), now.value, _TEXTS[draft.key.kind]))
        if wanted.value == now.value and part_of(draft.body, now.name).value is None:
            # What stands above and was not touched needs no entry of its own.
            return (
                seat.go(f"{DRAFTS}/{draft_id}", "没有改动。")
                if not is_auto
                else JSONResponse({"seen": part_of(draft.body, now.name).digest, "said": ""})
            )
        done = publishing.writing.save(draft.draft_id, wanted, form.value("seen"), seat.member.name)
        if is_auto:
            if isinstance(done, Saved) and not _is_noted(seat, draft, name):
                told = {"part": name, "digest": done.part.digest, _AUTO: True}
                was = {"part": name, "digest": now.digest}
                console.audit.record(entry_of(seat, draft, "write", before=was, after=told))
            return _told(done, publishing)
        match done:
            case Saved():
                wrong = findings_of_part(done.draft, name, publishing.writing.findings(done.draft))
                before, after = ({"part": name, "digest": each.digest} for each in (now, done.part))
                console.audit.record(entry_of(seat, draft, "write", before=before, after=after))
                if wrong:
                    return page(seat, done.draft, done.part, form, 422)
                return seat.go(f"{DRAFTS}/{draft_id}", "已存进草稿。")
            case ChangedMeanwhile():
                return page(seat, done.draft, done.now, form, 409, beaten_by=done.by, theirs=of_part(done.now, wanted))
            case NotNow():
                return page(seat, draft, now, form.refuse("", done.why), 409)

    @router.post("/parts/{name}/remove")
    def remove(draft_id: str, name: str, seat: Seat = editor) -> Response:
        draft = editable(publishing, seat, draft_id)
        now = part_of(draft.body, PartName(name))
        done = publishing.writing.save(
            draft.draft_id, replace(now, value=None), typed(seat.form).value("seen"), seat.member.name
        )
        if not isinstance(done, Saved):
            why = done.why if isinstance(done, NotNow) else f"{done.by} 刚刚改过这一条，请看过再删。"
            return seat.go(f"{DRAFTS}/{draft_id}/parts/{name}", why)
        before, after = ({"part": name, "digest": each} for each in (now.digest, ""))
        console.audit.record(entry_of(seat, draft, "write", before=before, after=after))
        return seat.go(f"{DRAFTS}/{draft_id}", "已从草稿里删掉。")

    return router


def _is_noted(seat: Seat, draft: Draft, name: str) -> bool:
    """What is kept while somebody types is one line of the book, however often it is kept."""
    since = seat.console.clock() - _A_SITTING
    kind = draft.key.kind
    wanted = Wanted(seat.member.name, f"{kind}.write", kind.value, draft.key.thing_id, since)
    return any(line.entry.after.get("part") == name for line in seat.console.audit.lines(wanted))


def _part(publishing: Publishing, draft: Draft, name: str) -> Part:
    """In a region's document what stands above is shown to be replaced."""
    found = part_of(draft.body, PartName(name))
    if found.value is None and _has_above(draft) and (above := inherited(publishing, draft).get(name)):
        return Part(found.name, {key: value for key, value in above.items() if key != "region"}, "replace")
    return found


def _fields(draft: Draft, part: Part) -> tuple[Field, ...]:
    if draft.key.kind is not DocumentKind.GUIDE:
        return fields_of_lived(part.name)
    if part.name == HEAD:
        return fields_of_head()
    kind = str((part.value or {}).get("kind", "note"))
    return fields_of_kind(kind if kind in _KINDS else "note")


def _title(draft: Draft, part: Part) -> tuple[str, str]:
    """What it is, and its id."""
    if draft.key.kind is not DocumentKind.GUIDE:
        return title_of_lived(part.name)
    if part.name == HEAD:
        return "事项的基本信息", ""
    return _KINDS.get(str((part.value or {}).get("kind")), "陈述"), part.name


def _label(draft: Draft, part: Part, field: str) -> str:
    return field_names().label(field) if draft.key.kind is DocumentKind.GUIDE else label_of(part.name, field)


def _kinds(draft: Draft) -> list[tuple[str, str]]:
    return kinds() if draft.key.kind is DocumentKind.GUIDE else kinds_of_lived(draft)


def new_part(draft: Draft, kind: str, part_id: str) -> Part:
    if draft.key.kind is DocumentKind.GUIDE:
        return Part(PartName(part_id), {"id": part_id, "kind": kind, "says": ""})
    return Part(PartName(f"{kind}.{part_id}"), {"id": part_id}, kind)


def _is_needed(draft: Draft, part: Part) -> bool:
    """Calculators know rates by their names: one that was published stays."""
    return part.within == "rates" and part_of(draft.base or {}, part.name).value is not None


def _has_above(draft: Draft) -> bool:
    return draft.key.kind is DocumentKind.GUIDE and draft.key.region != NATIONAL


def _told(done: Saved | ChangedMeanwhile | NotNow, publishing: Publishing) -> Response:
    """To the script that keeps what is typed."""
    match done:
        case Saved():
            at = publishing.desk.now()
            return JSONResponse({"seen": done.part.digest, "said": f"{at:%H:%M:%S} 已存进草稿"})
        case ChangedMeanwhile():
            return JSONResponse({"said": f"{done.by} 刚刚改过这一条；按“保存”看差别，您写的还在。"}, 409)
        case NotNow():
            return JSONResponse({"said": done.why}, 409)

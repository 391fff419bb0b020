"""A part of a draft as a form: kept as it is typed, with what is wrong beside each field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse

from channels.console.knowledge.drafts import draft_of, editable, findings_of_part, inherited
from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.statement_form import Field, fields_of_head, fields_of_kind, kinds, shown, taken
from channels.console.knowledge.where import place_of, region_names
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, typed
from knowledge_base.model import NATIONAL
from service_hall.publishing.differences import of_part
from service_hall.publishing.draft import Draft, DraftState
from service_hall.publishing.fields import field_names
from service_hall.publishing.outcomes import ChangedMeanwhile, NotNow
from service_hall.publishing.parts import HEAD, Part, PartName, part_of
from service_hall.publishing.use_cases import Publishing
from service_hall.publishing.writing import Saved
from service_hall.staff.roles import Action

_KINDS = dict(kinds())
_AUTO = "auto"


def make_parts_router(console: Console, publishing: Publishing) -> APIRouter:
    router = APIRouter(prefix=f"{DRAFTS}/{{draft_id}}", include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))
    editor = Depends(console.seat(Action.EDIT_KNOWLEDGE))

    def page(
        seat: Seat, draft: Draft, part: Part, form: Form | None = None, status: int = 200, **more: Any
    ) -> Response:
        """`form`: as it was typed; None: as it is kept."""
        library = publishing.desk.library
        fields = _fields(part)
        form = form or shown(part.value, fields)
        for name, message in findings_of_part(draft, part.name, publishing.writing.findings(draft)).items():
            sent = next((each.sent_as for each in fields if each.name == name), "")
            form.refuse(sent, message if sent or not name else f"{field_names().label(name)}：{message}")
        above = inherited(publishing, draft).get(part.name) if draft.key.region != NATIONAL else None
        return seat.show(
            "knowledge/part.html",
            status=status,
            draft=draft,
            part=part,
            is_head=part.name == HEAD,
            is_kept=status != 409,
            fields=fields,
            form=form,
            kind=_KINDS.get(str((part.value or {}).get("kind")), ""),
            name=library.names.get(draft.key.guide_id, draft.key.guide_id),
            region=region_names(library).get(draft.key.region, draft.key.region),
            above=above,
            seen=part_of(draft.body, part.name).digest,
            may_edit=seat.may(Action.EDIT_KNOWLEDGE, place_of(library, draft.key))
            and draft.state is DraftState.WRITING,
            sources=sorted((each.id, each.title, sorted(each.articles)) for each in library.published.sources.values()),
            **more,
        )

    @router.get("/new")
    def ask_new(draft_id: str, seat: Seat = editor) -> Response:
        draft = editable(publishing, seat, draft_id)
        return seat.show("knowledge/new_statement.html", draft=draft, kinds=kinds(), form=Form())

    @router.post("/new")
    def add(draft_id: str, seat: Seat = editor) -> Response:
        draft, form = editable(publishing, seat, draft_id), typed(seat.form)
        statement_id, kind = form.value("id").strip(), form.value("kind")
        if kind not in _KINDS:
            form.refuse("kind", "请选一个种类。")
        if not _is_slug(statement_id):
            form.refuse("id", "编号用小写字母、数字和连字符，例如 fee-lost。")
        elif part_of(draft.body, PartName(statement_id)).value is not None or statement_id in inherited(
            publishing, draft
        ):
            form.refuse("id", "这个编号已经有了，请换一个。")
        if form.errors:
            return seat.show("knowledge/new_statement.html", status=422, draft=draft, kinds=kinds(), form=form)
        made = Part(PartName(statement_id), {"id": statement_id, "kind": kind, "says": ""})
        done = publishing.writing.save(draft.draft_id, made, replace(made, value=None).digest, seat.member.name)
        if isinstance(done, NotNow):
            return seat.go(f"{DRAFTS}/{draft_id}", done.why)
        return seat.go(f"{DRAFTS}/{draft_id}/parts/{statement_id}")

    @router.get("/parts/{name}")
    def show(draft_id: str, name: str, seat: Seat = reader) -> Response:
        draft = draft_of(publishing, draft_id)
        return page(seat, draft, _part(publishing, draft, name))

    @router.post("/parts/{name}")
    def save(draft_id: str, name: str, seat: Seat = editor) -> Response:
        draft, form = editable(publishing, seat, draft_id), typed(seat.form)
        now = _part(publishing, draft, name)
        is_auto = form.value(_AUTO) == "1"
        wanted = replace(now, value=taken(form, _fields(now), now.value))
        if wanted.value == now.value and part_of(draft.body, now.name).value is None:
            # What stands above and was not touched needs no entry of its own.
            return (
                seat.go(f"{DRAFTS}/{draft_id}", "没有改动。")
                if not is_auto
                else JSONResponse({"seen": part_of(draft.body, now.name).digest, "said": ""})
            )
        done = publishing.writing.save(draft.draft_id, wanted, form.value("seen"), seat.member.name)
        if is_auto:
            return _told(done, publishing)
        match done:
            case Saved():
                wrong = findings_of_part(done.draft, name, publishing.writing.findings(done.draft))
                console.audit.record(
                    seat.entry(
                        "guide.write",
                        "guide",
                        draft.key.guide_id,
                        before={"part": name, "digest": now.digest},
                        after={"part": name, "digest": done.part.digest},
                    )
                )
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
        console.audit.record(
            seat.entry(
                "guide.write",
                "guide",
                draft.key.guide_id,
                before={"part": name, "digest": now.digest},
                after={"part": name, "digest": ""},
            )
        )
        return seat.go(f"{DRAFTS}/{draft_id}", "已从草稿里删掉。")

    return router


def _part(publishing: Publishing, draft: Draft, name: str) -> Part:
    """In a region's document what stands above is shown to be replaced."""
    found = part_of(draft.body, PartName(name))
    if found.value is None and (above := inherited(publishing, draft).get(name)):
        return Part(found.name, {key: value for key, value in above.items() if key != "region"}, "replace")
    return found


def _fields(part: Part) -> tuple[Field, ...]:
    if part.name == HEAD:
        return fields_of_head()
    kind = str((part.value or {}).get("kind", "note"))
    return fields_of_kind(kind if kind in _KINDS else "note")


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


def _is_slug(text: str) -> bool:
    bare = text.replace("-", "")
    return (
        bool(bare) and text.isascii() and bare.isalnum() and text == text.lower() and text[0] != "-" and len(text) <= 64
    )

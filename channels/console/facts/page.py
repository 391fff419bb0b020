"""`/console/facts`: what the hall says of itself, such as its car park: written in a form, reviewed and published as
guides are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fastapi import APIRouter, Depends, Response

from channels.console.facts.forms import changed, shown
from channels.console.knowledge.drafts import entry_of
from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.where import fact_key
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, typed
from channels.refusals import Refusal
from knowledge_base.documents import GuideDocument
from service_hall.hall import Hall
from service_hall.publishing.documents import title_of
from service_hall.publishing.draft import DocumentKey, Draft, DraftState
from service_hall.publishing.outcomes import ChangedMeanwhile, NotNow
from service_hall.publishing.parts import HEAD, part_of
from service_hall.publishing.use_cases import Publishing
from service_hall.staff.member import Place
from service_hall.staff.roles import Action

FACTS = "/console/facts"
_KINDS = {"hall": "大厅", "matter": "别处办的事", "event": "遇到的事"}


def make_facts_router(console: Console, hall: Hall, publishing: Publishing) -> APIRouter:
    router = APIRouter(prefix=FACTS, include_in_schema=False)
    editor = Depends(console.seat(Action.EDIT_OFFICES))

    def documents() -> Iterator[GuideDocument]:
        for of_topic in hall.library().published.topics.values():
            yield from of_topic

    def found(seat: Seat, key: str) -> GuideDocument:
        document = next((each for each in documents() if key_of(each) == key), None)
        if document is None:
            raise Refusal(404)
        seat.check(Action.EDIT_OFFICES, Place(hall.library().regions.chain(document.region)))
        return document

    def open_draft(document: GuideDocument) -> Draft | None:
        return publishing.desk.records.open_draft_of(DocumentKey.of(document))

    def page(
        seat: Seat, document: GuideDocument, form: Form, was: str, draft: Draft | None, status: int = 200
    ) -> Response:
        library = hall.library()
        numbers = [int(name.split(".")[1]) for name in form.said if name.startswith("details.")]
        return seat.show(
            "fact.html",
            status=status,
            key=key_of(document),
            topic=document.guide_id,
            title=title_of(library, DocumentKey.of(document)),
            region=library.regions[document.region].name,
            form=form,
            was=was,
            draft=draft,
            is_written=draft is None or draft.state is DraftState.WRITING,
            rows=range(max(numbers, default=-1) + 1),
            sources=library.published.sources.values(),
        )

    @router.get("")
    def show_all(seat: Seat = editor) -> Response:
        library = hall.library()
        hers = [
            (
                key_of(each),
                title_of(library, DocumentKey.of(each)),
                _KINDS.get(str(each.body.get("kind", "")), ""),
                library.regions[each.region].name,
                open_draft(each),
            )
            for each in documents()
            if seat.may(Action.EDIT_OFFICES, Place(library.regions.chain(each.region)))
        ]
        return seat.show("facts.html", facts=hers)

    @router.get("/{key}")
    def show(key: str, seat: Seat = editor) -> Response:
        document = found(seat, key)
        draft = open_draft(document)
        written = draft.document if draft else document
        form = Form(shown(written, hall.library()))
        return page(seat, document, form, part_of(written.body, HEAD).digest, draft)

    @router.post("/{key}")
    def change(key: str, seat: Seat = editor) -> Response:
        document, form, was = found(seat, key), typed(seat.form), str(seat.form.get("was", ""))
        draft = open_draft(document)
        written = draft.document if draft else document
        wanted = changed(replace(document, body=written.body), form, hall.library())
        if wanted is None:
            return page(seat, document, form, was, draft, 422)
        now = part_of(written.body, HEAD)
        if was != now.digest:
            form.refuse("", "有人刚改过这一条，您写的还在下面。请另开一页看看现在的样子，再保存就以您的为准。")
            return page(seat, document, form, now.digest, draft, 409)
        draft = draft or publishing.writing.begin(DocumentKey.of(document), seat.member.name)
        done = publishing.writing.save(draft.draft_id, part_of(wanted.body, HEAD), was, seat.member.name)
        if isinstance(done, ChangedMeanwhile | NotNow):
            why = done.why if isinstance(done, NotNow) else "有人刚改过这一条，请刷新后再改。"
            return page(seat, document, form.refuse("", why), was, draft, 409)
        told = {"before": _differing(document, wanted), "after": _differing(wanted, document)}
        console.audit.record(entry_of(seat, done.draft, "write", **told))
        return seat.go(f"{DRAFTS}/{draft.draft_id}", "已存进草稿；送审通过后，下一句话就这样回答。")

    return router


def key_of(document: GuideDocument) -> str:
    return fact_key(DocumentKey.of(document))


def _differing(document: GuideDocument, other: GuideDocument) -> dict[str, object]:
    return {name: value for name, value in document.body.items() if value != other.body.get(name)}

"""`/console/scenarios/new`, `/console/rates/new`: a life event or a group of rates that there is not yet, as drafts."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from channels.console.knowledge.drafts import entry_of
from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.where import whole_hall
from channels.console.scenarios.days import SCENARIOS
from channels.console.scenarios.writing import RATES
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, is_slug, read, typed
from knowledge_base.documents import Body
from service_hall.publishing.beginning import new_rates, new_scenario
from service_hall.publishing.draft import DocumentKey
from service_hall.publishing.use_cases import Publishing
from service_hall.staff.roles import Action

AUDIENCES = ("个人", "企业", "个人/企业")
_RESERVED = ("new",)
_SLUG = "编号用小写字母、数字和连字符，例如 open-bakery。"
_TAKEN = "这个编号已经有了，请换一个。"


class ScenarioIn(BaseModel):
    id: str = Field(max_length=64)
    title: str = Field(min_length=2, max_length=40)
    audience: str
    theme: str
    like: str = ""


class RatesIn(BaseModel):
    id: str = Field(max_length=64)
    title: str = Field(min_length=2, max_length=40)
    rate_id: str = Field(max_length=64)
    rate_title: str = Field(min_length=2, max_length=60)


def make_beginning_router(console: Console, publishing: Publishing) -> APIRouter:
    """Before the routers where any word may be an event, or a group of rates."""
    router = APIRouter(include_in_schema=False)
    editor = Depends(console.seat(Action.EDIT_SCENARIOS))

    def seated(seat: Seat) -> Seat:
        seat.check(Action.EDIT_SCENARIOS, whole_hall(publishing.desk.library))
        return seat

    def themes() -> list[str]:
        return sorted({item.theme for item in publishing.desk.library.published.catalogue})

    def ask(seat: Seat, form: Form, status: int = 200) -> Response:
        scenarios = publishing.desk.library.published.scenarios.values()
        return seat.show(
            "scenarios/new.html",
            status=status,
            form=form,
            themes=[(each, each) for each in themes()],
            audiences=[(each, each) for each in AUDIENCES],
            likes=[("", "空白的")] + [(each.id, each.title) for each in scenarios],
        )

    def begun(seat: Seat, key: DocumentKey, body: Body) -> Response:
        draft = publishing.writing.begin(key, seat.member.name, body)
        console.audit.record(entry_of(seat, draft, "begin", after={"draft": draft.draft_id}))
        return seat.go(f"{DRAFTS}/{draft.draft_id}", "草稿已经建好，送审发布以前群众看不到。")

    @router.get(f"{SCENARIOS}/new")
    def ask_scenario(seat: Seat = editor) -> Response:
        return ask(seated(seat), Form())

    @router.post(f"{SCENARIOS}/new")
    def begin_scenario(seat: Seat = editor) -> Response:
        form = typed(seated(seat).form)
        wanted = read(form, ScenarioIn)
        if wanted is None:
            return ask(seat, form, 422)
        desk, key = publishing.desk, DocumentKey.of_scenario(wanted.id)
        published = desk.library.published
        _check_id(form, "id", wanted.id, (*published.scenarios, *published.withdrawn, *_RESERVED))
        if not form.errors and desk.records.open_draft_of(key):
            form.refuse("id", "这个编号有人正在写，在“草稿”里接着写。")
        like = desk.published(DocumentKey.of_scenario(wanted.like)) if wanted.like else None
        if wanted.like and like is None:
            form.refuse("like", "请从列表里选。")
        if wanted.audience not in AUDIENCES:
            form.refuse("audience", "请从列表里选。")
        if wanted.theme not in themes():
            form.refuse("theme", "请从列表里选。")
        if form.errors:
            return ask(seat, form, 422)
        return begun(seat, key, new_scenario(wanted.id, wanted.title, wanted.theme, wanted.audience, like))

    @router.get(f"{RATES}/new")
    def ask_rates(seat: Seat = editor) -> Response:
        return seated(seat).show("scenarios/new_rates.html", form=Form())

    @router.post(f"{RATES}/new")
    def begin_rates(seat: Seat = editor) -> Response:
        form = typed(seated(seat).form)
        wanted = read(form, RatesIn)
        if wanted:
            key = DocumentKey.of_rates(wanted.id)
            _check_id(form, "id", wanted.id, (*publishing.desk.library.published.rates.files, *_RESERVED))
            _check_id(form, "rate_id", wanted.rate_id, ())
            if not form.errors and publishing.desk.records.open_draft_of(key):
                form.refuse("id", "这个编号有人正在写，在“草稿”里接着写。")
            if not form.errors:
                return begun(seat, key, new_rates(wanted.id, wanted.title, wanted.rate_id, wanted.rate_title))
        return seat.show("scenarios/new_rates.html", status=422, form=form)

    return router


def _check_id(form: Form, name: str, said: str, taken: Collection[str]) -> None:
    if not is_slug(said):
        form.refuse(name, _SLUG)
    elif said in taken:
        form.refuse(name, _TAKEN)

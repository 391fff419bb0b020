"""`/console/knowledge/testing`: what a question, a sheet or a saved set comes to, beside last time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from channels.console.knowledge.where import shown_at, whole_hall
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, filled, read, typed
from channels.limits import MOST_CHARACTERS
from channels.refusals import Refusal
from service_hall.publishing.hit_testing import MOST_OF_A_SHEET, MOST_WAITED_FOR, Sheet
from service_hall.publishing.question_sets import QuestionSet, RunId, SavedQuestion, SetId
from service_hall.publishing.use_cases import Publishing
from service_hall.staff.roles import Action

TESTING = "/console/knowledge/testing"
_TOO_MANY = f"一次最多测{MOST_OF_A_SHEET}句，请分几次，或者存成题集。"
FIGURES = {
    "nearest": "最近的句子",
    "nearby": "相近的句子",
    "to_the_point": "去掉问法后",
    "lexical": "用词",
    "coverage": "词都说到",
    "named": "点了名",
    "off_topic": "像闲聊",
    "learned": "学过的问法",
    "meant: nearest": "意思最近",
    "meant: nearby": "意思相近",
    "meant: share": "意思占比",
}
_LEADS = "lead in "
"""What speaks for an item, in the words of a curator."""
_OF_REVIEWERS = "这些题发布前必测，去掉和改动要审核员来做；您可以加题。"
_OF_WHOLE_HALL = "发布前必测的题管全厅，只有不限地区和部门的账号能加和改；您可以另存一个不必测的题集。"
DECISIONS = {"answer": "回答", "choices": "给选项", "nothing": "没有找到"}


class SetIn(BaseModel):
    name: str = Field(min_length=1, max_length=80)
    questions: str = Field(min_length=1, max_length=400_000)
    is_gate: bool = False


def make_testing_router(console: Console, publishing: Publishing) -> APIRouter:
    router = APIRouter(prefix=TESTING, include_in_schema=False)
    tester = Depends(console.seat(Action.TRY_SEARCH))
    editor = Depends(console.seat(Action.EDIT_KNOWLEDGE))
    testing, records = publishing.hit_testing, publishing.desk.questions

    def sheet_page(seat: Seat, sheet: Sheet, kept: QuestionSet | None = None, only: str = "") -> Response:
        rows = [row for row in sheet.rows if only != "changed" or row.is_another]
        rows = [row for row in rows if only != "wrong" or row.now.is_as_expected is False]
        return seat.show(
            "knowledge/sheet.html",
            sheet=sheet,
            rows=rows,
            only=only,
            set=kept,
            title=publishing.desk.library.title,
            shown_at=partial(shown_at, publishing.desk.library),
            decisions=DECISIONS,
            figure_name=figure_name,
        )

    @router.get("")
    def ask(q: str = "", seat: Seat = tester) -> Response:
        asked = q.strip()[:MOST_CHARACTERS]
        found = testing.try_out(asked) if asked else None
        before = records.last_results([found.answer.question], publishing.desk.now()) if found else {}
        return seat.show(
            "knowledge/testing.html",
            q=asked,
            found=found,
            last=before.get(found.answer.question) if found else None,
            title=publishing.desk.library.title,
            shown_at=partial(shown_at, publishing.desk.library),
            decisions=DECISIONS,
            figure_name=figure_name,
            sets=records.sets(),
            form=Form(),
        )

    @router.post("")
    def run_sheet(seat: Seat = tester) -> Response:
        form = typed(seat.form)
        questions = testing.with_ids(questions_in(form.value("questions")))
        if not questions or len(questions) > MOST_OF_A_SHEET:
            form.refuse("questions", _TOO_MANY if questions else "请写要测的问题，一行一句。")
        elif unknown := testing.unknown_items(questions):
            form.refuse("questions", _unknown(unknown))
        if form.errors:
            return seat.show(
                "knowledge/testing.html", status=422, q="", found=None, last=None, sets=records.sets(), form=form
            )
        if len(questions) > MOST_WAITED_FOR:
            return seat.go(f"{TESTING}/runs/{testing.begin_sheet(questions, seat.member.name)}")
        return seat.go(f"{TESTING}/runs/{testing.run(questions, seat.member.name).run.run_id}")

    @router.get("/runs/{run_id}")
    def show_run(run_id: str, only: str = "", seat: Seat = tester) -> Response:
        if under_way := testing.sheet_under_way(RunId(run_id)):
            return seat.show("knowledge/sheet_under_way.html", under_way=under_way)
        run = records.run(RunId(run_id))
        if run is None:
            raise Refusal(404, "not_found", "没有这次测试，可能已经过了保留期。")
        return sheet_page(seat, testing.shown_again(run), records.set(run.set_id) if run.set_id else None, only)

    @router.get("/sets/new")
    def ask_set(seat: Seat = editor) -> Response:
        return seat.show("knowledge/set.html", set=None, runs=[], form=Form())

    @router.post("/sets/new")
    def add_set(seat: Seat = editor) -> Response:
        return keep(seat, None)

    @router.get("/sets/{set_id}")
    def show_set(set_id: str, seat: Seat = tester) -> Response:
        kept = set_of(set_id)
        form = filled(
            {"name": kept.name, "questions": text_of(kept.questions), "is_gate": "on" if kept.is_gate else ""}
        )
        is_under_way = testing.is_under_way(kept.set_id)
        return seat.show(
            "knowledge/set.html", set=kept, runs=records.runs(kept.set_id), form=form, is_under_way=is_under_way
        )

    @router.post("/sets/{set_id}")
    def change_set(set_id: str, seat: Seat = editor) -> Response:
        return keep(seat, set_of(set_id))

    @router.post("/sets/{set_id}/run")
    def run_set(set_id: str, seat: Seat = tester) -> Response:
        kept = set_of(set_id)
        if len(kept.questions) > MOST_WAITED_FOR:
            testing.begin_set(kept.set_id, seat.member.name)
            return seat.go(f"{TESTING}/sets/{set_id}")
        sheet = testing.run_set(kept.set_id, seat.member.name)
        if sheet is None:
            raise Refusal(404, "not_found", "没有这个题集，请从列表里选。")
        return seat.go(f"{TESTING}/runs/{sheet.run.run_id}")

    def again(seat: Seat, before: QuestionSet | None, form: Form, status: int = 422) -> Response:
        runs = records.runs(before.set_id) if before else []
        return seat.show("knowledge/set.html", status=status, set=before, runs=runs, form=form)

    def keep(seat: Seat, before: QuestionSet | None) -> Response:
        form = typed(seat.form)
        wanted = read(form, SetIn)
        if wanted is None:
            return again(seat, before, form)
        questions = testing.with_ids(questions_in(wanted.questions))
        known = {one for each in (before.questions if before else ()) for one in each.expects}  # withdrawn since
        if unknown := [each for each in testing.unknown_items(questions) if each not in known]:
            form.refuse("questions", _unknown(unknown))
            return again(seat, before, form)
        # What is asked before each publication guards the whole hall.
        place = whole_hall(publishing.desk.library)
        is_of_gate = wanted.is_gate or (before is not None and before.is_gate)
        if is_of_gate and not seat.may(Action.EDIT_KNOWLEDGE, place):
            form.refuse("is_gate", _OF_WHOLE_HALL)
        elif before and not seat.may(Action.REVIEW_KNOWLEDGE, place) and _takes_away(before, questions, wanted.is_gate):
            form.refuse("questions", _OF_REVIEWERS)
        if form.errors:
            return again(seat, before, form, 403)
        kept = testing.keep_set(
            before.set_id if before else None,
            wanted.name,
            questions,
            wanted.is_gate,
            seat.member.name,
        )
        told = {"name": kept.name, "questions": len(kept.questions), "is_gate": kept.is_gate}
        console.audit.record(seat.entry("questions.keep_set", "question set", kept.set_id, after=told))
        return seat.go(f"{TESTING}/sets/{kept.set_id}", f"已保存，共{len(kept.questions)}句。")

    def set_of(set_id: str) -> QuestionSet:
        kept = records.set(SetId(set_id))
        if kept is None:
            raise Refusal(404, "not_found", "没有这个题集，请从列表里选。")
        return kept

    return router


def _takes_away(before: QuestionSet, questions: Sequence[SavedQuestion], is_gate: bool) -> bool:
    """From what is asked before each publication, with what is expected of it: whoever puts other questions in its
    place takes it away as well."""
    now = {each.text: each.expects for each in questions}
    return before.is_gate and (not is_gate or any(now.get(each.text) != each.expects for each in before.questions))


def _unknown(items: Sequence[str]) -> str:
    return f"没有这些事项：{'、'.join(items[:5])}。请写事项的编号或名称；不该回答的写 -。"


def figure_name(name: str) -> str:
    if name.startswith(_LEADS):
        return f"{figure_name(name.removeprefix(_LEADS))}领先"
    return FIGURES.get(name, name)


def questions_in(text: str) -> list[SavedQuestion]:
    """A question a line; behind a bar or a tab the items that may answer it: 问句 | id-card-lost, id-card-renew."""
    found = []
    for line in text.replace("\t", "|").replace("｜", "|").splitlines():
        question, _, items = line.partition("|")
        if question.strip():
            expects = tuple(each.strip() for each in items.replace("，", ",").split(",") if each.strip())
            found.append(SavedQuestion(question.strip()[:MOST_CHARACTERS], expects))
    return found


def text_of(questions: Sequence[SavedQuestion]) -> str:
    return "\n".join(each.text + (f" | {', '.join(each.expects)}" if each.expects else "") for each in questions)

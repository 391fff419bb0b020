"""`/console/knowledge/asked`: what citizens asked in vain, and the ways to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import filled, read, typed
from channels.console.shell.items import items_of
from channels.console.shell.regions import choice_of_regions, region_names, regions_asked
from channels.refusals import Refusal
from knowledge_base.language.tokenize import plain
from service_hall.hall import Hall
from service_hall.publishing.answers import look
from service_hall.publishing.asked import Cluster
from service_hall.publishing.asked_records import Task, TaskId, Trouble
from service_hall.publishing.use_cases import Publishing
from service_hall.staff.member import Place
from service_hall.staff.roles import Action

ASKED = "/console/knowledge/asked"
TROUBLES = {Trouble.UNANSWERED: "没答上", Trouble.UNSURE: "拿不准", Trouble.NOT_USEFUL: "说没用"}
DAYS = (7, 30, 90)
MOST_SHOWN = 50
MOST_TIMES = 1_000_000
_NOT_HERS = "您只能派给自己范围内的部门。"


def given_to(cluster: Cluster, tasks: Sequence[Task]) -> list[str]:
    """The departments that are to say what the answer is."""
    ways = {plain(each) for each in (cluster.question, *cluster.examples)}
    return list(
        dict.fromkeys(each.department for each in tasks if each.done_at is None and plain(each.question) in ways)
    )


class TaskIn(BaseModel):
    question: str = Field(min_length=1, max_length=1000)
    times: int = Field(default=1, ge=1, le=MOST_TIMES)
    department: str = Field(min_length=1, max_length=80)
    due_on: date
    note: str = Field(default="", max_length=400)


def make_asked_router(console: Console, publishing: Publishing, hall: Hall) -> APIRouter:
    router = APIRouter(prefix=ASKED, include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_CONVERSATIONS))
    giver = Depends(console.seat(Action.ASSIGN_WORK))
    asked = publishing.asked

    def answered_now(cluster: Cluster) -> bool:
        return look(publishing.desk.library, cluster.question).decision == "answer"

    def place_of(department: str = "") -> Place:
        """The whole hall is asked, whatever the region; the answer is the department's ('': of whoever it will be)."""
        library = publishing.desk.library
        return Place(library.regions.chain(library.home), department)

    def assigner(seat: Seat = giver) -> Seat:
        seat.check(Action.ASSIGN_WORK, place_of())
        return seat

    of_hall = Depends(assigner)

    def tasks_of(seat: Seat) -> list[Task]:
        """Those that she may finish."""
        return [each for each in asked.tasks() if seat.may(Action.ASSIGN_WORK, place_of(each.department))]

    @router.get("")
    def show(
        days: int = DAYS[0],
        why: str = "",
        region: Annotated[str, Query(max_length=12)] = "",
        seat: Seat = reader,
    ) -> Response:
        trouble = Trouble(why) if why in set(Trouble) else None
        hers, items = regions_asked(seat, hall, region), items_of(seat.member, hall)
        sees_tasks = seat.may(Action.ASSIGN_WORK)
        tasks = tasks_of(seat) if sees_tasks else []
        found = asked.clusters(days if days in DAYS else DAYS[0], trouble, hers, items)
        return seat.show(
            "knowledge/asked.html",
            rows=[(each, answered_now(each)) for each in found[:MOST_SHOWN]],
            others=len(found) - MOST_SHOWN,
            days=days,
            all_days=DAYS,
            why=why,
            troubles=TROUBLES,
            region=region,
            places=choice_of_regions(seat, hall),
            region_names=region_names(hall),
            sees_tasks=sees_tasks,
            given=lambda cluster: given_to(cluster, tasks),
            may_assign=seat.may(Action.ASSIGN_WORK, place_of()),
        )

    @router.get("/tasks")
    def show_tasks(seat: Seat = giver) -> Response:
        today = publishing.desk.today
        return seat.show(
            "knowledge/tasks.html",
            tasks=[(each, each.is_late(today)) for each in tasks_of(seat)],
        )

    @router.get("/tasks/new")
    def ask_task(question: str = "", times: int = 1, seat: Seat = of_hall) -> Response:
        return seat.show("knowledge/new_task.html", form=filled({"question": question, "times": times}))

    @router.post("/tasks/new")
    def assign(seat: Seat = of_hall) -> Response:
        form = typed(seat.form)
        wanted = read(form, TaskIn)
        if wanted and wanted.due_on < publishing.desk.today:
            form.refuse("due_on", "这一天已经过了。")
        if wanted is None or form.errors:
            return seat.show("knowledge/new_task.html", status=422, form=form)
        if not seat.may(Action.ASSIGN_WORK, place_of(wanted.department)):
            return seat.show("knowledge/new_task.html", status=403, form=form.refuse("department", _NOT_HERS))
        by = seat.member.name
        task = asked.assign(wanted.question, wanted.times, wanted.department, wanted.due_on, wanted.note, by)
        told = {"department": task.department, "due_on": task.due_on.isoformat()}
        console.audit.record(seat.entry("question.assign", "question task", task.task_id, after=told))
        return seat.go(f"{ASKED}/tasks", f"已派给{task.department}，{task.due_on}前答复。")

    @router.post("/tasks/{task_id}/done")
    def finish(task_id: str, seat: Seat = giver) -> Response:
        task = asked.task(TaskId(task_id))
        if task is None:
            raise Refusal(404, "not_found", "没有这件事，请从列表里选。")
        seat.check(Action.ASSIGN_WORK, place_of(task.department))
        asked.finish(task.task_id, seat.member.name)
        console.audit.record(seat.entry("question.done", "question task", task_id))
        return seat.go(f"{ASKED}/tasks", "已办结。")

    return router

"""`/api/counter/{office_id}/…`: the days ahead, closures and extra hours, bookings by staff, appeals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from channels.console.inputs import (
    ClosingIn,
    ClosureIn,
    DecisionIn,
    ExtraHoursIn,
    check_not_far,
    check_office_and_line,
    closure_wanted,
)
from channels.console.noting import Notes
from channels.console.staff import OF_STAFF, StaffDesk
from channels.inputs import KeptId, OptionalDay, check_days
from channels.refusals import Refusal, refusals
from channels.visit_bodies import card_body, written
from service_hall.appointments import closing
from service_hall.hall import Hall
from service_hall.staff.roles import Action
from service_hall.visits.closures import ClosureId, ExtraHours
from service_hall.visits.notices import is_told_by_telephone
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit, VisitId

MOST_DAYS = 62
_BAD_HOURS = refusals({422: "unknown_line, bad_hours, past, bad_time, bad_day, invalid_input"})


def make_planning_router(hall: Hall, staff: StaffDesk, notes: Notes) -> APIRouter:
    """Before the counters' router, where any word can be a counter."""
    router = APIRouter(
        prefix="/api/counter",
        tags=["counter"],
        responses=OF_STAFF | refusals({404: "unknown_office", 422: "invalid_input, bad_day, bad_time"}),
    )
    by_clerk = Depends(staff.allowed(Action.PLAN_COUNTERS))

    def cards(visits: Sequence[Visit]) -> list[dict[str, Any]]:
        """`by_telephone`: no door reaches the citizen, staff find them among those to tell."""
        return [
            card_body(hall.queue.card_of(visit, hall.now()))
            | {"by_telephone": visit.status is Status.BOOKED and is_told_by_telephone(visit)}
            for visit in visits
        ]

    @router.get("/{office_id}/days")
    def show_days(
        office_id: str,
        from_: Annotated[OptionalDay, Query(alias="from")] = None,
        to: OptionalDay = None,
        clerk: str = by_clerk,
    ) -> dict[str, Any]:
        check_office_and_line(hall, office_id, "")
        check_days(from_, to)
        today = hall.now().date()
        first = from_ or today
        check_not_far(first, today)
        last = min(to or first + timedelta(days=hall.rules_now().horizon_days), first + timedelta(days=MOST_DAYS))
        return {
            "days": [
                {
                    "day": each.day.isoformat(),
                    "booked": each.booked,
                    "capacity": each.capacity,
                    "closed": each.is_closed,
                    "why": each.why,
                }
                for each in hall.appointments.days_ahead(office_id, first, last)
            ]
        }

    @router.get("/{office_id}/closures")
    def list_closures(office_id: str, clerk: str = by_clerk) -> dict[str, Any]:
        check_office_and_line(hall, office_id, "")
        closures, extra_hours = hall.appointments.closures_ahead(office_id)
        return {
            "closures": [
                {
                    "closure_id": each.closure_id,
                    "line_id": each.line_id,
                    "from": written(each.from_),
                    "until": written(each.until),
                    "reason": each.reason,
                }
                for each in closures
            ],
            "extra_hours": [_extra_body(each) for each in extra_hours],
        }

    @router.post("/{office_id}/closures/preview", responses=_BAD_HOURS)
    def preview(office_id: str, body: ClosureIn, clerk: str = by_clerk) -> dict[str, Any]:
        return {"hits": cards(hall.appointments.hits(closure_wanted(hall, office_id, body)))}

    @router.post("/{office_id}/closures", status_code=201, responses=_BAD_HOURS)
    def close(office_id: str, body: ClosingIn, clerk: str = by_clerk) -> dict[str, Any]:
        done = hall.appointments.close(closure_wanted(hall, office_id, body), closing.Remedy(body.do), clerk)
        notes.note(
            clerk,
            "counter.close",
            "office",
            office_id,
            closure=done.closure.closure_id,
            line=body.line_id,
            since=written(done.closure.from_),
            until=written(done.closure.until),
            reason=body.reason,
            do=body.do,
            hit=len(done.moved) + len(done.displaced) + len(done.let_go) + len(done.waiting),
        )
        return {
            "closure_id": done.closure.closure_id,
            "moved": cards(done.moved),
            "displaced": cards(done.displaced),
            "let_go": cards(done.let_go),
            "waiting": cards(done.waiting),
        }

    @router.delete("/{office_id}/closures/{closure_id}", responses=refusals({404: "unknown_office, unknown_closure"}))
    def reopen(office_id: str, closure_id: KeptId, clerk: str = by_clerk) -> dict[str, Any]:
        restored = hall.appointments.reopen(office_id, ClosureId(closure_id), clerk)
        if restored is None:
            raise Refusal(404, "unknown_closure", "没有找到这条停办记录，请刷新后再看。")
        notes.note(clerk, "counter.reopen", "office", office_id, closure=closure_id, restored=len(restored))
        return {"restored": cards(restored)}

    @router.post("/{office_id}/extra-hours", status_code=201, responses=_BAD_HOURS)
    def add_hours(office_id: str, body: ExtraHoursIn, clerk: str = by_clerk) -> dict[str, Any]:
        check_office_and_line(hall, office_id, body.line_id)
        now = hall.now()
        if body.closes <= body.opens:
            raise Refusal(422, "bad_hours", "结束时间要晚于开始时间，请重新填写。")
        if body.day < now.date():
            raise Refusal(422, "past", "这一天已经过去了，请填以后的日子。")
        check_not_far(body.day, now.date())
        extra = ExtraHours("", office_id, body.line_id, body.day, body.opens, body.closes, clerk, now)
        told = _extra_body(hall.appointments.add_hours(extra))
        notes.note(clerk, "counter.add_hours", "office", office_id, **told)
        return told

    @router.delete("/{office_id}/extra-hours/{extra_id}", responses=refusals({404: "unknown_hours"}))
    def drop_hours(office_id: str, extra_id: KeptId, clerk: str = by_clerk) -> dict[str, Any]:
        displaced = hall.appointments.drop_hours(office_id, extra_id, clerk)
        if displaced is None:
            raise Refusal(404, "unknown_hours", "没有找到这条加开记录，请刷新后再看。")
        notes.note(clerk, "counter.drop_hours", "office", office_id, extra=extra_id, displaced=len(displaced))
        return {"displaced": cards(displaced)}

    @router.get("/{office_id}/appeals")
    def list_appeals(office_id: str, clerk: str = by_clerk) -> dict[str, Any]:
        return {
            "appeals": [
                {
                    "visit_id": visit.visit_id,
                    "guide_name": hall.guide_name(visit.guide_id),
                    "starts_at": written(visit.starts_at),
                    "reason": made.reason,
                    "made_at": written(made.made_at),
                }
                for made, visit in hall.appointments.open_appeals(office_id)
            ]
        }

    @router.post("/{office_id}/appeals/{visit_id}", responses=refusals({404: "unknown_appeal"}))
    def decide(office_id: str, visit_id: KeptId, body: DecisionIn, clerk: str = by_clerk) -> dict[str, Any]:
        if not hall.appointments.decide_appeal(office_id, VisitId(visit_id), body.grant, clerk):
            raise Refusal(404, "unknown_appeal", "没有等待处理的这条申诉，请刷新后再看。")
        notes.note(clerk, "counter.appeal", "visit", visit_id, granted=body.grant)
        return {"visit_id": visit_id, "granted": body.grant}

    return router


def _extra_body(extra: ExtraHours) -> dict[str, Any]:
    return {
        "extra_id": extra.extra_id,
        "line_id": extra.line_id,
        "day": extra.day.isoformat(),
        "opens": extra.opens,
        "closes": extra.closes,
    }

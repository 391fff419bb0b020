"""`/api/counter/{office_id}/to-tell`: whom staff have to call, since no door reaches them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from channels.console.inputs import check_office_and_line
from channels.console.staff import OF_STAFF, StaffDesk
from channels.inputs import KeptId
from channels.refusals import Refusal, refusals
from channels.visit_bodies import card_body, written
from service_hall.appointments.replies import spaced
from service_hall.hall import Hall
from service_hall.staff.roles import Action
from service_hall.visits.notices import NoticeId

_GONE = refusals({404: "unknown_office, unknown_notice"})


def make_telling_router(hall: Hall, staff: StaffDesk) -> APIRouter:
    """Before the counters' router, where any word can be a counter."""
    router = APIRouter(
        prefix="/api/counter",
        tags=["counter"],
        responses=OF_STAFF | refusals({404: "unknown_office", 422: "invalid_input"}),
    )
    by_clerk = Depends(staff.allowed(Action.SERVE_AT_COUNTER))

    @router.get("/{office_id}/to-tell")
    def list_to_tell(office_id: str, clerk: str = by_clerk) -> dict[str, Any]:
        check_office_and_line(hall, office_id, "")
        return {
            "to_tell": [
                {
                    "notice_id": each.notice.notice_id,
                    "kind": each.notice.kind.value,
                    "since": written(min(each.notice.due_at, hall.now())),
                    "sentence": each.sentence,
                    "visit": card_body(hall.queue.card_of(each.visit, hall.now())),
                }
                for each in hall.reminders.to_tell(office_id)
            ]
        }

    @router.post("/{office_id}/to-tell/{notice_id}/phone", responses=_GONE | refusals({409: "no_phone"}))
    def show_phone(office_id: str, notice_id: KeptId, clerk: str = by_clerk) -> dict[str, Any]:
        check_office_and_line(hall, office_id, "")
        found = hall.reminders.look_up(office_id, NoticeId(notice_id), clerk)
        if found is None:
            raise _gone()
        if not found.phone:
            raise Refusal(409, "no_phone", "这位的手机号已经读不出来了，只能等本人来电或到窗口时告知。")
        return {"notice_id": notice_id, "phone": found.phone, "code": spaced(found.code)}

    @router.post("/{office_id}/to-tell/{notice_id}/told", responses=_GONE)
    def tick_off(office_id: str, notice_id: KeptId, clerk: str = by_clerk) -> dict[str, Any]:
        check_office_and_line(hall, office_id, "")
        if not hall.reminders.mark_told(office_id, NoticeId(notice_id), clerk):
            raise _gone()
        return {"notice_id": notice_id, "told": True}

    return router


def _gone() -> Refusal:
    return Refusal(404, "unknown_notice", "这一条已经告知过，或者不用再告知了，请看刷新后的列表。")

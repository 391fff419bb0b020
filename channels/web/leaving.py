"""`DELETE /api/visitor`: whoever wants to be forgotten is, but for what has to be kept of a visit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from channels.limits import RateLimits
from channels.refusals import Refusal, refusals
from channels.switchboard.receive import Switchboard
from channels.visit_bodies import appointment_body
from channels.visitors import Forgotten, VisitorDesk
from channels.web.conversation import forget_conversation
from channels.web.stream_hub import StreamHub
from service_hall.conversation.records import ConversationRecords
from service_hall.hall import Hall
from service_hall.shared.ids import VisitorId
from service_hall.visits.visit import Visit

STILL_OPEN = "您还有没办完的预约。请先选择：取消这些预约再删除，或者保留预约、只删除其他数据。"
DELETED = "您的对话和个人数据已删除。"
DELETED_BUT = "您的对话和个人数据已删除；办事记录按规定保留，不再显示您的姓名和号码，未办完或爽约的到期后删除。"


def make_leaving_router(
    hall: Hall,
    switchboard: Switchboard,
    records: ConversationRecords,
    desk: VisitorDesk,
    forgotten: Forgotten,
    streams: StreamHub,
    limits: RateLimits,
) -> APIRouter:
    router = APIRouter(prefix="/api", tags=["chat"])

    @router.delete(
        "/visitor",
        responses=refusals(
            {401: "invalid_token", 409: "bookings_open", 422: "invalid_input", 429: "earlier_still_open"}
        ),
    )
    async def delete_visitor(request: Request, cancel: bool | None = None) -> JSONResponse:
        """`cancel`: whether open bookings are cancelled; asked for where there are any."""
        visitor_id = desk.require(request)
        await limits.check_visitor(visitor_id)
        opened = await to_thread.run_sync(hall.appointments.still_open, visitor_id)
        if opened and cancel is None:
            shown = [appointment_body(hall, visit) for visit in opened]
            raise Refusal(409, "bookings_open", STILL_OPEN, also={"appointments": shown})
        await forget_conversation(switchboard, visitor_id)
        kept = await to_thread.run_sync(hall.appointments.forget_visitor, visitor_id, bool(cancel))
        # Whatever failed before can be asked for again.
        await to_thread.run_sync(forgotten.add, visitor_id, hall.clock())
        streams.end_forgotten()
        # What was in work until then, here or on another node. If this fails, the hourly job does it.
        kept = _each_once(kept, await to_thread.run_sync(forget_rest, hall, records, visitor_id, bool(cancel)))
        told = DELETED_BUT if kept else DELETED
        response = JSONResponse({"message": told, "kept": [_kept_body(hall, visit) for visit in kept]})
        desk.forget(request, response.headers)
        return response

    return router


def forget_rest(hall: Hall, records: ConversationRecords, visitor_id: VisitorId, cancels: bool = False) -> list[Visit]:
    """Of somebody whose token has ended, for whom nothing more is written. What is kept."""
    records.forget_conversation(visitor_id)
    return hall.appointments.forget_visitor(visitor_id, cancels)


def _each_once(before: Iterable[Visit], after: Iterable[Visit]) -> list[Visit]:
    return list({visit.visit_id: visit for visit in (*before, *after)}.values())


def _kept_body(hall: Hall, visit: Visit) -> dict[str, Any]:
    until = hall.appointments.kept_until(visit)
    return {
        "code": visit.code,
        "guide_id": visit.guide_id,
        "office_id": visit.office_id,
        "status": visit.status.value,
        "has_person": visit.person is not None,
        "person_until": until.isoformat() if until else None,
    }

"""`GET /api/chat/stream`: replies pushed later, as server-sent events that can be resumed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from anyio import to_thread
from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from channels.refusals import Refusal
from channels.web.visitors import VisitorDesk
from service_hall.conversation.records import ConversationRecords
from service_hall.shared.ids import VisitorId

LOOK_SECONDS = 1.0
PING_SECONDS = 20
MOST_STREAMS_A_VISITOR = 5


def make_stream_router(records: ConversationRecords, desk: VisitorDesk) -> APIRouter:
    router = APIRouter(prefix="/api/chat", tags=["chat"])
    open_streams: dict[VisitorId, int] = {}

    @router.get("/stream", response_class=EventSourceResponse)
    async def stream(request: Request) -> EventSourceResponse:
        visitor_id = desk.require(request)
        if open_streams.get(visitor_id, 0) >= MOST_STREAMS_A_VISITOR:
            raise Refusal(429, headers={"Retry-After": "30"})
        resumed = request.headers.get("last-event-id", "")
        if resumed and not resumed.isdecimal():
            raise Refusal(422, "unknown_event", "断点编号不对，请刷新页面重新连接。")
        seen = int(resumed[:18]) if resumed else await to_thread.run_sync(records.last_push, visitor_id)

        async def events() -> AsyncIterator[ServerSentEvent]:
            nonlocal seen
            open_streams[visitor_id] = open_streams.get(visitor_id, 0) + 1
            try:
                while not await request.is_disconnected():
                    for pushed in await to_thread.run_sync(records.pushed_after, visitor_id, seen):
                        seen = pushed.push_id
                        yield ServerSentEvent(
                            id=str(pushed.push_id), event="reply", data=pushed.reply.model_dump_json()
                        )
                    await asyncio.sleep(LOOK_SECONDS)
            finally:
                open_streams[visitor_id] -= 1
                if open_streams[visitor_id] <= 0:
                    del open_streams[visitor_id]

        return EventSourceResponse(events(), ping=PING_SECONDS)

    return router

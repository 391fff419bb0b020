"""`GET /api/chat/stream`: replies pushed later, as server-sent events that can be resumed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack

from anyio import to_thread
from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.types import Receive, Scope, Send

from channels.addresses import address_of
from channels.languages import Language, in_language
from channels.refusals import Refusal, refusals
from channels.visitors import VisitorDesk
from channels.web.stream_hub import Bell, StreamHub
from channels.web.stream_seats import Seats
from service_hall.conversation.records import ConversationRecords
from service_hall.shared.errors import OutOfReach
from service_hall.shared.ids import VisitorId

PING_SECONDS = 20
TRY_AGAIN_SECONDS = 1.0
_A_PAGE = 100


def make_stream_router(records: ConversationRecords, desk: VisitorDesk, hub: StreamHub, per_address: int) -> APIRouter:
    router = APIRouter(prefix="/api/chat", tags=["chat"])
    seats = Seats(per_address)

    @router.get(
        "/stream", response_class=EventSourceResponse, responses=refusals({401: "invalid_token", 422: "unknown_event"})
    )
    async def stream(request: Request, lang: Language = Language.SIMPLIFIED) -> EventSourceResponse:
        visitor_id = desk.require(request)
        resumed = request.headers.get("last-event-id", "")
        if resumed and not resumed.isdecimal():
            raise Refusal(422, "unknown_event", "断点编号不对，请刷新页面重新连接。")
        with ExitStack() as taken:
            taken.callback(seats.take(visitor_id, address_of(request)))
            # The bell first: what is pushed between the two reads rings it.
            bell = await hub.join(visitor_id)
            taken.callback(hub.leave, visitor_id, bell)
            seen = int(resumed[:18]) if resumed else await to_thread.run_sync(records.last_push, visitor_id)
            if resumed:
                bell.set()
            return _Stream(_events(records, visitor_id, seen, bell, lang), taken.pop_all())

    return router


async def _events(
    records: ConversationRecords, visitor_id: VisitorId, seen: int, bell: Bell, language: Language
) -> AsyncIterator[ServerSentEvent]:
    while await bell.rings():
        try:
            page = await to_thread.run_sync(records.pushed_after, visitor_id, seen, _A_PAGE)
        except OutOfReach:
            await asyncio.sleep(TRY_AGAIN_SECONDS)
            bell.set()
            continue
        if bell.is_over:
            return  # what was read is deleted by now
        if len(page) == _A_PAGE:
            bell.set()
        for pushed in page:
            seen = pushed.number
            yield ServerSentEvent(
                id=str(pushed.number), event="reply", data=in_language(pushed.reply, language).model_dump_json()
            )


class _Stream(EventSourceResponse):
    def __init__(self, events: AsyncIterator[ServerSentEvent], taken: ExitStack) -> None:
        super().__init__(events, ping=PING_SECONDS)
        self._taken = taken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """However it ends, and if it never began, what was taken for it is free again."""
        with self._taken:
            await super().__call__(scope, receive, send)

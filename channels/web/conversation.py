"""`/api/chat/messages`, read and forgotten: the visitor's own conversation, from which a page goes on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from channels.languages import Language, in_language
from channels.limits import RateLimits
from channels.offered import offered
from channels.refusals import Refusal, refusals
from channels.switchboard.lines import TooBusy
from channels.switchboard.receive import Switchboard
from channels.visitors import VisitorDesk
from service_hall.conversation.message import Door, read_command, read_payload
from service_hall.conversation.records import ConversationRecords
from service_hall.conversation.reply import Reply
from service_hall.conversation.utterances import Speaker, Utterance
from service_hall.shared.ids import VisitorId

USUAL_LIMIT, LARGEST_LIMIT = 50, 100
_OFFERED_BEFORE = 10
"""So many more are read: the first ones asked for may be taps on what was offered before them."""


class SpokenOut(BaseModel):
    """`text` as the citizen wrote it, masked, or the label of what was tapped, if it is still known; of all others the
    `reply`."""

    id: int
    message_id: str | None
    who: Speaker
    door: Door
    at: datetime
    text: str = ""
    payload: str = ""
    reply: Reply | None = None


class ConversationOut(BaseModel):
    messages: list[SpokenOut]
    """The newest last."""
    earlier: bool
    """There are more before them."""


def make_conversation_router(
    switchboard: Switchboard, records: ConversationRecords, desk: VisitorDesk, limits: RateLimits
) -> APIRouter:
    router = APIRouter(prefix="/api/chat", tags=["chat"], responses=refusals({401: "invalid_token"}))

    async def visitor(request: Request) -> VisitorId:
        visitor_id = desk.require(request)
        await limits.check_visitor(visitor_id)
        return visitor_id

    by_visitor = Depends(visitor)

    @router.get("/messages")
    async def get_messages(
        visitor_id: VisitorId = by_visitor,
        before: Annotated[int | None, Query(ge=0, le=2**53)] = None,
        limit: Annotated[int, Query(ge=1, le=LARGEST_LIMIT)] = USUAL_LIMIT,
        lang: Language = Language.SIMPLIFIED,
    ) -> ConversationOut:
        spoken = await to_thread.run_sync(records.conversation_of, visitor_id, before, limit + _OFFERED_BEFORE)
        return ConversationOut(messages=_shown(spoken, lang)[-limit:], earlier=len(spoken) > limit)

    @router.delete("/messages", status_code=204, responses=refusals({429: "earlier_still_open"}))
    async def delete_messages(visitor_id: VisitorId = by_visitor) -> Response:
        await forget_conversation(switchboard, visitor_id)
        return Response(status_code=204)

    return router


async def forget_conversation(switchboard: Switchboard, visitor_id: VisitorId) -> None:
    """Refuses (429) while an earlier message is still being answered."""
    try:
        await switchboard.forget(visitor_id)
    except TooBusy as busy:
        seconds = busy.retry_after_s
        told = f"您前面的话还在办，请过{seconds}秒再删除。"
        raise Refusal(429, "earlier_still_open", told, {"Retry-After": str(seconds)}) from busy


def _shown(spoken: Iterable[Utterance], language: Language) -> list[SpokenOut]:
    labels: dict[str, str] = {}
    shown = []
    for each in spoken:
        reply = in_language(each.reply, language) if each.reply else None
        if reply:
            labels.update(offered(reply))
        is_tap = bool(read_payload(each.said) or read_command(each.said))
        shown.append(
            SpokenOut(
                id=each.number,
                message_id=each.message_id,
                who=each.who,
                door=each.door,
                at=each.at,
                text=labels.get(each.said, "") if is_tap else each.said,
                payload=each.said if is_tap else "",
                reply=reply,
            )
        )
    return shown

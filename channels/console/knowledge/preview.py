"""A draft as citizens would see it: asked over a library with the draft in it, drawn by the web page's own script and
by what writes to WeChat."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import APIRouter, Depends, Response

from channels.console.knowledge.drafts import draft_of
from channels.console.knowledge.guides import DRAFTS
from channels.console.shell.console import Console, Seat
from channels.limits import MOST_CHARACTERS
from knowledge_base.aspects import Aspect
from service_hall.conversation.reply import Reply
from service_hall.publishing.fields import field_names
from service_hall.publishing.outcomes import Faulty
from service_hall.publishing.use_cases import Publishing
from service_hall.staff.roles import Action

OnWeChat = Callable[[Sequence[Reply]], str]
"""The text that WeChat would show."""


def make_preview_router(console: Console, publishing: Publishing, on_wechat: OnWeChat) -> APIRouter:
    router = APIRouter(prefix=f"{DRAFTS}/{{draft_id}}/preview", include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))

    @router.get("")
    def show(draft_id: str, q: str = "", seat: Seat = reader) -> Response:
        draft = draft_of(publishing, draft_id)
        library = publishing.desk.library
        guide = library.guide(draft.key.guide_id, draft.key.region)
        asked = q.strip()[:MOST_CHARACTERS] or (
            guide.short_name if guide else library.names.get(draft.key.guide_id, "")
        )
        replies = publishing.previewing.replies(draft, asked)
        return seat.show(
            "knowledge/preview.html",
            draft=draft,
            name=library.names.get(draft.key.guide_id, draft.key.guide_id),
            q=asked,
            findings=replies.findings if isinstance(replies, Faulty) else (),
            replies=[] if isinstance(replies, Faulty) else [each.model_dump(mode="json") for each in replies],
            wechat="" if isinstance(replies, Faulty) else on_wechat(replies),
            aspects=[(each.value, field_names().value(each.value)) for each in Aspect],
        )

    return router

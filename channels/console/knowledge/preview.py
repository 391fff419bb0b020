"""A draft as citizens would see it: asked over a library with the draft in it, drawn by the web page's own script and
by what writes to WeChat."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from fastapi import APIRouter, Depends, Response
from markupsafe import Markup, escape

from channels.console.knowledge.drafts import draft_of
from channels.console.knowledge.guides import DRAFTS
from channels.console.shell.console import Console, Seat
from channels.limits import MOST_CHARACTERS
from knowledge_base.aspects import Aspect
from knowledge_base.documents import Body
from service_hall.conversation.reply import Reply
from service_hall.publishing.differences import differences
from service_hall.publishing.draft import Draft
from service_hall.publishing.fields import field_names
from service_hall.publishing.outcomes import Faulty
from service_hall.publishing.parts import HEAD, PartName, part_of
from service_hall.publishing.use_cases import Publishing
from service_hall.staff.roles import Action

_LINK = re.compile(r"&lt;a href=&#34;[^&\s]{1,300}&#34;&gt;([^&]{1,40})&lt;/a&gt;")
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
        name = guide.short_name if guide else library.names.get(draft.key.guide_id, "")
        asked = q.strip()[:MOST_CHARACTERS] or question_of_change(draft) or name
        replies = publishing.previewing.replies(draft, asked)
        return seat.show(
            "knowledge/preview.html",
            draft=draft,
            name=library.names.get(draft.key.guide_id, draft.key.guide_id),
            q=asked,
            findings=replies.findings if isinstance(replies, Faulty) else (),
            replies=[] if isinstance(replies, Faulty) else [each.model_dump(mode="json") for each in replies],
            wechat="" if isinstance(replies, Faulty) else with_links_underlined(on_wechat(replies)),
            aspects=[(each.value, field_names().value(each.value)) for each in Aspect],
        )

    return router


def question_of_change(draft: Draft) -> str:
    """A question that is new, else the first one of a statement that was changed; '' where there is none."""
    changed = [each.part for each in differences(draft.base, draft.body) if each.part != HEAD]
    asked = [one for part in changed for one in _asked(draft.body, part)]
    before = {one for part in changed for one in _asked(draft.base, part)}
    return next((one for one in asked if one not in before), next(iter(asked), ""))


def _asked(body: Body | None, part: PartName) -> list[str]:
    questions = (part_of(body or {}, part).value or {}).get("asked") or ()
    return [str(one["q"] if isinstance(one, dict) else one) for one in questions]


def with_links_underlined(text: str) -> Markup:
    """As it looks there; nothing in it leads anywhere."""
    return Markup(_LINK.sub(r"<u>\1</u>", str(escape(text))))

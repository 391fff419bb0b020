"""How much is said: plain, or shorter for elders."""

from __future__ import annotations

import re
from enum import StrEnum

from knowledge_base.standing import Standing
from service_hall.conversation.reply import AnswerReply, Reply
from service_hall.conversation.whereabouts import whom_to_ask
from service_hall.conversation.wording import say

_IN_A_LIST = re.compile(r"^(?:\d{1,2}[.、]|[·•・])", re.MULTILINE)
_SENTENCE_ENDS = re.compile(r"(?<=。)(?=[^\n”』」）])")


class Style(StrEnum):
    PLAIN = "plain"
    ELDER = "elder"


def in_style(reply: Reply, style: Style, library: Standing) -> Reply:
    """For elders what was asked and what must be minded, one sentence a line, then whom to call; the details stay away.
    What is unchecked and what it rests on is said in any case."""
    if style is not Style.ELDER or not isinstance(reply, AnswerReply):
        return reply
    lead, end = reply.lead or len(reply.text), max(reply.lead, reply.details_end)
    told = f"{_a_line_each(reply.text[:lead])}\n{say('elder_person', **whom_to_ask(library, reply.region))}"
    closing = reply.text[end:] if reply.lead else ""
    return reply.model_copy(update={"text": told + closing, "lead": len(told), "details_end": len(told)})


def _a_line_each(text: str) -> str:
    """Not in a list: there a line is a line already."""
    return text if _IN_A_LIST.search(text) else _SENTENCE_ENDS.sub("\n", text)

"""How much is said: plain, or shorter for elders."""

from __future__ import annotations

import re
from enum import StrEnum

from service_hall.conversation.reply import AnswerReply, Reply

_DETAIL = re.compile(r"(?:·|\d{1,2}\.) ")


class Style(StrEnum):
    PLAIN = "plain"
    ELDER = "elder"


def in_style(reply: Reply, style: Style) -> Reply:
    """For elders what was asked, what must be minded and where it stands; the list of details stays away."""
    if style is not Style.ELDER or not isinstance(reply, AnswerReply) or not reply.lead:
        return reply
    said, rest = reply.text[: reply.lead], reply.text[reply.lead :].split("\n")
    kept = [line for line in rest if line and not _DETAIL.match(line)]
    return reply.model_copy(update={"text": "\n".join((said, *kept))})

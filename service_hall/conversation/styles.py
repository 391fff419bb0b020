"""How much is said: plain, or shorter for elders."""

from __future__ import annotations

from enum import StrEnum

from service_hall.conversation.reply import AnswerReply, Reply


class Style(StrEnum):
    PLAIN = "plain"
    ELDER = "elder"


def in_style(reply: Reply, style: Style) -> Reply:
    """For elders what was asked, what must be minded and where it stands; the details stay away."""
    if style is not Style.ELDER or not isinstance(reply, AnswerReply) or reply.details_end <= reply.lead:
        return reply
    short = reply.text[: reply.lead] + reply.text[reply.details_end :]
    return reply.model_copy(update={"text": short, "details_end": reply.lead})

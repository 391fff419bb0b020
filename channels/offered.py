"""What could be tapped in a reply."""

from __future__ import annotations

from collections.abc import Iterator

from service_hall.conversation.reply import AnswerReply, OpeningsReply, Reply


def offered(reply: Reply) -> Iterator[tuple[str, str]]:
    """Each payload, and what stood on its button."""
    choices = reply.suggestions if isinstance(reply, AnswerReply) else getattr(reply, "options", ())
    for choice in choices:
        yield choice.payload, choice.label
    if isinstance(reply, OpeningsReply):
        for opening in reply.openings:
            yield opening.payload, f"{opening.starts_at:%H:%M}"

"""Where a statement can be read in its guide, with what it rests on."""

from __future__ import annotations

from service_hall.conversation.reply import AnswerReply


def statement_path(reply: AnswerReply) -> str:
    """A path of ours, for the region that was answered for; empty where no single statement answers."""
    if reply.fact is None:
        return ""
    guide_id, _, statement_id = reply.fact.statement_id.partition("/")
    return f"/guides/{guide_id}?region={reply.region}#{statement_id}"

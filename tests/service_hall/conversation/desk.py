"""What is said before, and what comes back: shared by the tests of this folder."""

from __future__ import annotations

from typing import Any

from knowledge_base.model import Aspect
from service_hall.conversation.context import Context
from service_hall.conversation.message import read_payload
from service_hall.conversation.reply import AnswerReply, Choice, ChoicesReply, Outcome, TextReply, ask_payload
from service_hall.conversation.turn import Turn
from tests import fakes


def talking_of(guide_id: str, aspect: Aspect = Aspect.OVERVIEW, **more: Any) -> Context:
    return Context(guide_id=guide_id, aspect=aspect, question=guide_id, **more)


def offering(*guide_ids: str, aspect: Aspect = Aspect.FEE, **more: Any) -> Context:
    names = fakes.town().names
    options = tuple(Choice(label=names[each], payload=ask_payload(aspect, each)) for each in guide_ids)
    return Context(options=options, question="借书证", **more)


def answered(turn: Turn) -> AnswerReply:
    assert turn.outcome is Outcome.ANSWERED
    (reply,) = turn.replies
    assert isinstance(reply, AnswerReply)
    return reply


def offered(turn: Turn) -> list[str]:
    assert turn.outcome is Outcome.CLARIFY
    (reply,) = turn.replies
    assert isinstance(reply, ChoicesReply) and turn.context.options == reply.options
    return [chosen.guide_id for option in reply.options if (chosen := read_payload(option.payload))]


def said(turn: Turn) -> str:
    (reply,) = turn.replies
    assert isinstance(reply, TextReply)
    return reply.text

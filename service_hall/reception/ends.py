"""How a turn of the reception ends: a flow has spoken, or the enquiry beside an open walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge_base.model import Aspect
from knowledge_base.scenarios.topics import topic_id_of
from service_hall.conversation.acts import Act
from service_hall.conversation.reply import (
    AnswerReply,
    Choice,
    ChoicesReply,
    Outcome,
    QuestionReply,
    Reply,
    TextReply,
)
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import say
from service_hall.reception.arrived import Arrived
from service_hall.reception.beginning import begun_at_once
from service_hall.reception.for_whom import told_for_whom
from service_hall.reception.offering import offering
from service_hall.reception.telling_once import once


def of_flow(turn: Turn) -> Turn:
    """Older choices and misses are off the table; those that it leaves without a walk are picked by their number."""
    suggested = () if turn.context.walks else _options(turn.replies)
    context = turn.context.after_turn.model_copy(
        update={"missed": 0, "options": (), "suggested": suggested, "card": "", "told_since": ""}
    )
    return replace(turn, context=context)


def handed_on(arrived: Arrived, turn: Turn) -> Turn:
    """The walk has ended; what it leaves to the desk is answered below, and nothing offered that was just refused."""
    enquiry, said = arrived.staff.enquiry, arrived.heard.sentence.part(turn.to_desk)
    told = enquiry.respond(said, *enquiry.understand(said.text), turn.context.after_turn)
    suggested = () if told.context.options else _suggestions(told.replies) or _options(told.replies)
    context = told.context.model_copy(update={"walks": turn.context.walks, "suggested": suggested})
    answers = (_without_opening(arrived, reply) for reply in told.replies)
    return replace(told, replies=(*turn.replies, *answers), context=context, taken_by=turn.taken_by)


def _without_opening(arrived: Arrived, reply: Reply) -> Reply:
    """请节哀 was said when the walk began."""
    topic = arrived.staff.library().topic(reply.guide_id) if isinstance(reply, AnswerReply) else None
    return reply.without_opening(topic.opening) if topic and isinstance(reply, AnswerReply) else reply


def of_enquiry(arrived: Arrived, act: Act, aspect: Aspect | None = None) -> Turn:
    """The sentence, asked as that."""
    enquiry, said = arrived.staff.enquiry, arrived.heard.sentence
    return beside_walk(arrived, enquiry.respond(said, act, aspect, arrived.quiet))


def beside_walk(arrived: Arrived, turn: Turn) -> Turn:
    """The enquiry has answered; the open walk stays open and asks again."""
    if begun := begun_at_once(arrived, turn):
        return of_flow(begun)
    walks = arrived.context.walks
    turn = turn if walks else once(arrived, offering(arrived, turn))
    context = turn.context.after_turn.model_copy(update={"walks": walks})
    replies = told_for_whom(arrived, turn.replies)
    if turn.outcome is not Outcome.CLARIFY and (question := arrived.staff.stack.ask_again(context)):
        if _tells_walk_again(arrived, question, replies):
            turn, replies = replace(turn, outcome=Outcome.ASKING), (TextReply(text=say("nothing_of_walk")),)
        replies = (*replies, question)
    suggested = () if context.options else _suggestions(replies) or _options(replies)
    return replace(turn, replies=replies, context=context.model_copy(update={"suggested": suggested}))


def _tells_walk_again(arrived: Arrived, question: Reply, replies: Sequence[Reply]) -> bool:
    """有一个孩子, which asks nothing, in the middle of 离婚: all of that, from the start, is no answer to it."""
    sentence = arrived.heard.sentence
    tells = bool(sentence.plain) and not (arrived.heard.command or sentence.asks)
    if not tells or not isinstance(question, QuestionReply) or not question.scenario_id:
        return False
    topic = arrived.staff.library().topic(topic_id_of(question.scenario_id))
    [*_, last] = replies or (question,)
    is_topic = topic is not None and isinstance(last, AnswerReply) and last.guide_id == topic.id
    return is_topic and topic is not None and last.text.removeprefix(topic.opening).startswith(topic.lead.text)


def _options(replies: Sequence[Reply]) -> tuple[Choice, ...]:
    return replies[-1].options if replies and isinstance(replies[-1], ChoicesReply) else ()


def _suggestions(replies: Sequence[Reply]) -> tuple[Choice, ...]:
    """Of the last answer: on a door without buttons they are picked by their number."""
    return next((reply.suggestions for reply in reversed(replies) if isinstance(reply, AnswerReply)), ())

"""How a turn of the reception ends: a flow has spoken, or the enquiry beside an open walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.message import SCENARIO, command_payload
from service_hall.conversation.reply import AnswerReply, Choice, ChoicesReply, Outcome, Reply
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import button_label, say
from service_hall.reception.arrived import Arrived, Staff


def of_flow(turn: Turn) -> Turn:
    """Older choices and misses are off the table; those that it leaves without a walk are picked by their number."""
    suggested = () if turn.context.walks else _options(turn.replies)
    context = turn.context.after_turn.model_copy(update={"missed": 0, "options": (), "suggested": suggested})
    return replace(turn, context=context)


def of_enquiry(arrived: Arrived, act: Act, aspect: Aspect | None = None) -> Turn:
    """The sentence, asked as that."""
    enquiry, said = arrived.staff.enquiry, arrived.heard.sentence
    return beside_walk(arrived, enquiry.respond(said, act, aspect, arrived.quiet))


def beside_walk(arrived: Arrived, turn: Turn) -> Turn:
    """The enquiry has answered; the open walk stays open and asks again."""
    walks = arrived.context.walks
    context = turn.context.after_turn.model_copy(update={"walks": walks})
    replies = turn.replies if walks else tuple(_offering(arrived, reply) for reply in turn.replies)
    if turn.outcome is not Outcome.CLARIFY and (question := arrived.staff.stack.ask_again(context)):
        replies = (*replies, question)
    suggested = () if context.options else _suggestions(replies)
    return replace(turn, replies=replies, context=context.model_copy(update={"suggested": suggested}))


def _offering(arrived: Arrived, reply: Reply) -> Reply:
    """What can be begun from an answer, where nothing is open."""
    return _bookable(arrived.staff, _listable(arrived, reply))


def _listable(arrived: Arrived, reply: Reply) -> Reply:
    """What befell somebody, or an item that is one of all that has to be done then (我要离婚), offers the one list of
    it. The sources stay last."""
    if not isinstance(reply, AnswerReply):
        return reply
    library = arrived.staff.library()
    scenario = library.scenario_of(reply.guide_id)
    if scenario is None and reply.aspect is Aspect.OVERVIEW and arrived.heard.text:
        likely = library.scenario_of(library.event_lived(arrived.heard.text, beside=True))
        scenario = likely if likely and reply.guide_id in likely.items else None
    if scenario is None:
        return reply
    choice = Choice(label=button_label("scenario"), payload=command_payload(SCENARIO, guide_id=scenario.id))
    before, _, sources = reply.text.rpartition("\n")
    text = "\n".join(filter(None, (before, say("scenario_offer"), sources)))
    return reply.model_copy(update={"text": text, "suggestions": (choice, *reply.suggestions)})


def _bookable(staff: Staff, reply: Reply) -> Reply:
    """An answer offers the booking, where there is something to book."""
    if not isinstance(reply, AnswerReply) or not any(Act.BOOK in flow.acts for flow in staff.stack.flows):
        return reply
    offices = staff.library().offices_for(reply.guide_id, reply.region)
    if not any(office.line_of(reply.guide_id) for office in offices):
        return reply
    offer = Choice(label=button_label("book"), payload=command_payload("book", guide_id=reply.guide_id))
    return reply.model_copy(update={"suggestions": (*reply.suggestions, offer)})


def _options(replies: Sequence[Reply]) -> tuple[Choice, ...]:
    return replies[-1].options if replies and isinstance(replies[-1], ChoicesReply) else ()


def _suggestions(replies: Sequence[Reply]) -> tuple[Choice, ...]:
    """Of the last answer: on a door without buttons they are picked by their number."""
    return next((reply.suggestions for reply in reversed(replies) if isinstance(reply, AnswerReply)), ())

"""Rules for what cannot wait, and for what is told to the assistant itself, whatever it had asked. 返回 is none: it is
for the open walk, or for the desk."""

from __future__ import annotations

from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import say
from service_hall.hearing.commands import SaidCommand
from service_hall.reception import ends
from service_hall.reception.arrived import Arrived
from service_hall.reception.offering import offering_afterwards


def stands_by_whoever_is_in_danger(arrived: Arrived) -> Turn | None:
    """Before all else; what was open stays as it was."""
    if not arrived.heard.sentence.in_danger_of_life:
        return None
    return Turn(Outcome.ANSWERED, (TextReply(text=say("in_danger")),), arrived.context.after_turn)


def sends_help(arrived: Arrived) -> Turn | None:
    """Whom to call this minute, whatever was open or talked about: it stays as it was. Whoever is asked what befell her
    tells it, and calls nobody. What comes after it is offered behind."""
    emergency, speaks = arrived.heard.sentence.emergency, arrived.staff.stack.open(arrived.context)
    if emergency is None or (speaks and speaks.takes_as_answer(arrived.heard)):
        return None
    said = TextReply(text=say(emergency.value))
    return offering_afterwards(arrived, Turn(Outcome.ANSWERED, (said,), arrived.context.after_turn), said)


def starts_anew(arrived: Arrived) -> Turn | None:
    speaks = arrived.staff.stack.open(arrived.context)
    if arrived.heard.sentence.command is not SaidCommand.START_ANEW or (speaks and speaks.restarts_by_itself):
        return None
    arrived.staff.stack.let_go(arrived.heard.visitor_id, arrived.context)
    return Turn(Outcome.ANSWERED, (TextReply(text=say("started_anew")),), Context())


def asks_before_deleting(arrived: Arrived) -> Turn | None:
    """Said once more to its question, it is no answer: the question is asked again."""
    deleting, speaks = arrived.staff.deleting, arrived.staff.stack.open(arrived.context)
    if arrived.heard.sentence.command is not SaidCommand.DELETE_DATA or speaks is deleting:
        return None
    return ends.of_flow(deleting.ask(arrived.heard))


def tells_what_can_be_asked(arrived: Arrived) -> Turn | None:
    if arrived.heard.sentence.command not in (SaidCommand.HELP, SaidCommand.TOPICS):
        return None
    return ends.of_enquiry(arrived, Act.ASK)

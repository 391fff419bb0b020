"""Rules for a button, or a choice taken by its number."""

from __future__ import annotations

from service_hall.conversation.acts import Act
from service_hall.conversation.message import AWAIT, CHECKLIST, SCENARIO, THEME, TURN_DOWN
from service_hall.conversation.reply import Outcome, Reply
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import say
from service_hall.reception import ends
from service_hall.reception.arrived import Arrived


def answers_tapped_question(arrived: Arrived) -> Turn | None:
    if arrived.chosen is None:
        return None
    answer = arrived.staff.enquiry.choose(arrived.chosen, arrived.heard.sentence, arrived.quiet)
    return ends.beside_walk(arrived, answer)


def lists_tapped_theme(arrived: Arrived) -> Turn | None:
    command = arrived.heard.command
    if command is None or command.intent != THEME:
        return None
    listed = arrived.staff.enquiry.list_theme(command["guide_id"], arrived.heard.sentence, arrived.quiet)
    return ends.beside_walk(arrived, listed)


def turns_tapped_guess_down(arrived: Arrived) -> Turn | None:
    if arrived.heard.command is None or arrived.heard.command.intent != TURN_DOWN:
        return None
    return ends.beside_walk(arrived, arrived.staff.enquiry.turn_down(arrived.heard.sentence, arrived.quiet))


def open_walk_takes_tap(arrived: Arrived) -> Turn | None:
    """Before any other: it is the one that asked."""
    turn = arrived.turn_of_walk if arrived.heard.command else None
    return ends.of_flow(turn) if turn else None


def enters_by_tap(arrived: Arrived) -> Turn | None:
    """A scenario that was offered, something that is done with a list, or a wish to be told later."""
    command = arrived.heard.command
    if command is None or command.intent not in (SCENARIO, CHECKLIST, AWAIT):
        return None
    given = {"scenario_id": command["guide_id"]} if command.intent == SCENARIO else command.fields
    turn = arrived.staff.stack.enter(arrived.heard, command.intent, given)
    return ends.of_flow(turn) if turn else None


def begins_by_tap(arrived: Arrived) -> Turn | None:
    command = arrived.heard.command
    turn = arrived.begin(Act(command.intent)) if command and command.intent in set(Act) else None
    return ends.of_flow(turn) if turn else None


def stale_choice(arrived: Arrived) -> Turn | None:
    if arrived.heard.command is None:
        return None
    turn = arrived.staff.enquiry.respond(arrived.heard.sentence, Act.ASK, None, arrived.quiet)
    reply: Reply = turn.replies[0].model_copy(update={"text": say("stale_choice")})
    return ends.of_flow(ends.beside_walk(arrived, Turn(Outcome.NOT_FOUND, (reply,), turn.context)))

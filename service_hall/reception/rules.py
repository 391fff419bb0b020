"""Who takes a message: the first rule that has something to say. Its name is the turn's reason, where the enquiry or a
walk has given it none."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.search.lived import Telling
from service_hall.conversation.acts import Act
from service_hall.conversation.choosing import pick_alone, pick_whole
from service_hall.conversation.first_rule import Rule, always
from service_hall.conversation.message import SCENARIO, read_command
from service_hall.conversation.turn import Turn
from service_hall.reception import ends
from service_hall.reception.arrived import Arrived
from service_hall.reception.orders import (
    asks_before_deleting,
    sends_help,
    stands_by_whoever_is_in_danger,
    starts_anew,
    tells_what_can_be_asked,
)
from service_hall.reception.taps import (
    answers_tapped_question,
    begins_by_tap,
    enters_by_tap,
    lists_tapped_theme,
    open_walk_takes_tap,
    stale_choice,
    turns_tapped_guess_down,
)
from service_hall.reception.walks import (
    answers_what_was_offered,
    begins_by_claim,
    begins_by_intent,
    flow_takes_up,
    open_walk_asks_after_all,
    open_walk_asks_again,
    open_walk_hears,
    open_walk_was_not_seen,
)


def open_walk_is_gone(arrived: Arrived) -> Turn | None:
    """What it asks about was withdrawn since: she is told so once, below the answer to whatever else she said; above it
    where that ends in a question."""
    gone = arrived.staff.stack.gone(arrived.heard)
    if gone is None:
        return None
    if not gone.to_desk:
        return ends.of_flow(gone)
    turn = decide(arrived.in_context(gone.context))
    is_asked = turn.context.walks or turn.context.options
    replies = (*gone.replies, *turn.replies) if is_asked else (*turn.replies, *gone.replies)
    return replace(turn, replies=replies)


def takes_suggestion_by_place(arrived: Arrived) -> Turn | None:
    """It is as good as a tap on it."""
    context = arrived.context
    picked = None if context.options else pick_alone(arrived.heard.text, context.suggested)
    return decide(arrived.tapping(picked.payload)) if picked else None


def takes_list_among_choices(arrived: Arrived) -> Turn | None:
    """By its number or its label: the desk knows services alone."""
    picked = pick_whole(arrived.heard.text, arrived.context.options)
    command = read_command(picked.payload) if picked else None
    return decide(arrived.tapping(picked.payload)) if picked and command and command.intent == SCENARIO else None


def tells_rule_of_booking(arrived: Arrived) -> Turn | None:
    """What is asked of bookings at large is carried out by no walk and begins none."""
    asks = arrived.heard.sentence.rule_asked is not None
    return ends.of_enquiry(arrived, Act.ASK, arrived.heard.aspect) if asks else None


def tells_what_is_near(arrived: Arrived) -> Turn | None:
    """To whoever has sent along where she is."""
    here, said = arrived.context.location, arrived.heard.sentence
    if here is None or not said.nearest:
        return None
    told = arrived.staff.enquiry.list_nearest(said, here, arrived.quiet)
    return ends.beside_walk(arrived, told) if told else None


def enquiry_answers(arrived: Arrived) -> Turn | None:
    """我妈查出来癌症了 is told, and asks for the state of no case, though it was understood so."""
    heard = arrived.heard
    tells = heard.act is Act.PROGRESS and arrived.staff.library().event_lived(heard.text, Telling.BESIDE)
    return ends.of_enquiry(arrived, Act.ASK if tells else heard.act, heard.aspect)


RULES: tuple[Rule[Arrived], ...] = (
    open_walk_is_gone,
    answers_tapped_question,
    lists_tapped_theme,
    turns_tapped_guess_down,
    open_walk_takes_tap,
    enters_by_tap,
    begins_by_tap,
    stale_choice,
    stands_by_whoever_is_in_danger,
    sends_help,
    starts_anew,
    asks_before_deleting,
    tells_what_can_be_asked,
    tells_rule_of_booking,
    open_walk_was_not_seen,
    answers_what_was_offered,
    open_walk_hears,
    flow_takes_up,
    tells_what_is_near,
    open_walk_asks_again,
    begins_by_intent,
    begins_by_claim,
    open_walk_asks_after_all,
    takes_suggestion_by_place,
    takes_list_among_choices,
    enquiry_answers,
)
"""The last of these always answers."""


def decide(arrived: Arrived) -> Turn:
    return always(RULES, arrived)

"""Rules for a sentence that an open walk hears, or that begins one.

An open walk hears every sentence first, and what begins an errand beyond doubt begins it, whichever room was chosen.
"""

from __future__ import annotations

from dataclasses import replace

from service_hall.conversation.acts import Act
from service_hall.conversation.choosing import pick, pick_whole
from service_hall.conversation.reply import Outcome, QuestionReply
from service_hall.conversation.rooms import ERRANDS
from service_hall.conversation.turn import Turn
from service_hall.hearing.consent import Deed
from service_hall.reception import ends
from service_hall.reception.arrived import Arrived


def open_walk_was_not_seen(arrived: Arrived) -> Turn | None:
    """好的 and 1 that were written before the question stood there agree to nothing in it: it is put once more. What
    tells something of itself, a name or a day, is an answer to whatever asks for it."""
    heard, sentence = arrived.heard, arrived.heard.sentence
    if not heard.context.is_unseen or not (question := arrived.staff.stack.ask_again(heard.context)):
        return None
    options = question.options if isinstance(question, QuestionReply) else ()
    agrees = any(sentence.consents(to) for to in Deed)
    if not (agrees or sentence.picks_by_place or pick(heard.text, options)):
        return None
    return ends.of_flow(Turn(Outcome.ASKING, (question,), heard.context))


def answers_what_was_offered(arrived: Arrived) -> Turn | None:
    """What was shown last, a guess or a list beside the open walk, is what 是的, 不是, 1 and 算了 speak of: the walk's
    question has not been put since."""
    context, said = arrived.context, arrived.heard.sentence
    if not (context.walk and context.options) or arrived.heard.command:
        return None
    if said.picks_by_place or pick_whole(said.text, context.options):
        return ends.of_enquiry(arrived, Act.CHOOSE_OPTION)
    if said.assents or said.leaves_choice:
        return ends.of_enquiry(arrived, Act.AFFIRM)
    if said.refuses or said.stops:
        return ends.of_enquiry(arrived, Act.DENY)
    return None


def open_walk_hears(arrived: Arrived) -> Turn | None:
    """An answer to its question, or anything else that it knows what to do with."""
    turn = arrived.turn_of_walk
    if turn is None or turn.is_miss:
        return None
    return ends.handed_on(arrived, turn) if turn.to_desk and not turn.context.walks else ends.of_flow(turn)


def flow_takes_up(arrived: Arrived) -> Turn | None:
    """还要多久, 非常满意: of a ticket in hand, or a visit that is done."""
    turn = arrived.staff.stack.take_up(arrived.heard) if arrived.heard.sentence.plain else None
    if turn is None:
        return None
    question = arrived.staff.stack.ask_again(arrived.context)
    return ends.of_flow(replace(turn, replies=(*turn.replies, question)) if question else turn)


def open_walk_asks_again(arrived: Arrived) -> Turn | None:
    """It was no answer, and begins nothing else."""
    turn = arrived.turn_of_walk
    return ends.of_flow(turn) if turn and not arrived.is_claimed_elsewhere else None


def begins_by_intent(arrived: Arrived) -> Turn | None:
    begins = arrived.room in ERRANDS and not _cancels_nothing(arrived, arrived.heard.act)
    turn = arrived.begin(arrived.heard.act) if begins else None
    return ends.of_flow(turn) if turn else None


def begins_by_claim(arrived: Arrived) -> Turn | None:
    begun = (arrived.begin(meant) for meant in arrived.claims() if not _cancels_nothing(arrived, meant))
    turn = next((turn for turn in begun if turn), None)
    return ends.of_flow(turn) if turn else None


def open_walk_asks_after_all(arrived: Arrived) -> Turn | None:
    """It was no answer, and what it seemed to begin it did not."""
    turn = arrived.turn_of_walk
    return ends.of_flow(turn) if turn else None


def _cancels_nothing(arrived: Arrived, act: Act) -> bool:
    """原车主来不了, of a service that is talked about: no booking is given back."""
    enquiry = arrived.staff.enquiry
    return act is Act.CANCEL and enquiry.goes_on_with_item(arrived.heard.sentence, act, arrived.quiet)

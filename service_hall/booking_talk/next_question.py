"""The way itself: item → office → when → person → confirm. What is known is not asked."""

from __future__ import annotations

from service_hall.booking_talk import (
    confirm,
    item,
    office,
    openings_shown,
    own_bookings,
    proving,
    waiting,
    when,
    who,
)
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.reply import Reply
from service_hall.conversation.turn import Turn


def proceed(talk: Talk) -> Turn:
    if talk.answers.errand == "cancel":
        return talk.ask(own_bookings.CANCEL, own_bookings.cancel_question(talk))
    if not talk.answers.guide_id:
        return item.ask_again(talk)
    at_office = office.settle(talk)
    if isinstance(at_office, Turn):
        return at_office
    if at_office.answers.errand == "wait":
        return waiting.settle(at_office) if at_office.answers.has_person else who.ask(at_office)
    at_time = at_office if at_office.answers.starts_at else when.settle(at_office)
    if isinstance(at_time, Turn):
        return at_time
    if at_time.answers.errand == "move":
        return at_time.ask(own_bookings.CONFIRM_MOVE, own_bookings.move_question(at_time))
    return confirm.ask(at_time) if at_time.answers.has_person else who.ask(at_time)


def question_at(talk: Talk) -> Reply | None:
    """The open question as it was put, without a step ahead."""
    match talk.node:
        case item.NODE:
            return item.question(talk)
        case office.NODE:
            return office.question(talk)
        case openings_shown.NODE:
            return openings_shown.question(talk)
        case who.NODE:
            return who.question(talk)
        case confirm.NODE:
            return confirm.question(talk)
        case proving.NODE:
            return proving.question(talk)
        case own_bookings.WHICH | own_bookings.CANCEL | own_bookings.CONFIRM_MOVE:
            return own_bookings.question(talk)
    return None

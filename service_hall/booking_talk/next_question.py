"""The way itself: item → office → when → person → confirm. What is known is not asked."""

from __future__ import annotations

from service_hall.booking_talk import (
    confirm,
    item,
    office,
    own_bookings,
    waiting,
    when,
    who,
)
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.turn import Turn


def proceed(talk: Talk) -> Turn:
    if talk.answers.errand in ("cancel", "move") and not talk.answers.visit:
        return talk.ask(own_bookings.WHICH, own_bookings.which_question(talk))
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

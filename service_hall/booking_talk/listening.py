"""At whatever question: the person, the place or the time put another way."""

from __future__ import annotations

from service_hall.booking_talk import beginning, office, own_bookings, when, who
from service_hall.booking_talk.answers import TimeWanted
from service_hall.booking_talk.asked import ANSWERS, BookingQuestion
from service_hall.booking_talk.bookable import is_settled
from service_hall.booking_talk.free_places import held_start
from service_hall.booking_talk.reading import Said, read_said
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.acts import Act
from service_hall.conversation.guided.runner import ask_again
from service_hall.conversation.turn import Turn

MOST_CLAUSES = 40
"""That are read one by one; whoever says more has told the time before."""


def change_of_person(talk: Talk) -> Talk | None:
    return who.change(talk) if talk.heard.sentence.wants_other_person and talk.answers.person else None


def tells_what_is_asked(question: BookingQuestion, talk: Talk) -> bool:
    """Though it was understood as something beside the question."""
    return question.tells_place(talk) or _proposes_time(question, talk)


def other_place_or_time(question: BookingQuestion, talk: Talk, said: Said | None = None) -> Talk | Turn | None:
    sentence, said = talk.heard.sentence, said or read_said(talk.heard.sentence)
    if sentence.keeps_time and not said.wanted:
        return _at_the_same_time(question, talk)
    tells_time = bool(said.wanted or said.not_a_day)
    only_that = (
        talk.heard.act in ANSWERS
        or not sentence.subject
        or sentence.asks_for_places
        or (said.office is not None and not sentence.asks)
        or tells_what_is_asked(question, talk)
    )
    if talk.answers.errand != "move":
        if only_that and (said.office or said.region or said.nearest):
            return beginning.with_said(office.leave(talk), said)
        if talk.answers.office_id and sentence.wants_other_office:
            return office.another(beginning.with_said(talk, said) if said.wanted else talk)
    if tells_time and (only_that or sentence.wants_other_time):
        return _at_other_time(question, talk, said)
    means_time = sentence.speaks_of_moving or not sentence.subject  # and not 改密码
    moves = talk.heard.act is Act.RESCHEDULE and means_time and not question.shows_times
    if sentence.supposes or not (sentence.wants_other_time or moves):
        return None
    return when.at_another_time(talk)


def _at_the_same_time(question: BookingQuestion, talk: Talk) -> Talk | Turn | None:
    """不改了，还是原来的时间: the one that is told, or held; of a booking that was to be moved, its own."""
    if talk.answers.errand == "move":
        return own_bookings.keep(talk)
    if talk.answers.starts_at:
        return ask_again(talk, question)
    held = held_start(talk)
    return when.take(talk, held) if held else None


def _at_other_time(question: BookingQuestion, talk: Talk, said: Said) -> Talk | Turn:
    sentence, moved = talk.heard.sentence, beginning.with_said(talk, said)
    if said.wanted and not said.wanted.has_hours and sentence.asks:
        moved = moved.knowing(wanted=said.wanted)  # 明天几点有号 asks for all of the day
    if sentence.wants_to_wait and is_settled(moved):
        return when.wish(moved)
    return moved.knowing(wanted=TimeWanted()) if said.not_a_day else question.noting_time(moved)


def _proposes_time(question: BookingQuestion, talk: Talk) -> bool:
    for clause in talk.heard.sentence.clauses[:MOST_CLAUSES]:
        wanted = read_said(clause).wanted
        if wanted and question.is_proposal(wanted) and not clause.asks_about_service:
            return True
    return False

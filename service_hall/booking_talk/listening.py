"""At whatever question: the person, the place or the time put another way."""

from __future__ import annotations

import re

from service_hall.booking_talk import beginning, office, signals, when, who
from service_hall.booking_talk.answers import TimeWanted
from service_hall.booking_talk.asked import ANSWERS, BookingQuestion
from service_hall.booking_talk.bookable import is_settled
from service_hall.booking_talk.reading import Said, read_said, subject_of
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.acts import Act
from service_hall.conversation.turn import Turn

MOST_CLAUSES = 40
"""That are read one by one; whoever says more has told the time before."""
_CLAUSE = re.compile(r"[，,。；;！!？?\s]+")


def change_of_person(talk: Talk) -> Talk | None:
    return who.change(talk) if signals.wants_to_change_person(talk.heard.text) and talk.answers.person else None


def tells_what_is_asked(question: BookingQuestion, talk: Talk) -> bool:
    """Though it was understood as something beside the question."""
    return question.tells_place(talk) or _proposes_time(question, talk)


def other_place_or_time(question: BookingQuestion, talk: Talk, said: Said | None = None) -> Talk | Turn | None:
    text, said = talk.heard.text, said or read_said(talk.heard.text, talk.means)
    tells_time = bool(said.wanted or said.not_a_day)
    only_that = (
        talk.heard.act in ANSWERS
        or not subject_of(text, talk.means)
        or signals.asks_for_free_places(text)
        or (said.office is not None and not signals.is_question(text))
        or tells_what_is_asked(question, talk)
    )
    if talk.answers.errand != "move":
        if only_that and (said.office or said.region or said.nearest):
            return beginning.with_said(office.leave(talk), said)
        if talk.answers.office_id and signals.wants_other_office(text):
            return office.another(beginning.with_said(talk, said) if said.wanted else talk)
    if tells_time and (only_that or signals.wants_other_time(text)):
        return _at_other_time(question, talk, said)
    moves = talk.heard.act is Act.RESCHEDULE and not question.shows_times
    return when.at_another_time(talk) if signals.wants_other_time(text) or moves else None


def _at_other_time(question: BookingQuestion, talk: Talk, said: Said) -> Talk | Turn:
    text, moved = talk.heard.text, beginning.with_said(talk, said)
    if said.wanted and not said.wanted.has_hours and signals.is_question(text):
        moved = moved.knowing(wanted=said.wanted)  # 明天几点有号 asks for all of the day
    if signals.wants_to_wait(text) and is_settled(moved):
        return when.wish(moved)
    return moved.knowing(wanted=TimeWanted()) if said.not_a_day else question.noting_time(moved)


def _proposes_time(question: BookingQuestion, talk: Talk) -> bool:
    for clause in _CLAUSE.split(talk.heard.text)[:MOST_CLAUSES]:
        wanted = read_said(clause, talk.means).wanted if clause else None
        if wanted and question.is_proposal(wanted) and not signals.asks_about_service(clause):
            return True
    return False

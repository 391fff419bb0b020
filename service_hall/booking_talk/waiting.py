"""Onto the waiting list, and what becomes of a place that is offered from it."""

from __future__ import annotations

from datetime import datetime, timedelta

from service_hall.appointments import changing, reserving
from service_hall.appointments.asking import Proof
from service_hall.appointments.outcomes import Booked, ProofNeeded, SlotFull, Wished
from service_hall.appointments.own import find
from service_hall.appointments.waiting_list import WishFor, join
from service_hall.booking_talk import confirm, proving, when, who
from service_hall.booking_talk.said_back import describe_day, describe_wanted
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.reply import NoticeReply, Outcome, TextReply
from service_hall.conversation.turn import Turn
from service_hall.visits.states import Status
from service_hall.visits.visit import Code

DAYS_WAITED_FOR = 7
ACCEPT, DECLINE = "accept", "decline"


def settle(talk: Talk, proof: Proof | None = None) -> Turn:
    """With the person known: the wish is written down."""
    person = who.person_of(talk)
    if person is None:
        return who.ask(who.begin_anew(talk))
    wish = wish_of(talk)
    origin = talk.heard.context.origin
    match join(talk.means, talk.heard.visitor_id, wish, person, origin=origin, proof=proof):
        case ProofNeeded() as needed:
            return proving.ask(talk, "wish", needed)
        case Wished():
            return talk.end(Outcome.DONE, NoticeReply(text=_joined(talk, wish), kind="waitlist_joined"))
        case refused:
            return talk.end_saying(refused.message)


def wish_of(talk: Talk) -> WishFor:
    """The days and hours that were wanted; else any time of the next days."""
    answers, today = talk.answers, talk.means.now().date()
    days = answers.wanted.days or (today, today + timedelta(days=DAYS_WAITED_FOR))
    from_time, until_time = _hours(talk)
    return WishFor(answers.guide_id, answers.office_id, days[0], days[-1], from_time, until_time)


def answer_offer(talk: Talk, code: str, value: str) -> Turn | None:
    """A place was offered: taken, or left to the next."""
    visit = find(talk.means, talk.heard.visitor_id, Code(code))
    if visit is None or value not in (ACCEPT, DECLINE):
        return None
    talk = talk.knowing(guide_id=visit.guide_id, office_id=visit.office_id)
    if value == DECLINE:
        if visit.status is not Status.HELD:
            return talk.end(Outcome.ANSWERED, TextReply(text=talk.say("offer_over")))
        changing.cancel(talk.means, talk.heard.visitor_id, visit.code)
        return talk.end(Outcome.DONE, TextReply(text=talk.say("offer_declined")))
    match reserving.accept(talk.means, talk.heard.visitor_id, visit.code, talk.heard.context.origin):
        case ProofNeeded():  # it has run out, and another one would have to be taken
            return talk.end(Outcome.ANSWERED, TextReply(text=talk.say("offer_over")))
        case Booked(booked):
            return confirm.booked(talk, booked)
        case SlotFull(alternatives) as full:
            return when.refuse(talk, full.message, alternatives)
        case refused:
            return talk.end(Outcome.ANSWERED, TextReply(text=refused.message))


def _joined(talk: Talk, wish: WishFor) -> str:
    office, now = talk.means.office(wish.office_id), talk.means.now()
    days = f"{describe_day(wish.first_day, now)}到{describe_day(wish.last_day, now)}"
    return talk.say(
        "joined",
        item=talk.means.guide_name(wish.guide_id),
        at=office.name if office else "",
        when=describe_wanted(talk.answers.wanted, now) if talk.answers.wanted.days else days,
        minutes=talk.means.rules_now().waitlist_offer_minutes,
    )


def _hours(talk: Talk) -> tuple[str, str]:
    wanted = talk.answers.wanted
    if wanted.at:  # any start whose slot holds that moment
        office = talk.means.office(talk.answers.office_id)
        line = office.line_of(talk.answers.guide_id) if office else None
        at = datetime.combine(talk.means.now().date(), wanted.at)
        minute = timedelta(minutes=1)
        return f"{at - timedelta(minutes=line.slot_minutes if line else 1) + minute:%H:%M}", f"{at + minute:%H:%M}"
    from_time = f"{wanted.from_time:%H:%M}" if wanted.from_time else "00:00"
    return from_time, f"{wanted.until_time:%H:%M}" if wanted.until_time else "24:00"

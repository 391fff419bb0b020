"""The visitor's own bookings in the talk: which one is meant, cancelled, moved, or all of them told."""

from __future__ import annotations

from collections.abc import Collection

from service_hall.appointments import changing
from service_hall.appointments.outcomes import Cancelled
from service_hall.appointments.own import find, visits_of, wishes_of
from service_hall.appointments.replies import appointment_reply, label_of
from service_hall.booking_talk.answers import TimeWanted
from service_hall.booking_talk.reading import read_said
from service_hall.booking_talk.said_back import describe_day
from service_hall.booking_talk.showing import option, single_choice
from service_hall.booking_talk.talk import Talk
from service_hall.booking_talk.waiting import ACCEPT, DECLINE
from service_hall.booking_talk.when import move
from service_hall.conversation.choosing import pick
from service_hall.conversation.message import command_payload, read_command
from service_hall.conversation.reply import (
    AppointmentReply,
    Choice,
    ChoicesReply,
    Outcome,
    QuestionReply,
    Reply,
    TextReply,
)
from service_hall.conversation.turn import Turn
from service_hall.hearing.picking import place_picked
from service_hall.shared.moments import describe_moment
from service_hall.visits.states import IN_HALL, Move, Status, allows
from service_hall.visits.visit import Code, Visit
from service_hall.visits.waiting import WishStatus

WHICH, CANCEL, CONFIRM_MOVE = "which", "cancel", "confirm_move"
MOST_TOLD, MOST_ASKED = 5, 9
YES, NO = "yes", "no"


def ahead(talk: Talk) -> list[Visit]:
    """What may be meant: booked and still to come, and to be cancelled also what has a ticket in the hall; those that
    need another time first."""
    of_status = {Status.BOOKED} if talk.answers.errand == "move" else {Status.BOOKED, *IN_HALL}
    return sorted(_from_today(talk, of_status), key=lambda visit: not visit.displaced)


def _from_today(talk: Talk, of_status: Collection[Status]) -> list[Visit]:
    today = talk.means.now().date()
    own = visits_of(talk.means, talk.heard.visitor_id)
    return [visit for visit in own if visit.status in of_status and visit.day >= today]


def has_any(talk: Talk) -> bool:
    """Whether there is one to cancel."""
    return bool(_from_today(talk, {Status.BOOKED, *IN_HALL}))


def to_come_to(talk: Talk) -> list[Visit]:
    """Booked or already in the hall, the next one in front. What needs another time stands nowhere yet."""
    there = _from_today(talk, {Status.BOOKED, *IN_HALL})
    return [visit for visit in there if visit.starts_at and not visit.displaced]


def names_other(talk: Talk) -> bool:
    """护照那个先取消吧, in the middle of another booking."""
    named = talk.heard.sentence.beside_ending.likely_items
    return talk.answers.guide_id not in named and any(visit.guide_id in named for visit in ahead(talk))


def settle(talk: Talk, text: str = "", code: str = "") -> Talk | Turn | None:
    """Which booking is meant. None: there is none to change or cancel."""
    if code:
        visit = find(talk.means, talk.heard.visitor_id, Code(code))
        return choose(talk, code) if visit else talk.end(Outcome.ANSWERED, TextReply(text=talk.say("unknown_booking")))
    own = ahead(talk)
    if not own:
        there = _from_today(talk, IN_HALL)
        return refuse_in_hall(talk, there[0]) if there else _none_to_cancel(talk)
    meant = _by_place(talk, text) or _meant(talk, own, text)
    if len(meant) == 1 or (talk.answers.errand == "move" and meant[0].displaced):
        return choose(talk, meant[0].code)
    talk = talk.knowing(offered=tuple(visit.code for visit in meant[:MOST_ASKED]))
    return talk.ask(WHICH, which_question(talk))


def _none_to_cancel(talk: Talk) -> Turn | None:
    """取消我的预约 is not answered as 算了 is: that would sound as if it had been cancelled."""
    if talk.answers.errand != "cancel" or talk.heard.context.walk or not talk.heard.sentence.means_earlier_booking:
        return None
    return talk.end(Outcome.ANSWERED, TextReply(text=talk.say("none_to_cancel")))


def refuse_in_hall(talk: Talk, visit: Visit) -> Turn:
    """What is checked in has no other time; before it is called it can still be cancelled."""
    if not allows(Move.CANCEL, visit.status):
        return talk.end(Outcome.ANSWERED, TextReply(text=talk.say("at_counter", number=visit.ticket)))
    text = talk.say("checked_in_keeps_time", booking=label_of(talk.means, visit), number=visit.ticket)
    giving_up = Choice(label=talk.say("cancel_yes"), payload=command_payload("cancel", code=visit.code))
    return talk.end(Outcome.ANSWERED, ChoicesReply(text=text, options=(giving_up,)))


def choose(talk: Talk, code: str) -> Talk | None:
    visit = find(talk.means, talk.heard.visitor_id, Code(code))
    if visit is None:
        return None
    wanted = talk.answers.wanted
    if talk.answers.errand == "move" and wanted.is_said and not wanted.days and not wanted.soonest:
        wanted = wanted.model_copy(update={"days": (visit.day,)})  # 改到下午: of the same day
    return talk.knowing(visit=visit.code, guide_id=visit.guide_id, office_id=visit.office_id, offered=(), wanted=wanted)


def read_which(talk: Talk) -> Talk | None:
    """By its number, its item or its day."""
    sentence = talk.heard.sentence
    named = sentence.beside_ending if talk.answers.errand == "cancel" else sentence  # 取消第二个
    if picked := pick(named.text, which_question(talk).options):
        command = read_command(picked.payload)
        return choose(talk, command["value"]) if command else None
    visits = [visit for visit in ahead(talk) if visit.code in talk.answers.offered]
    meant = _meant(talk, visits, talk.heard.text)
    return choose(talk, meant[0].code) if len(meant) == 1 < len(visits) else None


def choose_cancel(talk: Talk, value: str) -> Talk | Turn | None:
    return cancel(talk) if value == YES else keep(talk) if value == NO else None


def choose_move(talk: Talk, value: str) -> Talk | Turn | None:
    if value == NO:
        return keep(talk)
    if not talk.answers.starts_at:
        return None
    if value == YES:
        return move(talk, talk.answers.starts_at)
    return talk.knowing(starts_at=None, wanted=TimeWanted()) if value == "when" else None


def keep(talk: Talk) -> Turn:
    return talk.end(Outcome.ANSWERED, TextReply(text=talk.say("kept")))


def cancel(talk: Talk) -> Turn:
    match changing.cancel(talk.means, talk.heard.visitor_id, Code(talk.answers.visit)):
        case Cancelled(visit) if visit.starts_at is None:
            return talk.end(Outcome.DONE, TextReply(text=talk.say("ticket_given_back", number=visit.ticket)))
        case Cancelled(visit):
            return talk.end(Outcome.DONE, appointment_reply(talk.means, visit, "appointment_cancelled"))
        case refused:
            return talk.end(Outcome.ANSWERED, TextReply(text=refused.message))


def which_question(talk: Talk) -> QuestionReply:
    found = [_by_code(talk, code) for code in talk.answers.offered]
    options = [option(WHICH, label_of(talk.means, visit), visit.code) for visit in found if visit]
    return single_choice(talk, WHICH, talk.say(f"which_to_{talk.answers.errand}"), options)


def cancel_question(talk: Talk) -> QuestionReply:
    code = talk.answers.visit
    options = [option(CANCEL, talk.say(f"cancel_{value}"), value, code) for value in (YES, NO)]
    visit = _by_code(talk, code)
    booking, number = (label_of(talk.means, visit), visit.ticket) if visit else ("", "")
    text = talk.say("cancel_checked_in" if number else "cancel_really", booking=booking, number=number)
    return single_choice(talk, CANCEL, text, options)


def move_question(talk: Talk) -> QuestionReply:
    answers = talk.answers
    options = [option(CONFIRM_MOVE, talk.say(f"move_{value}"), value, answers.visit) for value in (YES, "when", NO)]
    when = describe_moment(answers.starts_at, talk.means.now()) if answers.starts_at else ""
    visit = _by_code(talk, answers.visit)
    before = describe_moment(visit.starts_at, talk.means.now()) if visit and visit.starts_at else ""
    text = talk.say("move_really", item=talk.means.guide_name(answers.guide_id), before=before, when=when)
    return single_choice(talk, CONFIRM_MOVE, text, options)


def told(talk: Talk) -> tuple[Reply, ...]:
    """All that is under way, and what is waited for; empty if nothing."""
    under_way = _under_way(talk)
    replies: list[Reply] = [_told(talk, visit) for visit in under_way[:MOST_TOLD]]
    if len(under_way) > MOST_TOLD:
        replies.append(TextReply(text=talk.say("more_bookings", more=len(under_way) - MOST_TOLD)))
    waiting = [wish for wish in wishes_of(talk.means, talk.heard.visitor_id) if wish.status is WishStatus.WAITING]
    now = talk.means.now()
    lines = [
        talk.say("waits_for", item=talk.means.guide_name(wish.guide_id), day=describe_day(wish.last_day, now))
        for wish in waiting
    ]
    return (*replies, TextReply(text="\n".join(lines))) if lines else tuple(replies)


def _under_way(talk: Talk) -> list[Visit]:
    """In the order in which they are told."""
    return [
        visit
        for visit in visits_of(talk.means, talk.heard.visitor_id)
        if visit.starts_at
        and (visit.status in {Status.BOOKED, *IN_HALL} or (visit.status is Status.HELD and visit.person))
    ]


def _told(talk: Talk, visit: Visit) -> AppointmentReply:
    reply = appointment_reply(talk.means, visit)
    extra: tuple[Choice, ...] = ()
    if visit.status is Status.HELD:
        extra = tuple(
            Choice(
                label=talk.say(f"offer_{value}"),
                payload=command_payload("give_details", node="offer", code=visit.code, value=value),
            )
            for value in (ACCEPT, DECLINE)
        )
    if visit.status in IN_HALL:
        extra = (Choice(label=talk.say("see_queue"), payload=command_payload("queue_state")),)
    note = f"{talk.say('displaced')}\n" if visit.displaced else ""
    return reply.model_copy(update={"text": note + reply.text, "options": (*extra, *reply.options)})


def _by_place(talk: Talk, text: str) -> list[Visit]:
    """取消第二个, 第二个改到周五: of all that are told. In the middle of another booking it may be of what that asked:
    which one is meant is asked then."""
    if talk.stands_over_another:
        return []
    sentence, listed = talk.heard.sentence.part(text), _under_way(talk)
    named = sentence.moved_from if talk.answers.errand == "move" else sentence.beside_ending
    place = None if named.when else place_picked(named.text, len(listed))  # 2号的 is a day
    return [listed[place]] if place is not None and 0 <= place < len(listed) else []


def _meant(talk: Talk, own: list[Visit], text: str) -> list[Visit]:
    """Those that the item and the day of the sentence fit; all where none does."""
    sentence = talk.heard.sentence.part(text)
    before = sentence.moved_from if talk.answers.errand == "move" else sentence
    said = read_said(before)
    found, named = own, before.beside_ending.likely_items
    if of_item := [visit for visit in found if visit.guide_id in named]:
        found = of_item
    days = said.wanted.days if said.wanted else ()
    if on_day := [visit for visit in found if visit.day in days]:
        found = on_day
    return found


def _by_code(talk: Talk, code: str) -> Visit | None:
    """The code has been found to be the visitor's before."""
    return talk.means.ledger.read(lambda page: page.by_code(Code(code)))

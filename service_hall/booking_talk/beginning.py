"""The first sentence: all that it gives is taken, so that none of it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from service_hall.appointments.outcomes import NotAllowed
from service_hall.appointments.own import find
from service_hall.booking_talk import item, office, own_bookings, when, who
from service_hall.booking_talk.free_places import held_start
from service_hall.booking_talk.next_question import proceed
from service_hall.booking_talk.reading import Said, read_said
from service_hall.booking_talk.said_back import MOST_TOLD_SINGLY, describe_day
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.conversation.turn import Turn
from service_hall.visits.states import IN_HALL, Move, allows
from service_hall.visits.visit import Code


def book(talk: Talk) -> Turn:
    text, command = talk.heard.text, talk.heard.command
    talk = with_said(who.take_in(talk) or talk, read_said(talk.heard.sentence))
    if command:
        talk = talk.knowing(office_id=command["office_id"])
    chosen = item.choose(talk, command["guide_id"]) if command and command["guide_id"] else item.settle(talk, text)
    return chosen if isinstance(chosen, Turn) else at_first_office(chosen)


def book_item(talk: Talk) -> Turn:
    """The item is known; the sentence may tell place and time."""
    return at_first_office(with_said(talk, read_said(talk.heard.sentence)))


def at_first_office(talk: Talk) -> Turn:
    """Onto the waiting list at once, if that is what was asked for."""
    if not talk.heard.sentence.wants_to_wait:
        return proceed(talk)
    settled = office.settle(talk)
    waits = when.wish(settled) if isinstance(settled, Talk) else settled
    return proceed(waits) if isinstance(waits, Talk) else waits


def change(talk: Talk) -> Turn | None:
    """Cancel or move. None: the visitor has no booking that could be."""
    text, command = talk.heard.text, talk.heard.command
    if talk.answers.errand == "move":
        talk = with_said(talk, read_said(talk.heard.sentence.moved_to)).knowing(office_id="")
    chosen = own_bookings.settle(talk, text, command["code"] if command else "")
    if not isinstance(chosen, Talk):
        return chosen
    visit = find(chosen.means, chosen.heard.visitor_id, Code(chosen.answers.visit))
    move, reason = (
        (Move.CANCEL, "cancel_too_late")
        if chosen.answers.errand == "cancel"
        else (Move.RESCHEDULE, "reschedule_too_late")
    )
    if visit and visit.status in IN_HALL and not allows(move, visit.status):
        return own_bookings.refuse_in_hall(chosen, visit)
    if visit is None or not allows(move, visit.status):
        return chosen.end(Outcome.ANSWERED, TextReply(text=NotAllowed(reason).message))
    return proceed(chosen)


def with_said(talk: Talk, said: Said) -> Talk:
    """Time, office and region of a sentence, over what was known of them."""
    today = talk.means.now().date()
    if said.not_a_day:
        talk = talk.noting(talk.say(f"not_a_day_{said.not_a_day.reason}", said=said.not_a_day.said))
        talk = talk.knowing(starts_at=None)
    if wanted := said.wanted:
        earlier, at = talk.answers.wanted, talk.answers.starts_at
        if said.is_weekday_of_today and earlier.days and min(earlier.days) > today:
            # After 周日, 那周一 is the day after it, not today, which nobody calls by its weekday.
            wanted = wanted.model_copy(update={"days": (today + timedelta(days=7),)})
        if not at and wanted.at and not (wanted.days or earlier.is_said):
            at = held_start(talk)  # 换个时间, then 三点: of the day that is held
        if at and not wanted.days:
            earlier = earlier.model_copy(update={"days": (at.date(),)})  # 改到下午: of the same day
        offered = () if talk.answers.guide_id else talk.answers.offered  # what was offered is still to be named
        talk = talk.knowing(wanted=wanted.over(earlier), starts_at=None, shown=(), offered=offered)
        if said.repeats:
            talk = talk.noting(_one_visit(talk, wanted.days))
    if said.region and not said.office:
        talk = replace(talk, region=said.region)
    if said.office:
        talk = talk.knowing(office_id=said.office.id)
    if said.nearest:
        talk = talk.knowing(nearest=True)
    return talk


def _one_visit(talk: Talk, days: Sequence[date]) -> str:
    """每周二、周四: a booking is for one of them."""
    if not 0 < len(days) <= MOST_TOLD_SINGLY:
        return talk.say("one_visit")
    told = "，还是".join(describe_day(day, talk.means.now()) for day in days)
    return talk.say("one_visit_of", days=told)

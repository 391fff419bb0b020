"""With a question open: what a sentence, or a tap, is an answer to."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge_base.search.find import NotFound
from service_hall.booking_talk import (
    beginning,
    confirm,
    item,
    office,
    openings_shown,
    own_bookings,
    proving,
    resuming,
    signals,
    when,
    who,
)
from service_hall.booking_talk.answers import TimeWanted
from service_hall.booking_talk.details import NAME_HINT
from service_hall.booking_talk.next_question import question_at
from service_hall.booking_talk.reading import (
    Said,
    item_put_right,
    read_said,
    subject_of,
)
from service_hall.booking_talk.said_back import describe_wanted
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.acts import Act
from service_hall.conversation.message import Command, read_command
from service_hall.conversation.reply import OpeningsReply, QuestionReply, Reply
from service_hall.conversation.turn import Turn

MOST_MISSES = 3
MOST_CLAUSES = 40
"""That are read one by one; whoever says more has told the time before."""
_CLAUSE = re.compile(r"[，,。；;！!？?\s]+")
_OWN = (own_bookings.WHICH, own_bookings.CANCEL, own_bookings.CONFIRM_MOVE)
# Where the question is which one, and not whether.
_NAMES_ONE = (item.NODE, office.NODE, openings_shown.NODE, who.NODE, own_bookings.WHICH)
# These acts answer what was asked, or fail to; what is understood as any other may be about something else.
_ANSWERS = {Act.GIVE_DETAILS, Act.AFFIRM, Act.DENY, Act.CHOOSE_OPTION, Act.CORRECT, Act.BOOK, Act.RESCHEDULE}
_BESIDE = {
    Act.GREET, Act.THANKS, Act.GOODBYE, Act.PRAISE, Act.BOT_IDENTITY, Act.BOT_CAPABILITY, Act.ABUSE, Act.ASK_HUMAN,
    Act.PROGRESS, Act.COMPLAINT, Act.MY_APPOINTMENTS, Act.CHECK_IN, Act.QUEUE_STATE,
}  # fmt: skip


def listen(talk: Talk) -> Talk | Turn | None:
    """None: no answer to the open question."""
    heard, text = talk.heard, talk.heard.text
    if talk.node == who.NODE and (left_out := who.left_out(talk)):
        return left_out
    if talk.node == proving.NODE and (answered := resuming.read(talk)):
        return answered
    if assented := _assented(talk):
        return assented
    if talk.node in _OWN and (answered := own_bookings.read(talk)):
        return answered
    if talk.node == confirm.NODE and (signals.skips(text) or signals.leaves_out_id_number(text)):
        return _ask_again(talk)  # it was not asked for
    if talk.node == own_bookings.WHICH and talk.answers.errand == "cancel" and signals.cancels(heard):
        return _ask_again(talk)  # 确定取消, and which is still open
    if heard.act in (Act.CANCEL, Act.RESCHEDULE) and (
        signals.means_earlier_booking(text) or own_bookings.names_other(talk)
    ):
        return None  # begins that errand
    if signals.stops(heard):
        return _stop(talk)
    if heard.act is Act.REPEAT:
        return _ask_again(talk)
    if another := _another_item(talk):
        return another
    taken = who.take_in(talk) if talk.answers.errand in ("book", "wait") else None
    names_item = talk.node == item.NODE and heard.sentence.sure_item
    if taken and talk.node in (who.NODE, confirm.NODE, item.NODE) and not names_item:
        is_left_open = talk.node == confirm.NODE and taken.answers.person == talk.answers.person
        means_person = signals.wants_to_change_person(text) or NAME_HINT in text
        return who.change(taken) if is_left_open and means_person else taken
    answered = _answer(taken or talk)
    return answered or taken or _missed(talk)


def _assented(talk: Talk) -> Talk | Turn | None:
    """好的, where one of several is to be named: it takes the only one there is, and of more than one none."""
    if not talk.heard.sentence.assents or signals.stops(talk.heard):
        return None
    offered = _to_choose_from(question_at(talk)) if talk.node in _NAMES_ONE else ()
    if len(offered) == 1 and talk.node != who.NODE:
        command = read_command(offered[0])
        return tapped(talk, command) if command else None
    return _ask_once_more(talk, "which_one") if len(offered) > 1 else None


def _to_choose_from(question: Reply | None) -> tuple[str, ...]:
    """Payloads."""
    if isinstance(question, OpeningsReply):
        return tuple(each.payload for each in question.openings)
    return tuple(each.payload for each in question.options) if isinstance(question, QuestionReply) else ()


def tapped(talk: Talk, command: Command) -> Talk | Turn | None:
    """None: no tap of this talk, or of none that is open."""
    if command.intent != "give_details" or command["node"] in ("offer", "rate"):
        return None
    return _tapped(talk, command["node"], command["value"], command["code"]) or _ask_again(talk, "stale")


def _tapped(talk: Talk, node: str, value: str, code: str) -> Talk | Turn | None:
    answers = talk.answers
    is_own = code in ("", answers.hold, answers.visit)
    if node in _OWN:
        return own_bookings.choose_option(talk, value) if node == talk.node and is_own else None
    if node == item.NODE and answers.errand == "book" and value in talk.library.names:
        return item.choose(talk, value) if not answers.guide_id else _restart(talk, value)
    if node == office.NODE and answers.errand in ("book", "wait") and answers.guide_id:
        found = talk.means.office(value)
        return office.choose(talk, value) if found and found.line_of(answers.guide_id) else None
    if node == openings_shown.NODE and answers.errand != "cancel" and office.is_settled(talk):
        return when.choose(talk.knowing(errand="book") if answers.errand == "wait" else talk, value)
    if node == who.NODE and answers.errand in ("book", "wait"):
        return who.choose(talk, value)
    if node == confirm.NODE == talk.node and is_own:
        return confirm.choose(talk, value)
    if node == proving.NODE == talk.node:
        return resuming.choose(talk, value)
    return None


def _answer(talk: Talk) -> Talk | Turn | None:
    heard, text = talk.heard, talk.heard.text
    about_places = signals.asks_for_free_places(text)
    is_beside = heard.act in _BESIDE and not signals.agrees(heard)  # 就这样吧 is no goodbye here
    asks = heard.act is Act.ASK and signals.is_question(text) and not about_places
    if (is_beside or asks) and not _tells_what_is_asked(talk):
        return None
    if talk.node == who.NODE and (answered := who.read(talk)):
        return answered
    if signals.wants_to_change_person(text) and talk.answers.person:
        return who.change(talk)
    if talk.node == item.NODE:
        talk = beginning.with_said(talk, read_said(text, talk.means))
        return item.read(talk) or (
            item.ask_again(talk) if _tells_more(talk) and not subject_of(text, talk.means) else None
        )
    said = read_said(text, talk.means)
    if talk.node == openings_shown.NODE and (first := when.first_shown(talk, said)):
        return first
    if talk.answers.errand != "cancel" and (moved := _other_place_or_time(talk, said)):
        return moved
    match talk.node:
        case office.NODE:
            return office.read(talk)
        case openings_shown.NODE:
            return when.read(talk)
        case confirm.NODE:
            return confirm.read(talk)
    return None


def _tells_more(talk: Talk) -> bool:
    """At the question for the item: when or where, which is kept for later."""
    said = read_said(talk.heard.text, talk.means)
    return bool(said.wanted or said.office or said.region or said.nearest)


def _tells_what_is_asked(talk: Talk) -> bool:
    """后天中午十二点半行吗，我午休过去: with openings on the table a time is a proposal, whatever stands around it; and
    so is a place where the place is asked for."""
    if talk.node == office.NODE:
        said = read_said(talk.heard.text, talk.means)
        if (said.office or said.region) and not signals.is_question(talk.heard.text):
            return True
    return _proposes_time(talk)


def _proposes_time(talk: Talk) -> bool:
    if talk.node not in (openings_shown.NODE, office.NODE, who.NODE, confirm.NODE):
        return False
    for clause in _CLAUSE.split(talk.heard.text)[:MOST_CLAUSES]:
        wanted = read_said(clause, talk.means).wanted if clause else None
        if wanted and (wanted.has_hours or talk.node == openings_shown.NODE) and not signals.asks_about_service(clause):
            return True
    return False


def _other_place_or_time(talk: Talk, said: Said) -> Talk | Turn | None:
    text = talk.heard.text
    tells_time = bool(said.wanted or said.not_a_day)
    only_that = (
        talk.heard.act in _ANSWERS
        or not subject_of(text, talk.means)
        or signals.asks_for_free_places(text)
        or (said.office is not None and not signals.is_question(text))
        or (talk.node == office.NODE and _tells_what_is_asked(talk))
        or (tells_time and _proposes_time(talk))
    )
    if talk.answers.errand != "move" and only_that and (said.office or said.region or said.nearest):
        talk = office.leave(talk)
        return beginning.with_said(talk, said)
    if talk.answers.errand != "move" and talk.answers.office_id and signals.wants_other_office(text):
        moved_on = beginning.with_said(talk, said) if said.wanted else talk
        return office.another(moved_on)
    if tells_time and (only_that or signals.wants_other_time(text)):
        moved = beginning.with_said(talk, said)
        if said.wanted and not said.wanted.has_hours and signals.is_question(text):
            moved = moved.knowing(wanted=said.wanted)  # 明天几点有号 asks for all of the day
        if signals.wants_to_wait(text) and office.is_settled(moved):
            return when.wish(moved)
        if said.not_a_day:
            return moved.knowing(wanted=TimeWanted())
        if talk.node == office.NODE:
            moved = moved.noting(moved.say("time_noted", when=describe_wanted(moved.answers.wanted, talk.means.now())))
        return moved
    if signals.wants_other_time(text) or (talk.heard.act is Act.RESCHEDULE and talk.node != openings_shown.NODE):
        return talk.knowing(wanted=TimeWanted(), starts_at=None)
    return None


def _another_item(talk: Talk) -> Turn | None:
    text, act, current = talk.heard.text, talk.heard.act, talk.answers.guide_id
    puts_right = talk.heard.sentence.takes_back or act is Act.CORRECT
    if talk.node == item.NODE or not (act is Act.BOOK or puts_right):
        return None
    guide_id = talk.heard.sentence.sure_item
    if puts_right and current and guide_id in ("", current) and not talk.heard.context.pocket:
        guide_id = item_put_right(text, current, talk.means)
    if not guide_id or guide_id == talk.answers.guide_id:
        return None
    return _restart(talk, guide_id)


def _restart(talk: Talk, guide_id: str) -> Turn:
    """For another item; the person stays the same."""
    kept: tuple[str, ...] = ("person", "who", "lacks", "no_id_number", "location")
    at = talk.means.office(talk.answers.office_id)
    if at and at.line_of(guide_id):
        kept = (*kept, "office_id", "wanted")
    before = talk.let_go().answers
    anew = replace(talk, answers=type(before)(**{name: getattr(before, name) for name in kept}), node="")
    anew = anew.noting(anew.say("other_item", item=anew.means.guide_name(guide_id))).knowing(guide_id=guide_id)
    return beginning.book_item(anew)


def _stop(talk: Talk) -> Turn:
    return talk.end_saying(talk.say("stopped" if talk.answers.errand in ("book", "wait") else "kept"))


def _ask_again(talk: Talk, why: str = "") -> Turn | None:
    question = question_at(talk)
    return talk.noting(talk.say(why) if why else "").ask(talk.node, question, talk.misses) if question else None


def _missed(talk: Talk) -> Turn | None:
    """Said to the question and not understood. None: rather about something else."""
    act, text = talk.heard.act, talk.heard.text
    if act in _BESIDE or signals.is_question(text):
        return None
    if act not in _ANSWERS:
        found = talk.library.find(text)
        if not isinstance(found, NotFound) or found.known:
            return None
    return _ask_once_more(talk, "missed_name" if talk.node == who.NODE and "name" in talk.answers.lacks else "missed")


def _ask_once_more(talk: Talk, why: str) -> Turn | None:
    """After an answer that was none; the third time with a way out."""
    question = question_at(talk)
    if question is None:
        return None
    misses = talk.misses + 1
    if misses >= MOST_MISSES:
        return talk.noting(talk.say("tired")).ask(talk.node, question)
    return talk.noting(talk.say(why)).ask(talk.node, question, misses)

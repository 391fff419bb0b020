"""On which day and at what time; the place is held as soon as that is clear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from knowledge_base.language.tokenize import plain
from service_hall.appointments import changing
from service_hall.appointments.asking import Proof
from service_hall.appointments.openings import Opening
from service_hall.appointments.outcomes import Held, LimitReached, Moved, ProofNeeded, SlotFull, Unknown
from service_hall.appointments.places import Wanted
from service_hall.appointments.replies import appointment_reply
from service_hall.appointments.reserving import hold
from service_hall.booking_talk import proving
from service_hall.booking_talk.answers import TimeWanted
from service_hall.booking_talk.bookable import offices_of
from service_hall.booking_talk.free_places import Offer, Take, look_up, openings_after
from service_hall.booking_talk.office import another
from service_hall.booking_talk.openings_shown import (
    NODE,
    OTHER_DAY,
    OTHER_OFFICE,
    WAIT,
    numbered_starts,
    place_of,
    question,
    ways_on,
)
from service_hall.booking_talk.reading import Said
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.choosing import pick, picks_by_place
from service_hall.conversation.reply import Choice, Outcome
from service_hall.conversation.turn import Turn
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.moments import describe_moment
from service_hall.visits.visit import Code


def settle(talk: Talk, again: bool = False) -> Talk | Turn:
    """Takes the place where what was said leaves one, or shows what there is. `again`: show, whatever was said."""
    answers = talk.answers
    found = look_up(talk, answers.wanted)
    if isinstance(found, Take) and not again:
        if not found.exact:
            talk = talk.noting(_why_this(talk, found.starts_at))
        return _propose(talk, found.starts_at)  # one that was said, and not one that was seen and tapped
    if isinstance(found, Take):
        found = Offer((Opening(found.starts_at, 1, answers.office_id),))
    if found.never:
        answers_then = answers.wanted.model_copy(update={"at": None, "from_time": None, "until_time": None})
        talk = talk.knowing(wanted=answers_then)  # an hour that no day has is not looked for on the next day
    return show(talk.noting(found.why), found.openings, found.is_full)


def take(talk: Talk, starts_at: datetime, proof: Proof | None = None) -> Talk | Turn:
    if talk.answers.errand == "move":
        return move(talk, starts_at)
    answers, earlier = talk.answers, Code(talk.answers.hold) if talk.answers.hold else None
    wanted = Wanted(answers.guide_id, answers.office_id, starts_at)
    asked = hold(
        talk.means,
        talk.heard.visitor_id,
        wanted,
        earlier,
        request=talk.walk_id,
        origin=talk.heard.context.origin,
        proof=proof,
    )
    match asked:
        case ProofNeeded(kind="phone_code"):  # at the end, to the phone that will be told by then
            later = talk.noting(talk.say("not_held", **place_of(talk, starts_at)))
            return later.knowing(hold="", starts_at=starts_at, offered=(), shown=())
        case ProofNeeded() as needed:
            return proving.ask(talk.knowing(hold_at=starts_at), "hold", needed)
        case Held(visit):
            kept = talk.say("held", **place_of(talk, starts_at), minutes=talk.means.rules_now().hold_minutes)
            return talk.knowing(hold=visit.code, starts_at=visit.starts_at, offered=(), shown=()).noting(kept)
        case LimitReached() as limit:
            return talk.end_saying(limit.message)
        case refused:
            return refuse(talk, refused.message, refused.alternatives if isinstance(refused, SlotFull) else ())


def move(talk: Talk, starts_at: datetime) -> Talk | Turn:
    """The booking that is to have another time gets it."""
    match changing.reschedule(talk.means, talk.heard.visitor_id, Code(talk.answers.visit), starts_at):
        case Moved(visit):
            return talk.end(Outcome.DONE, appointment_reply(talk.means, visit, "appointment_moved"))
        case LimitReached() | Unknown() as ended:
            return talk.end_saying(ended.message)
        case refused:
            return refuse(talk, refused.message, refused.alternatives if isinstance(refused, SlotFull) else ())


def refuse(talk: Talk, message: str, alternatives: Sequence[Opening] = ()) -> Turn:
    """The place cannot be had after all; the openings stand below the reason."""
    talk = replace(talk, notes=(message,)).knowing(starts_at=None)
    here = [each for each in alternatives if each.office_id in ("", talk.answers.office_id)]
    if here:
        return show(talk, here, is_full=True)
    found = look_up(talk, TimeWanted())
    return show(talk, found.openings if isinstance(found, Offer) else (), is_full=True)


def show(talk: Talk, openings: Sequence[Opening], is_full: bool = False, misses: int = 0) -> Turn:
    talk = talk.knowing(
        shown=tuple(each.starts_at.astimezone(SHANGHAI) for each in openings),
        offered=tuple(_ways_on(talk, bool(openings), is_full)),
        starts_at=None,
    )
    return talk.ask(NODE, question(talk), misses)


def read(talk: Talk) -> Talk | Turn | None:
    """Days and hours have been read before."""
    text = talk.heard.text
    numbered = numbered_starts(talk.answers.shown)
    as_numbers = [Choice(label=f"{start:%m月%d日%H:%M}", payload=start.isoformat()) for start in numbered]
    if talk.heard.sentence.wants_to_wait:
        return choose(talk, WAIT)
    if picked := talk.heard.picks(as_numbers):
        return choose(talk, picked.payload)
    if picked := pick(text, as_numbers):
        return _propose(talk, datetime.fromisoformat(picked.payload))
    if named := pick(text, ways_on(talk)) if not picks_by_place(text) else None:
        return choose(talk, next(each.value for each in ways_on(talk) if each.payload == named.payload))
    if talk.heard.disagrees:
        return none_of_these(talk)
    if talk.heard.agrees and len(talk.answers.shown) == 1:
        return take(talk, talk.answers.shown[0])
    return None


def none_of_these(talk: Talk) -> Turn:
    asked = talk.noting(talk.say("which_time_then")).knowing(wanted=TimeWanted())
    return asked.ask(NODE, question(talk), talk.misses + 1)


def way_on_named(talk: Talk) -> Talk | Turn | None:
    """其他日期, as it is offered: it would be taken for another time."""
    said = [way.value for way in ways_on(talk) if plain(way.label) == talk.heard.sentence.plain]
    return choose(talk, said[0]) if said else None


def first_shown(talk: Talk, said: Said) -> Talk | Turn | None:
    """最早的那个, with openings on the table: the first of them."""
    return any_will_do(talk) if said.wanted and said.wanted.is_just_soonest else None


def latest(talk: Talk, said: Said) -> Talk | Turn | None:
    """下午最晚的: the last one of the day; of several days, of each."""
    if not talk.heard.sentence.wants_latest or talk.heard.sentence.asks:
        return None
    hours = said.wanted if said.wanted and said.wanted.is_said else TimeWanted()
    shown = {start.date() for start in talk.answers.shown}
    days = hours.days or talk.answers.wanted.days or tuple(sorted(shown))
    found = look_up(talk, hours.model_copy(update={"days": days, "soonest": False}))
    if isinstance(found, Take):
        return take(talk, found.starts_at)
    if found.why or not found.openings:
        return show(talk.noting(found.why), found.openings, found.is_full)
    last = {each.starts_at.astimezone(SHANGHAI).date(): each for each in found.openings}
    if len(last) == 1:
        return take(talk, next(iter(last.values())).starts_at)
    return show(talk.noting(talk.say("latest_of_days")), tuple(last.values()))


def earliest_told(talk: Talk) -> Turn | None:
    """最快什么时候, with openings on the table: it is told, and none is taken."""
    sentence = talk.heard.sentence
    if not (sentence.asks_which_time and sentence.wants_soonest and sentence.asks_for_places and talk.answers.shown):
        return None
    first = talk.say("earliest_is", when=describe_moment(talk.answers.shown[0], talk.means.now()))
    return talk.noting(first).ask(NODE, question(talk), talk.misses)


def any_will_do(talk: Talk) -> Talk | Turn | None:
    return _propose(talk, talk.answers.shown[0]) if talk.answers.shown else None


def _propose(talk: Talk, starts_at: datetime) -> Talk | Turn:
    """It is held; but a booking that has its time is moved only once that has been agreed to."""
    if talk.answers.errand == "move":
        return talk.knowing(starts_at=starts_at, offered=(), shown=())
    return take(talk, starts_at)


def choose(talk: Talk, value: str) -> Talk | Turn | None:
    """An opening or a way on, as the payloads carry it."""
    if value == WAIT:
        return wish(talk)
    if value == OTHER_DAY:
        return other_day(talk)
    if value == OTHER_OFFICE:
        return another(talk)
    try:
        starts_at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return take(talk, starts_at) if starts_at.tzinfo else None


def other_day(talk: Talk) -> Turn:
    """The days after those that are shown; the first ones again after the last."""
    last_shown = max((start.date() for start in talk.answers.shown), default=talk.means.now().date())
    others = openings_after(talk, last_shown)
    return show(talk.noting(talk.say("which_day_then")).knowing(wanted=TimeWanted()), others)


def at_another_time(talk: Talk) -> Talk:
    """Which, the next message tells."""
    return talk.knowing(starts_at=None, wanted=TimeWanted())


def wish(talk: Talk) -> Talk | Turn:
    """Onto the waiting list, where there is something to wait for."""
    found = look_up(talk, talk.answers.wanted)
    if not isinstance(found, Take) and (found.is_full or not found.openings):
        return talk.let_go().knowing(errand="wait", offered=(), shown=())
    return settle(talk.noting(talk.say("no_need_to_wait")), again=True)


def _ways_on(talk: Talk, has_openings: bool, is_full: bool) -> Iterator[str]:
    moves = talk.answers.errand == "move"
    if is_full and not moves and talk.means.rules_now().waitlist_per_visitor > 0:
        yield WAIT
    if has_openings:
        yield OTHER_DAY
    if not moves and len(offices_of(talk, anywhere=True)) > 1:
        yield OTHER_OFFICE


def _why_this(talk: Talk, starts_at: datetime) -> str:
    wanted = talk.answers.wanted
    if wanted.at and not (wanted.any_time or wanted.soonest):
        until = starts_at + _slot(talk)
        said = f"{wanted.at.hour}:{wanted.at.minute:02}"
        return talk.say("slot_that_contains", at=said, start=_clock(starts_at), end=_clock(until))
    return talk.say("earliest_is", when=describe_moment(starts_at, talk.means.now()))


def _slot(talk: Talk) -> timedelta:
    office = talk.means.office(talk.answers.office_id)
    line = office.line_of(talk.answers.guide_id) if office else None
    return timedelta(minutes=line.slot_minutes if line else 0)


def _clock(at: datetime) -> str:
    here = at.astimezone(SHANGHAI)
    return f"{here.hour}:{here.minute:02}"

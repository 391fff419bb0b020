"""The summary, and the booking itself."""

from __future__ import annotations

from knowledge_base.language.tokenize import plain
from service_hall.appointments.asking import Proof
from service_hall.appointments.outcomes import Booked, LimitReached, ProofNeeded, Restricted, SlotFull
from service_hall.appointments.places import Wanted
from service_hall.appointments.replies import appointment_reply, check_in_from
from service_hall.appointments.reserving import Request, book
from service_hall.appointments.reserving import confirm as confirm_hold
from service_hall.booking_talk import proving, when, who
from service_hall.booking_talk.showing import option, single_choice
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import Choice, ChoicesReply, Outcome, QuestionReply, Reply, TextReply
from service_hall.conversation.turn import Turn
from service_hall.hearing.consent import Deed
from service_hall.hearing.who.hiding import NAME_HINT
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.moments import describe_moment
from service_hall.visits.means import Means
from service_hall.visits.pack import Pack, PackItem, pack_of
from service_hall.visits.visit import Code, Visit

NODE = "confirm"
VALUES = ("yes", "yes_share", "when", "person", "stop")
MOST_MATERIALS = 8


def ask(talk: Talk, misses: int = 0) -> Turn:
    return talk.ask(NODE, question(talk), misses)


def read(talk: Talk) -> Talk | Turn | None:
    options = question(talk).options
    if picked := talk.heard.picks(options):
        return choose(talk, next(each.value for each in options if each.payload == picked.payload))
    if plain(talk.heard.text) == plain(NAME_HINT):
        return who.change(talk)  # a name and no word beside it
    if talk.heard.consents(Deed.BOOK):
        return choose(talk, "yes")
    if talk.heard.disagrees:
        return ask(talk.noting(talk.say("what_is_wrong")), talk.misses + 1)
    return None


def choose(talk: Talk, value: str) -> Talk | Turn | None:
    match value:
        case "yes" | "yes_share":
            return book_it(talk, share=value == "yes_share")
        case "when":
            return talk.knowing(starts_at=None, wanted=type(talk.answers.wanted)())
        case "person":
            return who.change(talk)
        case "stop":
            return talk.stopped()
    return None


def question(talk: Talk) -> QuestionReply:
    answers, office = talk.answers, talk.means.office(talk.answers.office_id)
    guide = talk.library.guide(answers.guide_id, office.region if office else None)
    text = talk.say(
        "summary",
        item=talk.means.guide_name(answers.guide_id),
        at=office.name if office else answers.office_id,
        address=office.address if office else "",
        when=describe_moment(answers.starts_at, talk.means.now()) if answers.starts_at else "",
        who=answers.who,
        materials=_count(talk, pack_of(guide)),
    )
    options = [option(NODE, talk.say(f"confirm_{value}"), value, answers.hold) for value in VALUES]
    return single_choice(talk, NODE, text, options)


def booked(talk: Talk, visit: Visit) -> Turn:
    replies: tuple[Reply, ...] = (appointment_reply(talk.means, visit, "appointment_booked"),)
    replies = (*replies, TextReply(text=what_to_bring(talk.means, visit, talk)))
    return talk.end(Outcome.DONE, *replies, told={"code": visit.code})


def refused(talk: Talk, message: str) -> Turn:
    """Nothing that another time would mend."""
    own = Choice(label=talk.say("see_own"), payload=command_payload("my_appointments"))
    return talk.let_go().end(Outcome.ANSWERED, ChoicesReply(text=message, options=(own,)))


def what_to_bring(means: Means, visit: Visit, talk: Talk) -> str:
    items, forms = visit.pack.to_bring, visit.pack.at_counter
    lines = [talk.say("bring")] if items else []
    lines += [_line(talk, item) for item in items[:MOST_MATERIALS]]
    if len(items) > MOST_MATERIALS:
        lines.append(talk.say("bring_more", more=len(items) - MOST_MATERIALS))
    if forms:
        lines.append(talk.say("fill_in_there", forms="、".join(form.name for form in forms)))
    if opens_at := check_in_from(means, visit):
        here = opens_at.astimezone(SHANGHAI)
        lines.append(talk.say("check_in_from", at=f"{here.month}月{here.day}日{here.hour}:{here.minute:02}"))
    return "\n".join(lines)


def book_it(talk: Talk, share: bool, proof: Proof | None = None) -> Talk | Turn:
    answers, person = talk.answers, who.person_of(talk)
    if person is None or answers.starts_at is None:  # sealed with a key that is gone
        return who.begin_anew(talk) if answers.starts_at else talk.knowing(starts_at=None)
    request = Request(
        visitor_id=talk.heard.visitor_id,
        wanted=Wanted(answers.guide_id, answers.office_id, answers.starts_at),
        person=person,
        key=f"chat:{talk.walk_id}",
        share_with_clerk=share,
        question=talk.heard.context.question,
        origin=talk.heard.context.origin,
        proof=proof,
    )
    outcome = confirm_hold(talk.means, Code(answers.hold), request) if answers.hold else book(talk.means, request)
    match outcome:
        case Booked(visit):
            return booked(talk, visit)
        case ProofNeeded():
            return proving.ask(talk, "book_share" if share else "book", outcome)
        case LimitReached() | Restricted():
            return refused(talk, outcome.message)
        case SlotFull(alternatives):
            return when.refuse(talk.knowing(hold=""), outcome.message, alternatives)
        case _:
            return when.refuse(talk.knowing(hold=""), outcome.message)


def _count(talk: Talk, pack: Pack) -> str:
    """Of what she brings herself; what only some need is told apart."""
    always = sum(item.required for item in pack.to_bring)
    perhaps = len(pack.to_bring) - always
    return talk.say("how_many_perhaps" if perhaps else "how_many", always=always, perhaps=perhaps)


def _line(talk: Talk, item: PackItem) -> str:
    if item.required:
        return talk.say("bring_item", material=item.name, detail=_told(item.detail))
    return talk.say("bring_item_when" if item.when else "bring_item_perhaps", material=item.name, when=item.when)


def _told(detail: str) -> str:
    """How many of it, where that is said apart; the rest stands in the pack."""
    first = detail.split("；")[0]
    return f"，{first}" if first.startswith(("原件", "复印件")) else ""

"""Which item the visit is for."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.language.tokenize import plain
from knowledge_base.search.find import Answered, NotFound, Unsure
from service_hall.booking_talk.showing import option, single_choice
from service_hall.booking_talk.talk import Talk, wording
from service_hall.conversation.choosing import pick, picks_by_place
from service_hall.conversation.reply import QuestionReply
from service_hall.conversation.turn import Turn
from service_hall.hearing.subject import SURE

NODE = "item"
OTHER = "other"
"""The no to the only one that may be meant."""


def settle(talk: Talk, text: str) -> Talk | Turn:
    """The item of the first sentence; else the one that was talked about; else it is asked for."""
    current = talk.heard.context.guide_id or ""
    decision = talk.heard.sentence.item
    match decision:
        case None:
            return choose(talk, current) if current else ask_openly(talk)
        case Answered(hit):
            prevails = not current or hit.guide_id == current or hit.named or hit.score >= SURE
            return choose(talk, hit.guide_id if prevails else current)
        case NotFound(_, known) if known:
            return unknown_here(talk, known.guide_id)
        case Unsure(choices):
            offered = [hit.guide_id for hit in choices]
            if current in offered:
                return choose(talk, current)
            one_by_one = talk.say("one_at_a_time") if talk.heard.sentence.names_several else ""
            return _ask(talk.noting(one_by_one), "which_item", offered)
        case _:
            return choose(talk, current) if current else ask_openly(talk, "item_not_found")


def choose(talk: Talk, guide_id: str) -> Talk | Turn:
    if guide_id not in talk.library.names:
        return ask_openly(talk)
    return talk.knowing(guide_id=guide_id, offered=(), shown=())


def ask_again(talk: Talk) -> Turn:
    return talk.ask(NODE, question(talk)) if talk.answers.offered else ask_openly(talk)


def ask_openly(talk: Talk, why: str = "") -> Turn:
    talk = talk.noting(talk.say(why) if why else "")
    return _ask(talk, "which_item_openly", talk.library.most_asked)


def unknown_here(talk: Talk, guide_id: str) -> Turn:
    """The catalogue has the item and nobody has written its guide."""
    return talk.end_saying(talk.say("item_not_bookable", item=talk.means.guide_name(guide_id)))


def read(talk: Talk) -> Talk | Turn | None:
    text = talk.heard.text
    options = question(talk, "which_item").options
    if talk.heard.disagrees:
        return ask_openly(talk)
    if picked := pick(text, options) if _may_pick(talk, text) else None:
        return choose(talk, next(each.value for each in options if each.payload == picked.payload))
    match talk.heard.sentence.item:
        case Answered(hit):
            return choose(talk, hit.guide_id)
        case NotFound(_, known) if known:
            return unknown_here(talk, known.guide_id)
        case Unsure(choices) if not talk.heard.sentence.asks:
            return _narrowed(talk, [hit.guide_id for hit in choices])
        case _:
            return None


def question(talk: Talk, opening: str = "which_item_again") -> QuestionReply:
    offered = talk.answers.offered or talk.library.most_asked
    if len(offered) == 1:
        options = [option(NODE, talk.say("only_item_yes"), offered[0]), option(NODE, talk.say("only_item_no"), OTHER)]
        return single_choice(talk, NODE, talk.say("only_item", item=talk.means.guide_name(offered[0])), options)
    options = [option(NODE, talk.means.guide_name(guide_id), guide_id) for guide_id in offered]
    return single_choice(talk, NODE, wording.say(opening), options)


def _may_pick(talk: Talk, text: str) -> bool:
    """护照 picks 护照首次申领 where that is one of those that were meant, not where it is one of the most asked."""
    names = {plain(talk.means.guide_name(guide_id)) for guide_id in talk.answers.offered}
    return not _is_openly_asked(talk) or picks_by_place(text) or plain(text) in names


def _is_openly_asked(talk: Talk) -> bool:
    return talk.answers.offered == tuple(talk.library.most_asked)


def _narrowed(talk: Talk, choices: Sequence[str]) -> Talk | Turn:
    both = [] if _is_openly_asked(talk) else [each for each in choices if each in talk.answers.offered]
    if len(both) == 1:
        return choose(talk, both[0])
    return _ask(talk, "which_item", both or choices)


def _ask(talk: Talk, opening: str, offered: Sequence[str]) -> Turn:
    talk = talk.knowing(offered=tuple(offered))
    return talk.ask(NODE, question(talk, opening))

"""At which office: the only one, the one that was named, the nearest, or the one chosen from the list."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.offices import Office
from service_hall.booking_talk.answers import TimeWanted
from service_hall.booking_talk.bookable import is_settled, offices_of
from service_hall.booking_talk.free_places import first_free
from service_hall.booking_talk.reading import read_said
from service_hall.booking_talk.showing import option, single_choice
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.choosing import pick
from service_hall.conversation.reply import QuestionReply
from service_hall.conversation.turn import Turn
from service_hall.shared.distances import far, metres_to
from service_hall.shared.moments import describe_moment

NODE = "office"
MOST_OFFERED = 9


def settle(talk: Talk) -> Talk | Turn:
    """Goes on with the office, or asks which."""
    if is_settled(talk):
        return talk
    bookable = offices_of(talk)
    if not bookable:
        return _not_bookable(talk)
    if named := talk.means.office(talk.answers.office_id):
        talk = talk.noting(talk.say("office_does_not_handle", named=named.name, item=_item(talk)))
    elif talk.region and talk.region != talk.heard.context.region:
        talk = talk.noting(_none_in_region(talk, talk.region, bookable))
    if len(bookable) == 1:
        return choose(talk, bookable[0].id)
    if talk.answers.nearest and talk.answers.location:
        talk = choose(talk, bookable[0].id)
        return talk.noting(talk.say("nearest_office", label=label(talk, bookable[0])))
    if talk.answers.nearest:
        talk = talk.noting(talk.say("no_location"))
    return _ask(talk, bookable)


def choose(talk: Talk, office_id: str) -> Talk:
    moved = office_id != talk.answers.office_id
    return talk.knowing(office_id=office_id, offered=(), **({"starts_at": None, "shown": ()} if moved else {}))


def soonest(talk: Talk) -> Talk:
    """The one that is free first at the times that are wanted, or else at any; of those alike the first."""
    offices = offices_of(talk)
    for wanted in (talk.answers.wanted, TimeWanted()):
        at = {office.id: first_free(talk.knowing(office_id=office.id, wanted=wanted)) for office in offices}
        free = [(starts_at, office) for office in offices if (starts_at := at[office.id])]
        if free:
            starts_at, office = min(free, key=lambda each: each[0])
            when = describe_moment(starts_at, talk.means.now())
            return choose(talk, office.id).noting(talk.say("soonest_office", at=office.name, when=when))
    return choose(talk, offices[0].id).noting(talk.say("chosen_office", at=offices[0].name))


def another(talk: Talk) -> Talk | Turn:
    """Any but the present one, wherever in the hall's region."""
    others = [office for office in offices_of(talk, anywhere=True) if office.id != talk.answers.office_id]
    if not others:
        return talk.noting(talk.say("only_office", item=_item(talk)))
    if len(others) == 1:
        return choose(talk, others[0].id).noting(talk.say("other_office", label=label(talk, others[0])))
    return _ask(talk, others)


def leave(talk: Talk) -> Talk:
    """Another one is to be found."""
    return talk.knowing(office_id="", nearest=False, starts_at=None, shown=(), offered=())


def _ask(talk: Talk, offices: Sequence[Office]) -> Turn:
    offered = [office.id for office in offices][:MOST_OFFERED]
    talk = talk.knowing(office_id="", starts_at=None, shown=(), offered=tuple(offered))
    return talk.ask(NODE, question(talk))


def of_region(talk: Talk) -> Talk | Turn | None:
    """云禾市, and nothing else: the only one that is of that region itself, and of none of its parts."""
    sentence = talk.heard.sentence
    if not sentence.region or sentence.office or sentence.asks or sentence.subject or read_said(sentence).wanted:
        return None
    own = [each for each in offices_of(talk, anywhere=True) if each.region == sentence.region]
    if own or sentence.region != talk.library.home:
        return choose(talk, own[0].id) if len(own) == 1 else None
    return talk.noting(talk.say("no_other_office")).ask(NODE, question(talk), talk.misses + 1)


def read(talk: Talk) -> Talk | Turn | None:
    options = question(talk).options
    if picked := pick(talk.heard.text, options):
        return choose(talk, next(each.value for each in options if each.payload == picked.payload))
    if talk.heard.disagrees:
        return talk.noting(talk.say("no_other_office")).ask(NODE, question(talk), talk.misses + 1)
    return None


def question(talk: Talk) -> QuestionReply:
    offices = [each for office_id in talk.answers.offered if (each := talk.means.office(office_id))]
    options = [option(NODE, label(talk, each), each.id) for each in offices]
    return single_choice(
        talk, NODE, talk.say("which_office", item=_item(talk), places="两" if len(offices) == 2 else "几"), options
    )


def label(talk: Talk, office: Office) -> str:
    here = talk.answers.location
    return f"{office.name}（{office.address}{f'，{far(metres_to(office, here))}' if here else ''}）"


def _none_in_region(talk: Talk, region: str, bookable: list[Office]) -> str:
    tree = talk.library.regions
    within = set(tree.within(tree[region].code))
    if any(office.region in within for office in bookable):
        return ""
    return talk.say("none_in_region", region=tree[region].name, item=_item(talk))


def _not_bookable(talk: Talk) -> Turn:
    handling = talk.library.offices_for(talk.answers.guide_id, talk.region)
    if not handling:
        return talk.end_saying(talk.say("item_not_bookable", item=_item(talk)))
    places = "、".join(f"{office.name}（{office.phone}）" for office in handling[:3])
    return talk.end_saying(talk.say("walk_in_only", item=_item(talk), places=places))


def _item(talk: Talk) -> str:
    return talk.means.guide_name(talk.answers.guide_id)

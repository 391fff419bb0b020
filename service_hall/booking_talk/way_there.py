"""怎么走, said by whoever has a booking ahead: to the office where she has it, whichever others there are."""

from __future__ import annotations

from knowledge_base.hall_topics import is_topic
from knowledge_base.model import Aspect
from service_hall.booking_talk import own_bookings
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.reply import Choice, ChoicesReply, Outcome, Reply, TextReply, ask_payload
from service_hall.conversation.turn import Turn
from service_hall.shared.moments import describe_moment
from service_hall.visits.visit import Visit


def way_there(talk: Talk) -> Turn | None:
    """None: another place or another item is meant, something is open, or nothing is booked."""
    said, context = talk.heard.sentence, talk.heard.context
    is_busy = bool(context.walks or context.options)
    if not said.asks_the_way or said.nearest or said.office or said.region or is_busy:
        return None
    current = "" if is_topic(context.guide_id or "") else context.guide_id
    booked = own_bookings.to_come_to(talk)
    meant = next((visit for visit in booked if not current or visit.guide_id == current), None)
    return Turn(Outcome.ANSWERED, (_told(talk, meant),), context) if meant else None


def _told(talk: Talk, visit: Visit) -> Reply:
    office = talk.means.office(visit.office_id)
    text = talk.say(
        "way_there",
        item=talk.means.guide_name(visit.guide_id),
        when=describe_moment(visit.starts_at, talk.means.now()) if visit.starts_at else "",
        at=office.name if office else visit.office_id,
        address=office.address if office else "",
        route=office.how_to_get_there if office else "",
        phone=office.phone if office else "",
    )
    if len(talk.library.offices_for(visit.guide_id, talk.region)) < 2:
        return TextReply(text=text)
    others = Choice(label=talk.say("other_offices"), payload=ask_payload(Aspect.LOCATION, visit.guide_id))
    return ChoicesReply(text=text, options=(others,))

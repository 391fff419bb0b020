"""Rules for what is no question about a service: a person wanted, a complaint, how far it is, small talk."""

from __future__ import annotations

from knowledge_base.search.find import Answered, NotFound
from service_hall.conversation.acts import ERRANDS, Act
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.reply import HandoverReply, Outcome
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import say

HUMAN, PROGRESS, COMPLAINT = "hall-human", "hall-progress", "hall-complaint"
_SMALL_TALK = {
    *(Act.GREET, Act.THANKS, Act.GOODBYE, Act.PRAISE),
    *(Act.BOT_IDENTITY, Act.BOT_CAPABILITY, Act.CHITCHAT, Act.ABUSE),
}


def hands_over(asked: Asked) -> Turn | None:
    """Nobody sits here yet: the hall's own telephone, whether it is open, and where to go."""
    if asked.act is not Act.ASK_HUMAN:
        return None
    reply = HandoverReply(text=say("handover", **asked.facts_here), status="closed")
    return Turn(Outcome.HANDED_OVER, (reply,), asked.context)


def tells_progress(asked: Asked) -> Turn | None:
    """Who can tell, never how to apply again; of an item that is named, its own telephone."""
    if asked.act is not Act.PROGRESS:
        return None
    found = asked.library.find_item(asked.said.text)
    guide_id = found.hit.guide_id if isinstance(found, Answered) else asked.current or ""
    guide = asked.library.guide(guide_id, asked.context.region)
    if guide is None:
        return _told_or_said(asked, PROGRESS)
    filled = {"item": guide.name, "item_phone": guide.phone or asked.facts_here["hotline"]}
    return ends.say(asked, "progress_of_item", Outcome.ANSWERED, **filled)


def tells_where_to_complain(asked: Asked) -> Turn | None:
    """About whom: noise, wages and shops have guides of their own; what is left is about the hall."""
    if asked.act is not Act.COMPLAINT or any(asked.takes_complaints(hit.guide_id) for hit in asked.found.hits[:1]):
        return None
    return _told_or_said(asked, COMPLAINT)


def tells_where_errand_is_done(asked: Asked) -> Turn | None:
    return ends.say(asked, asked.act.value, Outcome.ANSWERED) if asked.act in ERRANDS else None


def makes_small_talk(asked: Asked) -> Turn | None:
    """你好，身份证丢了咋办 is no greeting."""
    if asked.act not in _SMALL_TALK or asked.is_clear:
        return None
    return ends.say(asked, asked.act.value, Outcome.ANSWERED)


def is_no_service(asked: Asked) -> Turn | None:
    """The search weighs how off-topic a sentence sounds, too: what it still answers is a service."""
    if asked.act is not Act.OUT_OF_SCOPE or isinstance(asked.found, Answered):
        return None
    if isinstance(asked.found, NotFound) and asked.found.known:
        return ends.not_found(asked, asked.found.known)
    if asked.current and asked.said.leaves_item_unsaid:
        return None
    return ends.say(asked, "not_a_service", Outcome.NOT_FOUND)


def _told_or_said(asked: Asked, topic_id: str) -> Turn:
    if asked.library.topic(topic_id, asked.context.region):
        return ends.tell_of(asked, topic_id)
    return ends.say(asked, asked.act.value, Outcome.ANSWERED)

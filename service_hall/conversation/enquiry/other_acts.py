"""Rules for what is no question about a service: a person wanted, a complaint, how far it is, small talk."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.hall_topics import TopicKind, is_topic
from knowledge_base.search.find import Answered, NotFound, Unsure
from knowledge_base.search.topics import Against
from service_hall.conversation.acts import ERRANDS, Act
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import COMPLAINT, Asked
from service_hall.conversation.reply import HandoverReply, Outcome, TextReply
from service_hall.conversation.telling import how_long, in_full
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import say
from service_hall.hearing.commands import BookingRule
from service_hall.hearing.english import latin_words

PROGRESS = "hall-progress"
_MAY_BE_MEANT = 0.4
"""So likely is an item that is named to whoever asks how far it is, or that takes the complaint: wrong, it costs a
name, or one more question."""
_TOPICS = {
    BookingRule.BOOKING: "hall-booking",
    BookingRule.CHANGING: "hall-booking-change",
    BookingRule.NOT_COMING: "hall-no-show",
}
_WORDS_OF_SENTENCE = 3
"""Fewer may be a greeting, a code or a name: hello, APP, hukou."""
_SMALL_TALK = {
    *(Act.GREET, Act.THANKS, Act.GOODBYE, Act.PRAISE),
    *(Act.BOT_IDENTITY, Act.BOT_CAPABILITY, Act.CHITCHAT, Act.ABUSE),
}


def tells_rule_of_booking(asked: Asked) -> Turn | None:
    """Whatever it was understood to do: 要是临时有事能取消吗 cancels nothing. 被工商挂了异常，咋撤掉 is asked of a
    service."""
    if _of_a_service(asked):
        return None
    topic_id = _TOPICS[asked.said.rule_asked] if asked.said.rule_asked else ""
    return ends.tell_of(asked, topic_id) if asked.library.topic(topic_id, asked.context.region) else None


def _of_a_service(asked: Asked) -> bool:
    """Likely enough to be answered beside others, and no booking is spoken of."""
    found, library = asked.found, asked.library
    if not isinstance(found, Answered) or found.hit.guide_id not in library.names:
        return False
    return found.hit.score >= library.calibration.answer_floor and not asked.said.speaks_of_booking


def tells_of_chinese(asked: Asked) -> Turn | None:
    """How do I renew my passport, whatever the classifier, which learned Chinese alone, takes it for."""
    return _in_both_languages(asked) if latin_words(asked.said.text) >= _WORDS_OF_SENTENCE else None


def finds_nothing_in_english(asked: Asked) -> Turn | None:
    """passport: nothing else has taken it."""
    return _in_both_languages(asked) if latin_words(asked.said.text) else None


def hands_over(asked: Asked) -> Turn | None:
    """Nobody sits here yet: the hall's own telephone, whether it is open, and where to go."""
    if asked.act is not Act.ASK_HUMAN:
        return None
    reply = HandoverReply(text=say("handover", **asked.facts_here), status="closed")
    return Turn(Outcome.HANDED_OVER, (reply,), asked.context)


def goes_on_with_item(asked: Asked) -> bool:
    """招了两个人, 没买过社保, 原车主来不了: stated plainly, and surely of a service that is talked about, whatever it
    was understood as. What sounds clearly like a grievance or a case is one, and 我来不了了 gives up a booking."""
    talked_about = (asked.current, *asked.context.talked_about)
    if asked.current is None or asked.said.asks or _says_outright(asked):
        return False
    return asked.surely_meant in talked_about


def _says_outright(asked: Asked) -> bool:
    if asked.act is Act.CANCEL:
        return not asked.said.tells_of_another
    library = asked.library
    # As clearly as where several services are found: one that is surely meant speaks as much against it.
    return bool(library.told_calibration.told(library.told_chances(asked.said.text), Against.UNSURE))


def tells_progress(asked: Asked) -> Turn | None:
    """Who can tell, never how to apply again; of an item that is named, with its name and its own telephone."""
    if asked.act is not Act.PROGRESS or goes_on_with_item(asked):
        return None
    match _items_waited_for(asked):
        case ():
            return None if _is_of_others(asked) else _told_or_said(asked, PROGRESS)
        case (item_id,) if guide := asked.library.guide(item_id, asked.context.region):
            filled = {"item": guide.name, "item_phone": guide.phone or asked.facts_here["hotline"]}
            turn = ends.say(asked, "progress_of_item", Outcome.ANSWERED, **filled)
            if limit := how_long(guide):
                turn = replace(turn, replies=(TextReply(text=f"{in_full(limit)}\n{turn.replies[0].text}"),))
            return replace(turn, context=turn.context.about(item_id, asked.said.text))
        case items:
            names = "”或“".join(asked.library.names[each] for each in items)
            return ends.say(asked, "progress_of_known", Outcome.ANSWERED, item=names)


def tells_where_to_complain(asked: Asked) -> Turn | None:
    """About whom: noise, wages and shops have guides of their own; what is left is about the hall."""
    likely = [hit for hit in asked.found.hits[:1] if hit.score >= _MAY_BE_MEANT]
    if (
        asked.act is not Act.COMPLAINT
        or asked.is_listed
        or goes_on_with_item(asked)
        or any(asked.library.takes_complaints(hit.guide_id) for hit in likely)
    ):
        return None
    return _told_or_said(asked, COMPLAINT)


def tells_who_handles(asked: Asked) -> Turn | None:
    """What no topic is written for, and no counter does: the line that passes it on."""
    if asked.act is not Act.MATTER or asked.is_listed or asked.context.options:
        return None
    if isinstance(asked.found, Answered):
        hit = asked.found.hit
        if hit.named or asked.library.takes_complaints(hit.guide_id):
            return None  # 老板不给我结账，想去劳动仲裁; 楼上半夜吵得人睡不着 has a guide of its own
    if isinstance(asked.found, NotFound) and asked.found.known:
        return ends.not_found(asked, asked.found.known)
    if asked.current and (asked.leaves_item_unsaid or asked.sounds_like_follow_up):
        return None
    return ends.say(asked, asked.act.value, Outcome.ANSWERED)


def tells_where_errand_is_done(asked: Asked) -> Turn | None:
    """Where it can be done at all. 要几个人 of what is talked about asks of no queue, and a service does 改密码."""
    if asked.act not in ERRANDS or (asked.act is Act.CANCEL and goes_on_with_item(asked)):
        return None
    said = asked.said
    if asked.act is Act.RESCHEDULE and ((said.subject and not said.speaks_of_moving) or _of_a_service(asked)):
        return None  # 天然气管子挪一挪
    of_service = asked.current or _of_a_service(asked)
    if asked.act is Act.QUEUE_STATE and of_service and not (said.asks_how_full or said.asks_own_place):
        return None
    return ends.say(asked, asked.act.value, Outcome.ANSWERED)


def has_no_more(asked: Asked) -> Turn | None:
    """没别的了, 没事了谢谢: not the service that was talked about once more."""
    if asked.context.options or not asked.said.has_no_more:
        return None
    return ends.say(asked, "thanks", Outcome.ANSWERED)


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


def _in_both_languages(asked: Asked) -> Turn | None:
    if not isinstance(asked.found, NotFound):
        return None
    turn = ends.not_found(asked, asked.found.known)
    both = f"{say('in_english', **asked.facts_here)}\n{turn.replies[0].text}"
    return replace(turn, replies=(TextReply(text=both),))


def _items_waited_for(asked: Asked) -> tuple[str, ...]:
    """The item whose case is asked about; two where either may be meant. 还没下来 says nothing of which."""
    match asked.library.find_item(asked.said.text):
        case Answered() | Unsure() if asked.names_nothing:
            pass
        case Answered(hit) if hit.named or not _is_of_others(asked):
            return (hit.guide_id,)
        case Unsure(choices) if meant := [hit.guide_id for hit in choices if hit.score >= _MAY_BE_MEANT]:
            return tuple(meant[:2])
        case NotFound(_, known) if known:
            return (known.guide_id,)
    is_of_item = asked.current and not is_topic(asked.current) and not _is_of_others(asked)
    return (asked.current,) if asked.current and is_of_item else ()


def _is_of_others(asked: Asked) -> bool:
    """法院那边执行没有: a matter that the hall does not handle."""
    topic = asked.library.topic(asked.topic.guide_id, asked.context.region) if asked.topic else None
    return topic is not None and topic.kind is TopicKind.MATTER


def _told_or_said(asked: Asked, topic_id: str) -> Turn:
    if asked.library.topic(topic_id, asked.context.region):
        return ends.tell_of(asked, topic_id)
    return ends.say(asked, asked.act.value, Outcome.ANSWERED)

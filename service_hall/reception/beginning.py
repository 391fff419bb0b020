"""What is begun in the place of an offer: whoever asks for all that is to be done has asked for the list of it."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.language.asking import asks_for_all
from knowledge_base.scenarios.english import asks_for_all_in_english
from knowledge_base.scenarios.model import Scenario
from knowledge_base.search.lived import Telling
from service_hall.conversation.message import SCENARIO
from service_hall.conversation.reply import AnswerReply
from service_hall.conversation.turn import Turn
from service_hall.reception.arrived import Arrived


def begun_at_once(arrived: Arrived, turn: Turn) -> Turn | None:
    """我妈刚走，要办哪些手续: the desk tells of the event, and its questions take the place of what holds for everyone.
    None: it only tells what befell her (我妈刚走), tells of it faintly, or something is open."""
    scenario = _told(arrived, turn)
    if scenario is None or arrived.context.walks or not _asks_for_all(arrived.heard.text):
        return None
    heard = replace(arrived.heard, context=turn.context)
    return arrived.staff.stack.enter(heard, SCENARIO, {"scenario_id": scenario.id, "at_once": True})


def _told(arrived: Arrived, turn: Turn) -> Scenario | None:
    """The one whose event is all that the desk tells of, where that is beyond doubt."""
    if len(turn.replies) != 1 or not isinstance(reply := turn.replies[0], AnswerReply):
        return None
    library, text = arrived.staff.library(), arrived.heard.text
    told = (library.event_told_in(text), library.event_listed(text), library.event_lived(text, Telling.INSTEAD))
    topic = library.topic_meant(text)
    is_named = topic is not None and topic.named and topic.guide_id == reply.guide_id  # 失业了该办啥手续
    return library.scenario_of(reply.guide_id) if is_named or reply.guide_id in told else None


def _asks_for_all(text: str) -> bool:
    return asks_for_all(text) or asks_for_all_in_english(text)

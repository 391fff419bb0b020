"""What is told of a life event is told once: whoever goes on telling of hers is offered its list, not the same card."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from knowledge_base.scenarios.model import Scenario
from service_hall.conversation.acts import Act
from service_hall.conversation.choosing import choices_reply
from service_hall.conversation.context import MOST_TOLD_SINCE
from service_hall.conversation.reply import AnswerReply, Outcome
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import say
from service_hall.reception.arrived import Arrived
from service_hall.reception.offering import choice_of_list
from service_hall.scenarios.talk.answers_said import means_option


def once(arrived: Arrived, turn: Turn) -> Turn:
    """在家门口摆个, 大概60平, behind the card of 开餐馆: nothing was asked, so the card is not told again word for
    word; what she tells is kept for the questions of the list."""
    card = _card(arrived, turn)
    scenario = _scenario(arrived, turn) if card and card == arrived.context.card else None
    if scenario is None or not _only_tells(arrived, scenario):
        return replace(turn, context=turn.context.model_copy(update={"card": card, "told_since": ""}))
    shown = choices_reply(say("scenario_again"), (choice_of_list(scenario),))
    before = arrived.context
    told = "，".join(filter(None, (before.told_since, arrived.heard.text)))[-MOST_TOLD_SINCE:]
    kept = {"card": card, "told_since": told, "question": before.question, "talked_about": before.talked_about}
    return Turn(Outcome.ANSWERED, (shown,), turn.context.model_copy(update=kept), turn.reason)


def _card(arrived: Arrived, turn: Turn) -> str:
    """'' where it tells of no life event that has a list, or of more beside it."""
    scenario = _scenario(arrived, turn)
    return hashlib.sha256(f"{scenario.id}\n{turn.replies[0].text}".encode()).hexdigest()[:12] if scenario else ""


def _scenario(arrived: Arrived, turn: Turn) -> Scenario | None:
    if len(turn.replies) != 1 or not isinstance(reply := turn.replies[0], AnswerReply):
        return None
    return arrived.staff.library().scenario_of(reply.guide_id)


def _only_tells(arrived: Arrived, scenario: Scenario) -> bool:
    """再说一遍, 要带什么 and a tap want it once more; so does 手续, beside whose asking nothing remains. 个体 answers a
    question of the list."""
    heard, said = arrived.heard, arrived.heard.sentence
    if heard.command or arrived.chosen or heard.act is Act.REPEAT:
        return False
    if said.asks or said.ends_as_question:
        return False
    return bool(said.content) or any(means_option(question, said.text) for question in scenario.questions)

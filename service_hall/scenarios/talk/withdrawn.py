"""A life event that is withdrawn while somebody answers its questions: she is told, and what to do instead."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.model import Aspect
from service_hall.conversation.choosing import choices_reply
from service_hall.conversation.reply import Choice, Outcome, TextReply, ask_payload
from service_hall.conversation.turn import Turn
from service_hall.hearing.notions import says
from service_hall.scenarios.steps import steps_due
from service_hall.scenarios.talk.answers_meant import read_told
from service_hall.scenarios.talk.ending import keep_what_was_told
from service_hall.scenarios.talk.walk import ScenarioWalk
from service_hall.scenarios.talk.way import ScenarioWay

MOST_GUIDES = 4


def part(walk: ScenarioWalk) -> Turn:
    """The walk is over, and what was told is kept should the event come back. What she says beside an answer is left to
    the desk (`to_desk`)."""
    if not walk.is_untold:
        keep_what_was_told(walk)
    is_answer = _is_answer(walk)
    guides = tuple(_guides(walk)) if is_answer else ()
    told = walk.say("withdrawn_meanwhile_nothing" if walk.is_untold else "withdrawn_meanwhile_answers")
    next_to_do = walk.say("withdrawn_guides" if guides else "withdrawn_ask")
    said = choices_reply(told + next_to_do, guides) if guides else TextReply(text=told + next_to_do)
    return replace(walk.end(Outcome.ANSWERED, said), to_desk="" if is_answer else walk.heard.text)


def _guides(walk: ScenarioWalk) -> list[Choice]:
    """Of what she has to do by what she told; else of what the event leads through first."""
    library = walk.desk.means.library()
    due = [each.step.item for each in steps_due(walk.way.told, library, walk.region, walk.desk.today)]
    items = dict.fromkeys(item for item in (*due, *walk.scenario.items) if item and library.guide(item, walk.region))
    return [
        Choice(label=library.title(item), payload=ask_payload(Aspect.OVERVIEW, item))
        for item in list(items)[:MOST_GUIDES]
    ]


def _is_answer(walk: ScenarioWalk) -> bool:
    """To the question that was open, or a word to the walk itself."""
    sentence, question = walk.heard.sentence, walk.way.next
    if walk.heard.command or walk.stops or walk.is_declined:
        return True
    if says("asks_for_checklists", sentence.text):
        return False
    is_told = question is not None and read_told(question, sentence, walk.desk.today) is not None
    return (is_told and not sentence.asks) or ScenarioWay().misses(walk)

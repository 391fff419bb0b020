"""What is said of a list that stands: a paper is there (身份证有了), an answer was another one (其实我有社保)."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.scenarios.model import Scenario
from knowledge_base.scenarios.papers import bare_name
from knowledge_base.scenarios.questions import Question
from service_hall.conversation.flow import Heard
from service_hall.conversation.reply import ChecklistReply
from service_hall.hearing.notions import says, without
from service_hall.scenarios.keeping import KeptList
from service_hall.scenarios.talk.answers_meant import Meant, read_told
from service_hall.scenarios.talk.answers_said import Told
from service_hall.scenarios.talk.walk import Desk
from service_hall.scenarios.way import find_way

FEWEST_LETTERS = 2
"""Of a word that names a paper."""


def papers_said_ready(heard: Heard, shown: ChecklistReply) -> tuple[str, ...]:
    """By their names; 材料都齐了 means all of them."""
    if not says("has_it_ready", heard.text):
        return ()
    named = heard.sentence.part(without("has_it_ready", heard.sentence.plain, "")).plain
    if not named or named in ("材料", "东西", "资料"):
        return tuple(each.name for each in shown.materials) if named else ()
    found = [each.name for each in shown.materials if _names(named, each.name)]
    return tuple(found)


def _names(said: str, paper: str) -> bool:
    bare = bare_name(paper)
    return len(said) >= FEWEST_LETTERS and (said in bare or bare in said)


def answer_put_right(heard: Heard, kept: KeptList, scenario: Scenario, desk: Desk) -> tuple[Question, Told] | None:
    """The question whose answer the sentence says to be another one, beyond doubt: of several that it may answer the
    one that it answers most clearly."""
    sentence = heard.sentence
    if not (sentence.correction or sentence.takes_back or says("puts_right", sentence.text)):
        return None
    meant = sentence.part(sentence.correction.meant) if sentence.correction else sentence
    meant = meant.part(without("puts_right", meant.text, ""))
    way = find_way(scenario, kept.answers, kept.as_of, desk.calculators)
    told = ((each, read_told(each, meant, desk.today)) for each in way.asked)
    other = [(each, read) for each, read in told if read and read.is_sure and read.told != kept.answers.get(each.id)]
    if not other:
        return None
    question, read = max(other, key=lambda pair: _clearness(pair[0], pair[1], meant.text, desk))
    return question, read.told


def _clearness(question: Question, read: Meant, text: str, desk: Desk) -> float:
    reader = desk.means.library().answers
    found = reader.read(question, text) if reader else None
    if found is None:
        return 1.0 if question.unit and question.unit in text else 0.0
    return found.likelihood + (0.5 if read.by_words else 0.0)


def amended(kept: KeptList, question: Question, told: Told) -> KeptList:
    return replace(kept, answers={**kept.answers, question.id: told})

"""An answer of a list that is put right after something else was asked: 其实是两个人合伙, with the price of an identity
card between. It counts where the words fit one question of the list, and nothing that the desk knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from knowledge_base.scenarios.questions import Question
from knowledge_base.search.find import Answered
from service_hall.conversation.choosing import pick
from service_hall.conversation.flow import Heard
from service_hall.hearing.notions import says, without
from service_hall.hearing.several import names_question, place_of_question
from service_hall.scenarios.talk.answers_meant import read_told
from service_hall.scenarios.talk.answers_said import Told
from service_hall.scenarios.talk.putting_right import question_to_change, wants_change
from service_hall.scenarios.talk.walk import Desk

STILL_IN_MIND = timedelta(days=1)
"""Since the list was last made or changed."""


def may_change_list(heard: Heard) -> bool:
    """It puts something right, or wants to; nothing is open. Where choices lie on the table, what says no more than
    不是 is about those."""
    sentence, context = heard.sentence, heard.context
    if context.walks:
        return False
    if context.options:
        return says("puts_right", sentence.text) and not sentence.asks and pick(sentence.text, context.options) is None
    if names_question(sentence.text) or (place_of_question(sentence.text) is not None and "改" in sentence.text):
        return True
    puts_right = says("puts_right", sentence.text) or sentence.correction is not None or wants_change(sentence)
    return puts_right and not sentence.asks


def only_answer_put_right(
    heard: Heard, asked: Sequence[Question], given: Mapping[str, object], desk: Desk
) -> tuple[Question, Told] | None:
    """Where one question alone takes it, or one by the words of its options (两个人合伙 counts nobody), and no service
    is meant, neither another one nor the one talked about."""
    sentence = heard.sentence
    if isinstance(sentence.found, Answered) or sentence.item_put_right(heard.context.guide_id or ""):
        return None
    meant = sentence.part(sentence.correction.meant) if sentence.correction else sentence
    bare = meant.part(without("puts_right", meant.text, ""))
    told = [(each, read) for each in asked if (read := read_told(each, bare, desk.today)) and read.is_sure]
    if len(told) > 1:
        told = [(each, read) for each, read in told if each.options and read.by_words]
    if len(told) != 1 or bare.text == sentence.text:
        return None
    [(question, read)] = told
    return (question, read.told) if read.told != given.get(question.id) else None


def only_question_to_change(heard: Heard, asked: Sequence[Question], desk: Desk) -> Question | None:
    """改一下孩子的出生日期, though there is a service of that kind; what names it, or goes on with it, means it."""
    found = heard.sentence.found
    if isinstance(found, Answered) and (found.hit.named or found.hit.guide_id == heard.context.guide_id):
        return None
    return question_to_change(heard.sentence, asked, desk)

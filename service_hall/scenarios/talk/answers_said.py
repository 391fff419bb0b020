"""What a sentence answers to a question of a scenario, as JSON; None where it answers nothing."""

from __future__ import annotations

from datetime import date

from knowledge_base.language.tokenize import plain
from knowledge_base.scenarios.conditions import NONE, UNSURE
from knowledge_base.scenarios.questions import OwnWords, Question
from service_hall.hearing.consent import names_whole, place_alone
from service_hall.hearing.figures import read_number_said
from service_hall.hearing.heard import Sentence
from service_hall.hearing.notions import says
from service_hall.hearing.picking import place_picked
from service_hall.hearing.several import denies, places_listed
from service_hall.scenarios.talk.days_said import read_day_said

_MOST_LETTERS = 60
"""Of a sentence that is looked through for an option's words; what is longer tells a story."""
_ALL = frozenset({"都有", "都要", "全部", "都是", "全都有", "全要", "都选", "全选", "两个都有", "都打算"})
Told = str | int | float | list[str]


def read_said(question: Question, sentence: Sentence, today: date) -> Told | None:
    if _is_unsure(question, sentence):
        return UNSURE
    match question.kind:
        case "single":
            return _one(question, sentence)
        case "multi":
            return _several(question, sentence)
        case "date":
            day = None if sentence.asks else read_day_said(question, sentence, today)
            return day.isoformat() if day else None
        case "number":
            return None if sentence.asks else read_number_said(sentence.text, question.unit)
    text = sentence.text.strip()
    return None if sentence.asks or not plain(text) else text


def means_option(question: Question, text: str) -> str:
    """The one option whose words stand in it, the longest of them; '' for none, or for two alike."""
    said = plain(text)
    found: dict[str, int] = {}
    for option in question.options:
        for word in map(plain, (option.label, *option.means)):
            is_said = word == said if len(word) < 2 else word in said
            if is_said:
                found[option.value] = max(found.get(option.value, 0), len(word))
    longest = max(found.values(), default=0)
    best = [value for value, length in found.items() if length == longest]
    return best[0] if len(best) == 1 else ""


def _is_unsure(question: Question, sentence: Sentence) -> bool:
    return question.unsure is not None and (
        says("does_not_know", sentence.text) or _names(sentence.text, question.unsure)
    )


def _names(text: str, own: OwnWords) -> bool:
    return any(names_whole(text, word) for word in (own.label, *own.means)) or plain(text) in map(
        plain, (own.label, *own.means)
    )


def _one(question: Question, sentence: Sentence) -> str | None:
    text, values = sentence.text, question.values
    if any(names_whole(text, option.label) for option in question.options):
        return means_option(question, text) or None
    place = place_alone(text) if place_alone(text) is not None else place_picked(text, len(values))
    if place is not None and not sentence.asks:
        return values[place] if 0 <= place < len(values) else None
    if sentence.asks or len(text) > _MOST_LETTERS:
        return None
    return means_option(question, text) or _by_yes_or_no(question, sentence) or None


def _by_yes_or_no(question: Question, sentence: Sentence) -> str:
    """是的 and 没有 to a question of yes and no: of two options exactly one denies."""
    if len(question.options) != 2:
        return ""
    denying = [option.value for option in question.options if denies(option.label)]
    if len(denying) != 1:
        return ""
    if sentence.refuses or plain(sentence.text) in ("没", "没有", "还没", "还没有", "没呢", "不", "不是", "没得"):
        return denying[0]
    if sentence.assents or plain(sentence.text) in ("有", "有的", "是", "办了", "有啊"):
        return next(option.value for option in question.options if option.value != denying[0])
    return ""


def _several(question: Question, sentence: Sentence) -> list[str] | None:
    text, values = sentence.text, question.values
    said = plain(text)
    if question.none and (_names(text, question.none) or said in ("没有", "都没有", "没", "无", "都不是", "都不用")):
        return [NONE]
    if said in _ALL:
        return list(values)
    if places := places_listed(text):
        if places == [len(values) + 1] and question.none:
            return [NONE]
        return [values[place - 1] for place in places] if all(0 < place <= len(values) for place in places) else None
    if sentence.asks or len(text) > _MOST_LETTERS:
        return None
    found = [
        option.value
        for option in question.options
        if any(len(plain(word)) > 1 and plain(word) in said for word in (option.label, *option.means))
    ]
    return found or None

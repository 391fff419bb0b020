"""What a sentence answers to a question of a scenario, as JSON; None where it answers nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from cn2an import cn2an

from knowledge_base.language.tokenize import plain
from knowledge_base.scenarios.conditions import NONE, UNSURE
from knowledge_base.scenarios.questions import OwnWords, Question
from service_hall.hearing.consent import names_whole, place_alone
from service_hall.hearing.heard import Sentence
from service_hall.hearing.notions import says
from service_hall.hearing.picking import place_picked
from service_hall.scenarios.talk.days_said import read_day_said

_MOST_LETTERS = 60
"""Of a sentence that is looked through for an option's words; what is longer tells a story."""
_PLACES = re.compile(r"(?:第?(?:\d{1,2}|[一二三四五六七八九十])(?:个|项|号)?[、，,和跟与.及\s]*)+")
_PLACE = re.compile(r"\d{1,2}|[一二三四五六七八九十]")
_ALL = frozenset({"都有", "都要", "全部", "都是", "全都有", "全要", "都选", "全选", "两个都有", "都打算"})
_HAN = "〇零一二三四五六七八九十百千万亿两半"
_FIGURE = re.compile(rf"(?P<number>\d{{1,9}}(?:\.\d{{1,4}})?|[{_HAN}]{{1,10}})(?P<scale>[万亿]?)(?P<about>来|多|几)?")
_SCALES: Mapping[str, int] = {"": 1, "万": 10_000, "亿": 100_000_000}
_UNITS = {"平方米": ("平方", "平米", "平", "㎡", "个平方"), "人": ("个人", "位", "名", "口人"), "元": ("块", "块钱")}
"""How a unit is said, beside its own word."""
_NEGATIVE = re.compile(r"^(?:还?没|不|无|未)|没有|不是|不用|不装")
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


def read_number_said(text: str, unit: str) -> int | float | None:
    """两个人合伙, 一百来平, 3.5万; the one that stands before the unit, else the only one."""
    found = [each for each in _FIGURE.finditer(text.replace(",", "")) if _value(each) is not None]
    words = (unit, *_UNITS.get(unit, ())) if unit else ()
    measured = [each for each in found if any(text.replace(",", "")[each.end() :].startswith(word) for word in words)]
    chosen = measured or found
    if len({_value(each) for each in chosen}) != 1:
        return None
    value = _value(chosen[0])
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _value(found: re.Match[str]) -> Decimal | None:
    written = found["number"].replace("两", "二").replace("〇", "零")
    if written == "半":
        return None
    try:
        number = Decimal(written) if written[0].isdigit() else Decimal(str(cn2an(written, "smart")))
    except (ValueError, ArithmeticError):
        return None
    return number * _SCALES[found["scale"]]


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
    denying = [option.value for option in question.options if _NEGATIVE.search(option.label)]
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
    if _PLACES.fullmatch(text.strip()):
        places = [_place(each) for each in _PLACE.findall(text)]
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


def _place(written: str) -> int:
    return int(written) if written.isdigit() else "〇一二三四五六七八九十".index(written)

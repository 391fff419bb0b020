"""What a sentence answers to a question of a scenario, as JSON; None where it answers nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from knowledge_base.language.tokenize import plain
from knowledge_base.scenarios.conditions import NONE, UNSURE
from knowledge_base.scenarios.questions import Option, OwnWords, Question
from service_hall.hearing.consent import names_whole, place_alone
from service_hall.hearing.denying import (
    clauses_of,
    denies_at_once,
    denies_barely,
    is_made_good,
    says_of,
    without_denial,
)
from service_hall.hearing.figures import read_figure_said
from service_hall.hearing.heard import Sentence
from service_hall.hearing.notions import says
from service_hall.hearing.picking import place_picked
from service_hall.hearing.several import denies, left_out_of_all, parts_listed, place_of_question, places_listed
from service_hall.scenarios.talk.days_said import read_day_said

_MOST_LETTERS = 60
"""Of a sentence that is looked through for an option's words; what is longer tells a story."""
_ALL = ("都", "全")
_BELOW_NOTHING = ("-", "－", "负")
_AT_IT = ("还做", "还干", "在做", "在干", "做不做", "要做", "想做")
"""In a question: 不做了 says no to it."""
_ASKS_WHAT_IS_WANTED = ("想", "愿意", "打算", "要不要")
"""In a question: 好的 says yes to it. Of what is so or not it only takes note."""
Told = str | int | float | list[str]


def read_said(question: Question, sentence: Sentence, today: date) -> Told | None:
    if (own := _by_its_own_label(question, sentence.text)) is not None:
        return own
    if _is_unsure(question, sentence):
        return UNSURE
    if says("does_not_know", sentence.text):
        return None  # where it is no answer it is no 不, either
    match question.kind:
        case "single":
            return _one(question, sentence)
        case "multi":
            return _several(question, sentence)
        case "date":
            day = None if asks(sentence) else read_day_said(question, sentence, today)
            return day.isoformat() if day else None
        case "number":
            figure = None if asks(sentence) else read_figure_said(sentence.text, question.unit)
            return figure.value if figure else None
    text = sentence.text.strip()
    return None if asks(sentence) or not plain(text) else text


def asks(sentence: Sentence) -> bool:
    """啥补助也没领过 only sounds so."""
    return sentence.asks and not says("only_sounds_asking", sentence.text)


def is_put_as_offered(question: Question, text: str) -> bool:
    """By its place, or by one of an option's own words and nothing else."""
    if place_alone(text) is not None or places_listed(text):
        return True
    own = (word for option in question.options for word in (option.label, *option.means))
    return any(names_whole(text, word) or plain(word) == plain(text) for word in own) or _is_own(question.unsure, text)


def _is_own(words: OwnWords | None, text: str) -> bool:
    return words is not None and _names(text, words)


def _by_its_own_label(question: Question, text: str) -> Told | None:
    """What is offered is understood as it is offered, whatever its words say apart: 离婚证，丢了."""
    said = plain(text)
    own = [(each.value, each.label) for each in question.options]
    own += [(NONE, question.none.label)] if question.none else []
    value = next((value for value, label in own if plain(label) == said), None)
    return [value] if value and question.kind == "multi" else value


def means_option(question: Question, text: str) -> str:
    """The one option whose words stand in it, the longest of them; '' for none, or for two alike."""
    said = said_of_options(question, text)
    found = {value: length for value, length in said.items() if length}
    longest = max(found.values(), default=0)
    best = [value for value, length in found.items() if length == longest]
    return best[0] if len(best) == 1 else ""


def said_of_options(question: Question, text: str) -> dict[str, int]:
    """Option → letters of its longest word that is said; 0 where its words are said not to be so: 没领过低保."""
    whole, clauses = plain(text), list(clauses_of(text))
    found: dict[str, int] = {}
    for option in question.options:
        is_no = denies(option.label)  # its words are said in the same breath as its no: 电也没过户
        for word in _words(option):
            said = _is_said(word, whole, clauses, is_no or denies(word))
            said = said and not _is_made_good(option, word, clauses)
            if said is not None:
                found[option.value] = max(found.get(option.value, 0), len(word) if said else 0)
    return found


def asks_whether_at_it(question: Question, text: str) -> bool:
    """不做了, to 还做生意吗, or where an option is 生意不做了."""
    said = plain(text)
    is_option = any(said in word for option in question.options for word in _words(option))
    return is_option or ("不做" in said and any(map(question.ask.__contains__, _AT_IT)))


def is_named(option: Option, text: str) -> bool:
    """By a word of it that is more than a yes or no."""
    said = plain(text)
    return any(len(word) > 1 and word in said and not denies_barely(word) for word in _words(option))


def makes_good(question: Question, text: str) -> bool:
    """工资都结清了, to what is owed: of one thing alone, whatever the others are."""
    clauses = list(clauses_of(text))
    return any(_is_made_good(option, word, clauses) for option in question.options for word in _words(option))


def _is_made_good(option: Option, word: str, clauses: Sequence[str]) -> bool:
    return not denies(word) and any(word in clause and is_made_good(option.label, clause) for clause in clauses)


def _is_said(word: str, whole: str, clauses: Sequence[str], is_no: bool) -> bool | None:
    """As `says_of`; a single letter is said alone or not at all."""
    if len(word) < 2:
        return True if word == whole else None
    if word not in whole:
        return None
    told = {says_of(word, clause) for clause in clauses}
    return is_no or True in told or (None if told == {None} else False)


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
    place = place_alone(text)
    if text.strip().startswith(_BELOW_NOTHING):
        return None
    if place is None and place_of_question(text) is None:  # 我要改第一个问题 picks nothing
        place = place_picked(text, len(values))
    if place is None and len(listed := places_listed(text)) == 1:
        place = listed[0] - 1  # B
    if place is not None and not asks(sentence):
        return values[place] if 0 <= place < len(values) else None
    if asks(sentence) or len(text) > _MOST_LETTERS or says("says_unknown", text):
        return None
    return means_option(question, text) or _by_yes_or_no(question, sentence) or _denied(question, text) or None


def _denied(question: Question, text: str) -> str:
    """没领过低保: of options of which one alone denies, that one, where what the others say is said not to be so."""
    denying = [option.value for option in question.options if denies(option.label)]
    said = said_of_options(question, text)
    others = [value for value, length in said.items() if value not in denying]
    return denying[0] if len(denying) == 1 and others and not any(said.values()) else ""


def _by_yes_or_no(question: Question, sentence: Sentence) -> str:
    """是的 and 没有 to a question of yes and no: one option alone denies; of more than two, 都还没办 is its no."""
    denying = [option.value for option in question.options if denies(option.label)]
    if len(denying) != 1:
        return ""
    if len(question.options) != 2:
        return denying[0] if denies_barely(sentence.text) else ""
    if sentence.refuses or denies_at_once(sentence.text):
        return denying[0]
    if _says_it_is_so(question, sentence) or plain(sentence.text) in ("有", "有的", "是", "办了", "有啊"):
        return next(option.value for option in question.options if option.value != denying[0])
    return ""


def _says_it_is_so(question: Question, sentence: Sentence) -> bool:
    if not sentence.assents:
        return False
    return not says("only_acknowledges", sentence.text) or any(map(question.ask.__contains__, _ASKS_WHAT_IS_WANTED))


def _several(question: Question, sentence: Sentence) -> list[str] | None:
    text, values = sentence.text, question.values
    if question.none and (_names(text, question.none) or says("takes_none", text)):
        return [NONE]
    if question.none and without_denial(text) in _denied_by(question.none):
        return [NONE]  # 没欠, of 不欠
    if says("takes_all", text) or _is_all_of_what_none_denies(question, text):
        return list(values)
    if but := plain(left_out_of_all(text)):  # 除了烟都卖
        left_out = {option.value for option in question.options if any(map(but.__contains__, _words(option)))}
        return [value for value in values if value not in left_out] if left_out else None
    if places := places_listed(text):
        if places == [len(values) + 1] and question.none:
            return [NONE]
        return [values[place - 1] for place in places] if all(0 < place <= len(values) for place in places) else None
    if asks(sentence) or len(text) > _MOST_LETTERS:
        return None
    told = said_of_options(question, text)
    found = [value for value in values if told.get(value) or value in _one_by_one(question, text)]
    if not found and told and question.none:
        return [NONE]  # 没离过婚; 工资都结清了, to what is owed
    return found or None


def _denied_by(words: OwnWords) -> set[str]:
    """欠, 都欠: what they say, without their no."""
    return set(map(without_denial, (words.label, *words.means))) - {""}


def _is_all_of_what_none_denies(question: Question, text: str) -> bool:
    """都欠, where 都不欠 is the no to all of them."""
    said = plain(text).removeprefix("全都") or plain(text)
    denied = _denied_by(question.none) if question.none else set()
    return plain(text).startswith(_ALL) and bool({plain(text), f"都{said}"} & denied)


def _words(option: Option) -> Iterator[str]:
    return map(plain, (option.label, *option.means))


def _one_by_one(question: Question, text: str) -> set[str]:
    """水、电 or 水电气, where each is a word of its own."""
    words = {plain(word): option.value for option in question.options for word in (option.label, *option.means)}
    parts = [plain(part) for part in parts_listed(text)]
    if known := {words[part] for part in parts if part in words}:
        return known
    runs = ["".join(takewhile(words.__contains__, part)) for part in parts]  # 水电气都要
    return {words[letter] for run in runs for letter in run} if all(len(run) > 1 for run in runs) else set()

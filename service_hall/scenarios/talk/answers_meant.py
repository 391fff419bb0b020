"""What a sentence answers: by its words, and where no word of an option stands in it by its meaning: 烧完了, to whether
the funeral is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from knowledge_base.scenarios.conditions import NONE, UNSURE
from knowledge_base.scenarios.questions import Question
from knowledge_base.scenarios.telling_options import options_told
from knowledge_base.search.answers import AnswerReader, OptionMeant
from service_hall.hearing.denying import beside_unfinished, clauses_of, is_said_of_none, says_of
from service_hall.hearing.english import answer_in_figures
from service_hall.hearing.heard import Sentence
from service_hall.hearing.notions import says
from service_hall.hearing.several import beside_whom, parts_listed
from service_hall.scenarios.talk.answers_said import (
    Told,
    asks,
    is_put_as_offered,
    makes_good,
    read_said,
    said_of_options,
)
from service_hall.scenarios.talk.ranges_said import option_holding

MOST_LETTERS = 60
"""Of a sentence that is an answer; what is longer tells a story."""
_ASKS_OUTRIGHT = ("?", "？", "吗")


@dataclass(frozen=True)
class Meant:
    told: Told
    is_sure: bool = True
    """False: it is asked back before it counts."""
    by_words: bool = True
    """False: what it is taken for is said."""


def read_told(question: Question, sentence: Sentence, today: date) -> Meant | None:
    sentence = sentence.part(answer_in_figures(sentence.text))
    if (held := _held(question, sentence)) is not None:
        return held
    said = read_said(question, sentence, today)
    if said is None:
        return read_meant(question, sentence) or _left_of_two(question, sentence)
    if isinstance(said, list) and NONE not in said:
        more = [value for value in _of_other_parts(question, sentence, today) if value not in said]
        return Meant([value for value in question.values if value in (*said, *more)], by_words=not more)
    is_sure = said != [NONE] or not makes_good(question, sentence.text)
    return _contradicted(question, sentence, said) or Meant(said, is_sure)


def _held(question: Question, sentence: Sentence) -> Meant | None:
    """大概一百二十平, where the options are ranges."""
    if asks(sentence) or len(sentence.text) > MOST_LETTERS or says("says_unknown", sentence.text):
        return None
    value = option_holding(question, sentence.text)
    return Meant(value, by_words=False) if value else None


def _left_of_two(question: Question, sentence: Sentence) -> Meant | None:
    """不想创业, to 找工作 or 自己创业: of two options the one that is not denied, asked back."""
    if question.kind != "single" or len(question.options) != 2 or asks(sentence) or says("says_unknown", sentence.text):
        return None
    said = said_of_options(question, sentence.text)
    left = [value for value in question.values if value != UNSURE and value not in said]
    return Meant(left[0], is_sure=False, by_words=False) if len(left) == 1 and not any(said.values()) else None


def _contradicted(question: Question, sentence: Sentence, said: Told) -> Meant | None:
    """旁边没学校, whose words say that one is near: where all that it says surely means another option than one of its
    words does, it is asked back."""
    if question.kind != "single" or is_put_as_offered(question, sentence.text):
        return None
    meant = read_meant(question, sentence)
    return replace(meant, is_sure=False) if meant and meant.is_sure and meant.told != said else None


def read_meant(question: Question, sentence: Sentence) -> Meant | None:
    """None where it asks, or no option is likely."""
    if (
        says("does_not_know", sentence.text)
        or sentence.assents
        or says("only_acknowledges", sentence.text)
        or asks_outright(sentence.text)
        or sentence.library.answers is None
        or len(sentence.text) > MOST_LETTERS
    ):
        return None
    if question.kind == "single":
        return _of(question, sentence, [sentence.text])
    if question.kind == "multi":
        return _of(question, sentence, _parts(sentence)) or _of(question, sentence, [sentence.text])
    return None


def _is_denied(question: Question, value: str, part: str, letters: int) -> bool:
    """不想延迟 is near to 延迟 and means another: what all that stands for it says is said not to be so. `letters`:
    of what is looked at; of one alone it may be chance."""
    if value in (NONE, UNSURE):
        return False  # 没有特殊情况 is just that
    texts = [list(clauses_of(text)) for text in dict(options_told(question))[value]]
    clauses = list(map(beside_unfinished, clauses_of(part)))
    words = {clause[at : at + letters] for clause in clauses for at in range(len(clause) - letters + 1)}
    denied = {word for word in words if {says_of(word, clause) for clause in clauses} - {None} == {False}}
    told = {word: {says_of(word, clause) for text in texts for clause in text} - {None} for word in denied}
    return any(said == {True} for said in told.values())


def _is_contrary(question: Question, value: str, part: str) -> bool:
    """都欠 is near to 都不欠 and means the other of them."""
    told = options_told(question)
    return any(is_said_of_none(text, part) for text in dict(told).get(value, ()))


def _of_other_parts(question: Question, sentence: Sentence, today: date) -> Iterator[str]:
    """零食、烟都卖: what the parts mean beyond doubt in which no option is said by its words."""
    reader = sentence.library.answers
    for part in _parts(sentence) if reader else ():
        meant = reader.read(question, part) if reader else None
        is_sure = reader and meant and meant.likelihood >= reader.calibration.sure
        if (
            is_sure
            and meant
            and not _is_denied(question, meant.value, part, letters=1)
            and read_said(question, sentence.part(part), today) is None
        ):
            yield meant.value


def _parts(sentence: Sentence) -> list[str]:
    return [part for clause in sentence.clauses for part in parts_listed(clause.text)]


def asks_outright(text: str) -> bool:
    """By its end; 啥也没留下 only sounds so."""
    return text.rstrip().endswith(_ASKS_OUTRIGHT)


def _of(question: Question, sentence: Sentence, parts: list[str]) -> Meant | None:
    """Each part is to mean something; one of which it is not sure makes all of it unsure."""
    reader = sentence.library.answers
    if reader is None:
        return None
    floors = reader.calibration
    least = floors.sure_of_question if asks(sentence) else floors.likely
    found: list[OptionMeant] = []
    is_sure = True
    for part in parts:
        meant = reader.read(question, part)
        if meant is None or meant.likelihood < least or _is_denied(question, meant.value, part, letters=2):
            return None
        if _is_contrary(question, meant.value, part):
            return None
        found.append(meant)
        sure = floors.likely if meant.value == UNSURE and says("says_unknown", part) else floors.sure
        is_sure = is_sure and meant.likelihood >= sure and not _is_denied(question, meant.value, part, letters=1)
        is_sure = is_sure and _means_it_by_more_than_whom(question, part, meant, reader)
    values = list(dict.fromkeys(each.value for each in found))
    if not values or (NONE in values and len(values) > 1):
        return None
    return Meant(values if question.kind == "multi" else values[0], is_sure, by_words=False)


def _means_it_by_more_than_whom(question: Question, part: str, meant: OptionMeant, reader: AnswerReader) -> bool:
    """我们都是警察 shares with 都是内地居民 nothing but of whom it tells: the rest of it is to be near to that option,
    too."""
    told = beside_whom(part)
    if told in ("", part):
        return True
    rest = reader.read(question, told)
    return rest is not None and rest.value == meant.value and rest.likelihood >= reader.calibration.likely

"""An answer that is put right, in the middle of the questions or once the list stands: 其实我有社保 says what it is,
改一下孩子的出生日期 which question it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from knowledge_base.language.tokenize import plain
from knowledge_base.scenarios.conditions import NONE
from knowledge_base.scenarios.questions import Option, Question
from service_hall.hearing.correcting import says_what_it_is, what_it_is
from service_hall.hearing.heard import Sentence
from service_hall.hearing.notions import says, without
from service_hall.hearing.several import beside_whom, names_question, place_of_question
from service_hall.scenarios.talk.answers_meant import Meant, asks_outright, read_told
from service_hall.scenarios.talk.answers_said import Told, is_put_as_offered, said_of_options
from service_hall.scenarios.talk.walk import Desk

MOST_LETTERS = 40
"""Of a question's own words, as of an option's label."""
MOST_SETS = 128
_MORE = ("还", "也", "再", "另外", "加")
FEWEST_SHARED = 4
"""Letters of a question's own words that name it."""
FEWEST_NAMED = 2
"""Letters of an option's word that stand for it."""
FEWEST = 2
"""Questions among which one can be meant."""


def answer_put_right(
    sentence: Sentence, asked: Sequence[Question], given: Mapping[str, object], desk: Desk
) -> tuple[Question, Told] | None:
    """The question among those whose answer the sentence says to be another one, beyond doubt: of several that it may
    answer the one that it answers most clearly, the later of two. `given`: JSON."""
    if wants_change(sentence):
        return _changed_to(sentence, asked, given, desk)
    if not (sentence.correction or sentence.takes_back or says("puts_right", sentence.text)):
        return None if sentence.asks else _one_less_or_more(sentence.text, asked, given)
    meant = sentence.part(sentence.correction.meant) if sentence.correction else sentence
    meant = meant.part(without("puts_right", meant.text, ""))
    told = ((each, read_told(each, meant, desk.today)) for each in reversed(asked))
    other = [(each, read) for each, read in told if read and read.is_sure and read.told != given.get(each.id)]
    if not other:
        return None
    question, read = max(other, key=lambda pair: _clearness(pair[0], pair[1], meant.text, desk))
    return question, read.told


def _changed_to(
    sentence: Sentence, asked: Sequence[Question], given: Mapping[str, object], desk: Desk
) -> tuple[Question, Told] | None:
    """改一下，是公司 says what it is to be; 改一下公司那一问 only which it was."""
    meant = sentence.part(what_it_is(without("changes_answer", sentence.text, "")))
    for question in reversed(asked):
        read = read_told(question, meant, desk.today)
        is_told = not question.options or is_put_as_offered(question, meant.text)
        if read and read.is_sure and is_told and read.told != given.get(question.id):
            return question, read.told
    if not says_what_it_is(sentence.text):
        return None
    named = [(each, told) for each in asked if (told := _option_named_in_part(each, meant.text))]
    if len(named) == 1 and named[0][1] != given.get(named[0][0].id):
        return named[0]
    return None


def _option_named_in_part(question: Question, text: str) -> str:
    """我是干部, of 女干部: the one option with a word in which that stands; '' for none or two."""
    said = plain(beside_whom(text))
    if question.kind != "single" or len(said) < FEWEST_NAMED:
        return ""
    naming = [
        each.value for each in question.options if any(said in word for word in map(plain, (each.label, *each.means)))
    ]
    return naming[0] if len(naming) == 1 else ""


def _one_less_or_more(
    text: str, asked: Sequence[Question], given: Mapping[str, object]
) -> tuple[Question, Told] | None:
    """我不卖烟了, 还想卖烟: of several that were picked, one is taken away, or another is added."""
    is_more = text.lstrip("我们").startswith(_MORE)
    for question in asked:
        picked = given.get(question.id)
        if question.kind != "multi" or not isinstance(picked, list):
            continue
        said = said_of_options(question, text)
        less = {value for value, letters in said.items() if not letters}
        more = {value for value, letters in said.items() if letters and is_more}
        now = [value for value in question.values if (value in picked and value not in less) or value in more]
        if now != [value for value in question.values if value in picked]:
            return question, now or [NONE]
    return None


def question_to_change(sentence: Sentence, asked: Sequence[Question], desk: Desk) -> Question | None:
    """The one among those that the sentence wants to answer anew, by its place or its words."""
    if asks_outright(sentence.text):
        return None
    if (place := place_of_question(sentence.text)) is not None:
        return asked[place - 1] if 0 < place <= len(asked) else None
    if named_outright := _named_by_its_words(sentence.text, asked):
        return named_outright
    if not wants_change(sentence):
        return None
    named = without("changes_answer", sentence.text, "")
    reader = desk.means.library().answers
    if not named or reader is None:
        return None
    if len(asked) < FEWEST:
        return next(iter(asked), None)
    meant = reader.read(_which_of(tuple(asked)), named)
    likely = meant is not None and meant.likelihood >= reader.calibration.likely
    return next((each for each in asked if likely and meant and each.id == meant.value), None)


def _named_by_its_words(text: str, asked: Sequence[Question]) -> Question | None:
    """改一下店打算怎么开那一问: the one whose own words stand there; what is left wants the change."""
    said = plain(text)
    shared = {each.id: _longest_shared(said, plain(each.ask)) for each in asked}
    longest = max(map(len, shared.values()), default=0)
    named = [each for each in asked if len(shared[each.id]) == longest]
    if longest < FEWEST_SHARED or len(named) != 1:
        return None
    [question] = named
    is_wanted = says("changes_answer", said.replace(shared[question.id], "", 1))
    return question if is_wanted and (names_question(text) or shared[question.id] == plain(question.ask)) else None


def _longest_shared(said: str, ask: str) -> str:
    found = SequenceMatcher(None, said, ask, autojunk=False).find_longest_match()
    return said[found.a : found.a + found.size]


def wants_change(sentence: Sentence) -> bool:
    """Of an answer, whichever."""
    return says("changes_answer", sentence.text) and not asks_outright(sentence.text)


@lru_cache(maxsize=MOST_SETS)
def _which_of(asked: tuple[Question, ...]) -> Question:
    """The questions as the options of one: each told by its own words, and by those of its options that no other
    has."""
    labels = Counter(option.label for each in asked for option in each.options)
    options = tuple(
        Option(
            value=each.id,
            label=each.ask[:MOST_LETTERS],
            said=tuple(option.label for option in each.options if labels[option.label] == 1),
        )
        for each in asked
    )
    return Question(id="which", kind="single", ask="哪一问？", options=options)


def _clearness(question: Question, read: Meant, text: str, desk: Desk) -> float:
    reader = desk.means.library().answers
    found = reader.read(question, text) if reader else None
    if found is None:
        return 1.0 if question.unit and question.unit in text else 0.0
    return found.likelihood + (0.5 if read.by_words else 0.0)

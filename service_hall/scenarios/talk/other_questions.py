"""What is said to the open question and belongs to another one: an answer that was given already, or one that is still
to be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge_base.measures import OF_ANYTHING, spoken_of
from knowledge_base.scenarios.questions import Question
from service_hall.hearing.denying import denies_at_all, denies_barely
from service_hall.hearing.figures import read_figure_said
from service_hall.hearing.heard import Sentence
from service_hall.scenarios.talk.answers_said import Told, asks, is_named, read_said, said_of_options
from service_hall.scenarios.talk.walk import ScenarioWalk

FEWEST_LETTERS = 2


def answered_already(walk: ScenarioWalk) -> tuple[Question, Told] | None:
    """已经出生了, to the day of birth: said once more by its words, it asks nothing of the desk."""
    sentence = walk.heard.sentence
    if asks(sentence) or _is_bare(sentence):
        return None
    for question in reversed(walk.way.asked):
        told = walk.given.get(question.id)
        if told is not None and _by_its_words(question, sentence, walk.desk.today) == told:
            return question, told
    return None


def belongs_to_later(walk: ScenarioWalk, question: Question) -> tuple[Question, Told] | None:
    """我们都是二婚, to where the two are from: what was read by its meaning alone stands in the words of a later
    question, and is likelier there."""
    sentence, reader = walk.heard.sentence, walk.desk.means.library().answers
    here = reader.read(question, sentence.text) if reader else None
    if reader is None or here is None or _is_bare(sentence):
        return None
    for later in _later(walk, question):
        told = named_in(later, sentence, walk.desk.today)
        there = reader.read(later, sentence.text) if told else None
        if there and there.likelihood > here.likelihood and there.value in _values(told):
            return later, told or ""
    return None


def only_fits_later(walk: ScenarioWalk, question: Question) -> tuple[Question, Told] | None:
    """其实是双胞胎, to where it was born: what answers the open question with nothing, and one later question alone by
    the words of its options, or counted in what it asks for."""
    sentence, today = walk.heard.sentence, walk.desk.today
    if asks(sentence) or _is_bare(sentence):
        return None
    questions = walk.scenario.questions
    later = [each for each in questions[questions.index(question) + 1 :] if each.id not in walk.given]
    fits = [(each, told) for each in later if (told := named_in(each, sentence, today) or _counted(each, sentence))]
    return fits[0] if len(fits) == 1 else None


def named_in(question: Question, sentence: Sentence, today: date) -> Told | None:
    """By words that say what it is: 没有特殊情况 says no to whatever is asked, and 有3年社保 lacks nothing."""
    told = _by_its_words(question, sentence, today)
    values = _values(told)
    options = [each for each in question.options if each.value in values]
    is_no = denies_at_all(sentence.text)
    named = [each for each in options if is_named(each, sentence.text) and (is_no or not denies_at_all(each.label))]
    return told if options and len(named) == len(options) else None


def _counted(question: Question, sentence: Sentence) -> Told | None:
    """一百二十平, by its measure; 个 counts anything."""
    figure = read_figure_said(sentence.text, question.unit) if question.kind == "number" else None
    is_measured = any(form in sentence.text for form in spoken_of(question.unit) if form != OF_ANYTHING)
    return figure.value if figure and is_measured else None


def _is_bare(sentence: Sentence) -> bool:
    """有, 没有: an answer to whatever is asked."""
    return len(sentence.plain) < FEWEST_LETTERS or sentence.assents or sentence.refuses or denies_barely(sentence.text)


def _later(walk: ScenarioWalk, question: Question) -> Sequence[Question]:
    questions = walk.scenario.questions
    return [each for each in questions[questions.index(question) + 1 :] if each.options and each.id not in walk.given]


def _by_its_words(question: Question, sentence: Sentence, today: date) -> Told | None:
    is_said = any(said_of_options(question, sentence.text).values())
    return read_said(question, sentence, today) if is_said else None


def _values(told: Told | None) -> Sequence[object]:
    return told if isinstance(told, list) else (told,)

"""The day that a sentence answers to a question of a scenario, within the bounds of the question."""

from __future__ import annotations

from datetime import date

from knowledge_base.scenarios.questions import Question
from service_hall.hearing.heard import Sentence
from service_hall.hearing.when.festivals import festival_days
from service_hall.hearing.when.lunar import lunar_days_around
from service_hall.hearing.when.past_days import day_of_month, days_told, month_alone
from service_hall.hearing.when.today import NotADay
from service_hall.scenarios.answering import NoAnswer, read_answer


def read_day_said(question: Question, sentence: Sentence, today: date) -> date | None:
    """The first reading within the question's bounds; outside of them where none is, so that it can be told why."""
    readings = list(dict.fromkeys(days_told(sentence, today)))
    within = (each for each in readings if not isinstance(read_answer(question, each.isoformat(), today), NoAnswer))
    return next(within, readings[0] if readings else None)


def month_said(sentence: Sentence) -> str:
    """1976年3月, 上个月, which name no day and say nothing else; '' for none."""
    return month_alone(sentence.text)


def with_month_said(sentence: Sentence, month: str) -> Sentence:
    """5号, once 1976年3月 was told, is a day of that; what else is said stays as it is."""
    day = day_of_month(sentence.text)
    return sentence.part(f"{month}{day}号") if day else sentence


def names_no_day(sentence: Sentence) -> bool:
    """2月30日: no calendar has it."""
    when = sentence.as_day.when
    return isinstance(when, NotADay) and when.reason == "no_such_day"


def is_of_another_calendar(sentence: Sentence, today: date) -> bool:
    """农历八月十五, 今年春节: which day of ours that is, is said."""
    return lunar_days_around(sentence.text, today) is not None or bool(festival_days(sentence.text, today))

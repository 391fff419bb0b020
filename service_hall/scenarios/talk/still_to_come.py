"""2099年1月1日出生, to whether it has happened: of a day that is still to come nothing has."""

from __future__ import annotations

from datetime import date

from knowledge_base.scenarios.questions import Question
from service_hall.hearing.denying import says_done
from service_hall.hearing.heard import Sentence
from service_hall.hearing.when.past_days import days_told
from service_hall.scenarios.talk.answers_said import Told


def day_still_to_come(question: Question, told: Told, sentence: Sentence, today: date) -> date | None:
    """The day that the sentence names where an option that it is read as says that something is done; None where it
    may be over: 5月1日 of no year."""
    values = told if isinstance(told, list) else [told]
    labels = [option.label for option in question.options if option.value in values]
    if not any(map(says_done, labels)):
        return None
    days = list(days_told(sentence, today))
    return days[0] if days and all(day > today for day in days) else None

"""An answer as a program, a page or the conversation hands it in: read for its question, or refused with the question's
own sentence. Days are judged as of the day of asking."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from knowledge_base.language.tokenize import plain
from knowledge_base.scenarios.conditions import NONE, UNSURE, Answer
from knowledge_base.scenarios.questions import Bound, OfAnswer, Question
from service_hall.scenarios.wording import say

MOST_LETTERS = 100
MOST_PICKED = 40
"""Of several, those said twice among them."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,4})?")
_MOMENT = re.compile(r"today(?:([+-])(\d{1,4})([dmy]))?")


@dataclass(frozen=True)
class NoAnswer:
    """`says`: what is wrong with it, to the citizen."""

    node: str
    says: str


def read_answer(question: Question, given: object, as_of: date) -> Answer | NoAnswer:
    """`given`: JSON. Held against the bounds that need no other answer."""
    answer = _typed(question, given)
    if isinstance(answer, NoAnswer) or answer == UNSURE:
        return answer
    return _within(question, answer, as_of, {}) or answer


def beyond_bounds(question: Question, answer: Answer, as_of: date, known: Mapping[str, Answer]) -> NoAnswer | None:
    """Held against the other answers, too."""
    return None if answer == UNSURE else _within(question, answer, as_of, known)


def is_in_shape(given: object) -> bool:
    """Whether it can be an answer at all, to whatever question."""
    if isinstance(given, list):
        return len(given) <= MOST_PICKED and all(isinstance(each, str) and is_in_shape(each) for each in given)
    return len(given) <= 2 * MOST_LETTERS if isinstance(given, str) else isinstance(given, bool | int | float)


def refused_in_full(question: Question, refused: NoAnswer) -> str:
    """To whoever does not have the question before them."""
    return say("of_question", ask=question.ask, says=refused.says)


def as_json(answer: Answer) -> str | int | float | list[str]:
    """As it is handed in, and kept."""
    match answer:
        case tuple():
            return list(answer)
        case Decimal():
            return int(answer) if answer == answer.to_integral_value() else float(answer)
        case date():
            return answer.isoformat()
    return answer


def _typed(question: Question, given: object) -> Answer | NoAnswer:
    if given == UNSURE:
        taken = question.if_unsure
        return NoAnswer(question.id, say("has_to_be_known", labels=_labels(question))) if taken is None else taken
    match question.kind:
        case "single":
            return _one(question, given)
        case "multi":
            return _several(question, given)
        case "date":
            return _day(question, given)
        case "number":
            return _number(question, given)
    text = given.strip() if isinstance(given, str) else ""
    if not plain(text) or len(text) > MOST_LETTERS:
        return NoAnswer(question.id, say("write_text", most=MOST_LETTERS))
    return text


def _one(question: Question, given: object) -> Answer | NoAnswer:
    if isinstance(given, str) and given in question.values:
        return given
    says = "pick_only_one" if isinstance(given, list) and len(given) > 1 else "pick_one"
    return NoAnswer(question.id, say(says, labels=_labels(question)))


def _several(question: Question, given: object) -> Answer | NoAnswer:
    """Who picks nothing says so: an empty list may be a form that was sent too soon."""
    chosen = [given] if isinstance(given, str) else given
    known = {*question.values, NONE}
    if chosen == []:
        return NoAnswer(question.id, say("nothing_picked", labels=_labels(question)))
    if not isinstance(chosen, Sequence) or not all(isinstance(each, str) and each in known for each in chosen):
        return NoAnswer(question.id, say("pick_some", labels=_labels(question)))
    if NONE in chosen and len(set(chosen)) > 1:
        none = question.none.label if question.none else ""
        return NoAnswer(question.id, say("none_and_some", none=none))
    return tuple(value for value in question.values if value in chosen)


def _day(question: Question, given: object) -> Answer | NoAnswer:
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        return NoAnswer(question.id, say("write_day"))
    try:
        return date.fromisoformat(given)
    except ValueError:
        return NoAnswer(question.id, say("no_such_day"))


def _number(question: Question, given: object) -> Answer | NoAnswer:
    written = str(given).strip() if isinstance(given, str | int | float) and not isinstance(given, bool) else ""
    if not _NUMBER.fullmatch(written):
        return NoAnswer(question.id, say("write_number"))
    try:
        number = Decimal(written)
    except InvalidOperation:
        return NoAnswer(question.id, say("write_number"))
    if not question.decimals and number != number.to_integral_value():
        return NoAnswer(question.id, say("write_whole_number"))
    return number


def _within(question: Question, answer: Answer, as_of: date, known: Mapping[str, Answer]) -> NoAnswer | None:
    for bound in question.bounds:
        if not _keeps(bound, answer, as_of, known):
            return NoAnswer(question.id, bound.says)
    return None


def _keeps(bound: Bound, answer: Answer, as_of: date, known: Mapping[str, Answer]) -> bool:
    if isinstance(answer, date):
        earliest, latest = _moment(bound.not_before, as_of, known), _moment(bound.not_after, as_of, known)
        return (earliest is None or earliest <= answer) and (latest is None or answer <= latest)
    if isinstance(answer, Decimal):
        least, most = _figure(bound.at_least, known), _figure(bound.at_most, known)
        return (least is None or least <= answer) and (most is None or answer <= most)
    return True


def _moment(written: str | OfAnswer | None, as_of: date, known: Mapping[str, Answer]) -> date | None:
    if isinstance(written, OfAnswer):
        other = known.get(written.answer)
        return other if isinstance(other, date) else None
    if written is None:
        return None
    relative = _MOMENT.fullmatch(written)
    if relative is None:
        return date.fromisoformat(written)
    if relative[1] is None:
        return as_of
    return _moved(as_of, int(f"{relative[1]}{relative[2]}"), relative[3])


def _moved(day: date, count: int, unit: str) -> date:
    """By days, months or years; the 31st of a shorter month is its last day."""
    if unit == "d":
        return day + timedelta(days=count)
    months = day.year * 12 + day.month - 1 + (count if unit == "m" else count * 12)
    year, month = divmod(months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def _figure(written: Decimal | OfAnswer | None, known: Mapping[str, Answer]) -> Decimal | None:
    if isinstance(written, OfAnswer):
        other = known.get(written.answer)
        return other if isinstance(other, Decimal) else None
    return written


def _labels(question: Question) -> str:
    labels = [each.label for each in question.options]
    labels += [own.label for own in (question.none, question.unsure) if own]
    return "、".join(labels)

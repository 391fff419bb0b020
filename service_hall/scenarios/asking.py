"""How a question of a scenario looks: its options, and how far along it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge_base.scenarios.conditions import NONE, UNSURE
from knowledge_base.scenarios.questions import Question
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import Progress, QuestionOption, QuestionReply
from service_hall.scenarios.calculators.words import say_day
from service_hall.scenarios.way import Way, questions_ahead
from service_hall.scenarios.wording import say

_WRITTEN = ("number", "date", "text")


def question_reply(way: Way, question: Question) -> QuestionReply:
    """The text alone must do on a door without buttons: numbered, answered with the number. Where a number is asked for
    1 is one, and what else may be said is said in words."""
    options = tuple(options_of(question))
    listed = [f"{number}. {option.label}" for number, option in enumerate(options, start=1)]
    if question.kind in _WRITTEN:
        listed = [say("or_in_words", words="”或者“".join(option.label for option in options))] if options else []
    lines = [question.ask, *([question.help] if question.help else []), *listed]
    if question.kind == "multi":
        lines.append(say("pick_several"))
    return QuestionReply(
        text="\n".join(lines),
        scenario_id=way.told.scenario.id,
        node=question.id,
        kind=question.kind,
        options=options,
        progress=Progress(step=way.step, of=way.step + questions_ahead(way)),
    )


def options_of(question: Question) -> Iterator[QuestionOption]:
    for option in question.options:
        yield _option(question, option.label, option.value)
    if question.none:
        yield _option(question, question.none.label, NONE)
    if question.unsure:
        yield _option(question, question.unsure.label, UNSURE)


def answer_in_words(question: Question, told: object) -> str:
    """`told`: JSON, as its options call it; 不清楚 where there is no such option."""
    if told == UNSURE and not question.unsure:
        told = question.if_unsure
    labels = {option.value: option.label for option in options_of(question)}
    if question.kind == "date" and told != UNSURE:
        return say_day(date.fromisoformat(str(told)))
    values = [str(each) for each in told] if isinstance(told, list | tuple) else [str(told)]
    unknown = say("unknown")
    return "、".join(
        labels.get(value, unknown if value == UNSURE else f"{value}{question.unit}") for value in values
    ) or (labels.get(NONE, ""))


def unknown_in_words(question: Question) -> str:
    """What the list goes by, and what there is to find out."""
    says = "left_open" if question.if_unsure == UNSURE else "assumed"
    return say(says, ask=question.ask, answer=answer_in_words(question, UNSURE), find_out=question.find_out)


def _option(question: Question, label: str, value: str) -> QuestionOption:
    payload = command_payload("give_details", node=question.id, value=value)
    return QuestionOption(label=label, payload=payload, value=value)

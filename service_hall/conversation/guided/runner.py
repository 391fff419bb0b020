"""Leads a walk through its table of questions: what a sentence, or a tap, is an answer to, and what comes then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Generic

from service_hall.conversation.acts import Act
from service_hall.conversation.guided.question import Question, Step, W
from service_hall.conversation.guided.walk import Walk
from service_hall.conversation.guided.way import Way
from service_hall.conversation.message import Command, read_command
from service_hall.conversation.reply import Reply
from service_hall.conversation.turn import Ended, Turn
from service_hall.hearing.commands import SaidCommand

MOST_MISSES = 3


class Runner(Generic[W]):
    def __init__(self, way: Way[W]) -> None:
        self._way = way

    def go_on(self, walk: W) -> Turn | None:
        """None: no answer to the open question."""
        question = self._question(walk)
        if question is None:
            return None
        command = walk.heard.command
        step = self._tapped(walk, command) if command else self._listen(walk, question)
        return self._way.proceed(step) if isinstance(step, Walk) else step

    def question_of(self, walk: W) -> Reply | None:
        """The open question as it was put."""
        question = self._question(walk)
        return question.ask(walk) if question else None

    def private_of(self, walk: W) -> Mapping[str, str]:
        question = self._question(walk)
        return question.private(walk) if question else {}

    def resume(self, walk: W, ended: Ended) -> Turn:
        """The one above it is over."""
        back = self._way.take_back(walk, ended)
        return self._way.proceed(back.noting(back.say("resumed")))

    def _question(self, walk: W) -> Question[W] | None:
        """None for a node of another release."""
        return self._way.questions.get(walk.node)

    def _listen(self, walk: W, question: Question[W]) -> Step[W] | None:
        if answered := question.read_first(walk):
            return answered
        if walk.heard.sentence.command is SaidCommand.GO_BACK:
            return self._back(walk, question)
        if assented := self._assented(walk, question):
            return assented
        if self._way.begins_another(walk):
            return None
        if self._way.stops(walk):
            return self._way.stop(walk)
        if walk.heard.act is Act.REPEAT or walk.heard.sentence.goes_on:
            return ask_again(walk, question)
        return self._way.read(walk) or self._missed(walk, question)

    def _tapped(self, walk: W, command: Command) -> Step[W] | None:
        """None: no tap of this walk, or on no question that it has."""
        question = self._way.questions.get(command["node"])
        if command.intent != "give_details" or question is None:
            return None
        chosen = question.choose(walk, command["value"]) if question.takes(walk, command) else None
        return chosen or ask_again(walk, self._way.questions[walk.node], "stale")

    def _back(self, walk: W, question: Question[W]) -> Step[W]:
        """To the question before this one; from the first one back to the walk below."""
        *earlier, node = walk.trail or (self._way.before(walk),)
        before = self._way.questions.get(node)
        if before:
            return before.forget(replace(walk, node="", misses=0, trail=tuple(earlier)))
        if len(walk.context.walks) > 1:
            return self._way.stop(walk)
        return ask_again(walk, question, "first_step")

    def _assented(self, walk: W, question: Question[W]) -> Step[W] | None:
        """好的, where one of several is to be named: it takes the only one there is, and of more than one none."""
        if not walk.heard.agrees or self._way.stops(walk):
            return None
        offered = question.to_choose_from(walk)
        if len(offered) == 1:
            command = read_command(offered[0])
            return self._tapped(walk, command) if command else None
        return _ask_once_more(walk, question, "which_one") if offered else None

    def _missed(self, walk: W, question: Question[W]) -> Turn | None:
        """Said to the question and not understood. None: rather about something else."""
        if not self._way.misses(walk):
            return None
        return replace(_ask_once_more(walk, question, question.missed(walk)), is_miss=True)


def ask_again(walk: W, question: Question[W], why: str = "") -> Turn:
    return walk.noting(walk.say(why) if why else "").ask(question.node, question.ask(walk), walk.misses)


def _ask_once_more(walk: W, question: Question[W], why: str) -> Turn:
    """After an answer that was none; the third time with a way out."""
    misses = walk.misses + 1
    if misses >= MOST_MISSES:
        return walk.noting(walk.say("tired")).ask(question.node, question.ask(walk))
    return walk.noting(walk.say(why)).ask(question.node, question.ask(walk), misses)

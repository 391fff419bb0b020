"""The questions of the walk: the scenario's own, one after another, and the three that are asked once: leave, begin
anew, turn to another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar

from knowledge_base.scenarios.conditions import NONE, UNSURE
from knowledge_base.scenarios.questions import Question as Asked
from service_hall.conversation.guided.question import Question, Step
from service_hall.conversation.guided.runner import ask_again
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import QuestionOption, QuestionReply
from service_hall.hearing.commands import SaidCommand
from service_hall.hearing.consent import Deed
from service_hall.hearing.correcting import says_what_it_is
from service_hall.hearing.figures import read_figure_said
from service_hall.hearing.heard import Sentence
from service_hall.hearing.notions import says
from service_hall.hearing.several import place_of_question, speaks_of_ending
from service_hall.scenarios.answering import NoAnswer, beyond_bounds, read_answer
from service_hall.scenarios.asking import answer_in_words, question_reply
from service_hall.scenarios.calculators.words import say_day
from service_hall.scenarios.talk.answers_meant import read_told
from service_hall.scenarios.talk.answers_said import Told, means_option, read_said, said_of_options
from service_hall.scenarios.talk.days_said import is_of_another_calendar, month_said, names_no_day, with_month_said
from service_hall.scenarios.talk.ending import leave, title_of, turn_to
from service_hall.scenarios.talk.other_questions import belongs_to_later
from service_hall.scenarios.talk.putting_right import answer_put_right, question_to_change, wants_change
from service_hall.scenarios.talk.still_to_come import day_still_to_come
from service_hall.scenarios.talk.walk import ANSWER, LEAVE, RESTART, SWITCH, ScenarioWalk
from service_hall.scenarios.wording import say as told_wrong

_YES, _NO = "yes", "no"
SOME_WORDS = 2
"""For an option that was not understood by its label."""


class ScenarioQuestion(Question[ScenarioWalk]):
    """Whichever is open in the scenario; its own id stands in the value of a tap: `area.unsure`."""

    node = ANSWER

    def ask(self, walk: ScenarioWalk) -> QuestionReply:
        question = _open(walk)
        reply = question_reply(walk.way, question)
        options = tuple(
            option.model_copy(
                update={"payload": command_payload("give_details", node=ANSWER, value=f"{question.id}.{option.value}")}
            )
            for option in reply.options
        )
        return reply.model_copy(
            update={"text": "\n".join((*_beforehand(walk, question), reply.text)), "options": options}
        )

    def read(self, walk: ScenarioWalk) -> Step[ScenarioWalk] | None:
        question, sentence = _open(walk), walk.heard.sentence
        place = place_of_question(sentence.text)
        if place is not None and not sentence.asks:
            return _to_question(walk, place)
        walk = with_month(walk, question)
        sentence = walk.heard.sentence
        told = walk.guess.get(question.id, _offered(walk))
        if told is not None and walk.heard.agrees:
            return _take(walk, question, told)
        if (corrected := _put_right(walk)) is not None:
            return corrected
        meant = read_told(question, sentence, walk.desk.today)
        if meant is None and question.kind == "date" and (month := month_said(sentence)):
            return ask_again(replace(walk.noting(walk.say("which_day", month=month)), month=month), self)
        if meant is None:
            no_day = question.kind == "date" and names_no_day(sentence)
            return replace(walk.noting(told_wrong("no_such_day")), node="", misses=0) if no_day else None
        if day := day_still_to_come(question, meant.told, sentence, walk.desk.today):
            return _not_yet(walk, question, meant.told, day)
        if not meant.by_words and (elsewhere := belongs_to_later(walk, question)):
            return ask_again(keeping(walk, *elsewhere), self)
        if not meant.is_sure:
            guessing = replace(walk, guess={question.id: meant.told}, misses=0)
            return guessing.ask(ANSWER, self.ask(guessing))
        if not meant.by_words or (question.kind == "date" and is_of_another_calendar(sentence, walk.desk.today)):
            walk = walk.noting(walk.say("taken_as", answer=answer_in_words(question, meant.told)))
        figure = read_figure_said(sentence.text, question.unit) if question.kind == "number" else None
        if figure and figure.is_about:  # 十几万: what it is taken for is said
            walk = walk.noting(walk.say("taken_as_about", value=f"{figure.value:,}{question.unit}"))
        return _take(walk, question, meant.told)

    def read_first(self, walk: ScenarioWalk) -> Step[ScenarioWalk] | None:
        """没有 and 不用 are answers where an option says so, and stop nothing; 算了 and 不办了 stop. 重新开始 is asked
        back once."""
        question, sentence = _open(walk), walk.heard.sentence
        if walk.is_declined:
            return leave(walk)
        if sentence.command is SaidCommand.START_ANEW:
            return walk.ask(RESTART, QUESTIONS[RESTART].ask(walk))
        if says("goes_on_with_questions", sentence.text) and not means_option(question, sentence.text):
            return ask_again(walk, self)
        if walk.guess and sentence.refuses and not means_option(question, sentence.text):
            return replace(walk.noting(walk.say("not_so")), node="", guess={})
        if question.kind not in ("single", "multi") or sentence.command or speaks_of_ending(sentence.text):
            return None
        if not (sentence.stops or sentence.skips or sentence.refuses):
            return None
        said = read_said(question, sentence, walk.desk.today)
        return None if said is None else _take(walk, question, said)

    def choose(self, walk: ScenarioWalk, value: str) -> Step[ScenarioWalk] | None:
        """A button of an earlier question changes that answer, as long as it is on this way."""
        name, _, chosen = value.partition(".")
        question = next((each for each in walk.way.asked if each.id == name), None)
        if question is None or chosen not in {*question.values, NONE, UNSURE}:
            return None
        return _take(walk, question, [chosen] if question.kind == "multi" else chosen)

    def forget(self, walk: ScenarioWalk) -> ScenarioWalk:
        """Of those on this way the last that was answered."""
        answered = list(walk.way.told.answers)
        return walk.without(answered[-1]) if answered else walk

    def missed(self, walk: ScenarioWalk) -> str:
        """好的 is no answer, and nothing that was not understood."""
        said = "acknowledged" if says("only_acknowledges", walk.heard.text) else "missed"
        return f"{said}_{_open(walk).kind}"


class _YesOrNo(Question[ScenarioWalk], ABC):
    """Asked once; whatever says no goes on as before."""

    means_to_stop: ClassVar[bool] = False
    """算了 is a yes to it."""

    @abstractmethod
    def do(self, walk: ScenarioWalk) -> Step[ScenarioWalk]:
        """It was a yes."""

    def ask(self, walk: ScenarioWalk) -> QuestionReply:
        options = tuple(
            QuestionOption(
                label=walk.say(f"{self.node}_{value}"),
                payload=command_payload("give_details", node=self.node, value=value),
                value=value,
            )
            for value in (_YES, _NO)
        )
        numbered = [f"{number}. {option.label}" for number, option in enumerate(options, start=1)]
        asked = walk.say(f"{self.node}_question", other=title_of(walk, walk.other))
        return QuestionReply(
            text="\n".join((asked, *numbered)),
            scenario_id=walk.scenario.id,
            node=self.node,
            kind="single",
            options=options,
        )

    def read_first(self, walk: ScenarioWalk) -> Step[ScenarioWalk] | None:
        options = self.ask(walk).options
        if picked := walk.heard.picks(options):
            return self.choose(walk, _YES if picked.payload == options[0].payload else _NO)
        if walk.heard.consents(Deed.ASK) or (walk.stops and self.means_to_stop):
            return self.choose(walk, _YES)
        return self.choose(walk, _NO) if walk.goes_on or walk.heard.disagrees or walk.stops else None

    def read(self, walk: ScenarioWalk) -> Step[ScenarioWalk] | None:
        """Whoever answers the question that was open before goes on with it."""
        meant = read_told(_open(walk), walk.heard.sentence, walk.desk.today)
        if meant is None or not meant.is_sure:
            return None
        return QUESTIONS[ANSWER].read(replace(walk, node=ANSWER, other=""))

    def choose(self, walk: ScenarioWalk, value: str) -> Step[ScenarioWalk] | None:
        match value:
            case "yes":
                return self.do(walk)
            case "no":
                return replace(walk, node="", other="")
        return None


class LeaveQuestion(_YesOrNo):
    node = LEAVE
    means_to_stop = True

    def do(self, walk: ScenarioWalk) -> Step[ScenarioWalk]:
        return leave(walk)


class RestartQuestion(_YesOrNo):
    node = RESTART

    def do(self, walk: ScenarioWalk) -> Step[ScenarioWalk]:
        return replace(walk, node="", given={}, offered={}, month="", trail=()).noting(walk.say("restarted"))


class SwitchQuestion(_YesOrNo):
    node = SWITCH

    def do(self, walk: ScenarioWalk) -> Step[ScenarioWalk]:
        return turn_to(walk, walk.other)


def not_known(walk: ScenarioWalk) -> Step[ScenarioWalk]:
    """She does not know, and no option says so: what she told before counts; else the list is made all the same, and
    says what is still to be found out. A day or a number is asked for once more, for roughly does as well; what has to
    be picked until it is."""
    question = _open(walk)
    if (told := _offered(walk)) is not None:
        return _take(walk.noting(walk.say("taken_as", answer=answer_in_words(question, told))), question, told)
    is_open = question.if_unsure == UNSURE
    if question.if_unsure is None or (is_open and not walk.misses):
        words = "say_roughly" if is_open else "has_to_be_known"
        again = walk.noting(walk.say(words, find_out=question.if_unknown.find_out))
        return ask_again(replace(again, misses=max(1, walk.misses)), QUESTIONS[ANSWER])
    says = "unknown_left" if is_open else "unknown_taken"
    answer = answer_in_words(question, UNSURE)
    noted = walk.noting(walk.say(says, answer=answer, find_out=question.if_unknown.find_out))
    return _take(noted, question, UNSURE)


QUESTIONS: Mapping[str, Question[ScenarioWalk]] = {
    question.node: question for question in (ScenarioQuestion(), LeaveQuestion(), RestartQuestion(), SwitchQuestion())
}


def _open(walk: ScenarioWalk) -> Asked:
    """The walk asks as long as there is one."""
    question = walk.way.next
    if question is None:
        raise ValueError("nothing is open")
    return question


def with_month(walk: ScenarioWalk, question: Asked) -> ScenarioWalk:
    """5号, once 1976年3月 was told."""
    if not walk.month or question.kind != "date":
        return walk
    return replace(walk, heard=replace(walk.heard, sentence=with_month_said(walk.heard.sentence, walk.month)))


def _offered(walk: ScenarioWalk) -> Told | None:
    """What was told before of the open question, as far as it still can be."""
    question = _open(walk)
    told = walk.offered.get(question.id)
    return None if told is None or isinstance(read_answer(question, told, walk.desk.today), NoAnswer) else told


def _take(walk: ScenarioWalk, question: Asked, said: Told) -> Step[ScenarioWalk]:
    """An impossible answer is told so, and nothing is lost."""
    answer = read_answer(question, said, walk.desk.today)
    others = {name: each for name, each in walk.way.told.answers.items() if name != question.id}
    refused = answer if isinstance(answer, NoAnswer) else beyond_bounds(question, answer, walk.desk.today, others)
    if refused:
        return replace(walk.noting(refused.says), node="", misses=0)
    return replace(walk.knowing(question.id, said), node="", misses=0)


def _to_question(walk: ScenarioWalk, place: int) -> Step[ScenarioWalk]:
    """我要改第一个问题: it is asked once more, and the others keep their answers."""
    answered = [each for each in walk.way.asked if each.id in walk.way.told.answers]
    if not 0 < place <= len(answered):
        return replace(walk.noting(walk.say("no_such_question", count=len(answered))), node="", misses=0)
    return _asked_again(walk, answered[place - 1])


def _beforehand(walk: ScenarioWalk, question: Asked) -> Iterator[str]:
    """What is said above the question: what she seemed to mean, what she told before; and after misses, the options in
    other words."""
    if guess := walk.guess.get(question.id):
        yield walk.say("is_it_so", answer=answer_in_words(question, guess))
    elif told := _offered(walk):
        yield walk.say("told_before", answer=answer_in_words(question, told))
    elif walk.misses and (words := list(_in_other_words(question))):
        yield walk.say("in_other_words", words="；".join(words))


def _in_other_words(question: Asked) -> Iterator[str]:
    for number, option in enumerate(question.options, start=1):
        if words := option.means[:SOME_WORDS]:
            yield f"{number}就是{'、'.join(words)}"


def _put_right(walk: ScenarioWalk) -> Step[ScenarioWalk] | None:
    """不对，是公司 gives another answer to an earlier question; 改一下面积 asks it once more. 应该是八年 answers
    the open one, if it does; 其实是两个人合伙 does not where one of the options before it was 合伙."""
    sentence, open_one = walk.heard.sentence, _open(walk)
    answered = [each for each in walk.way.asked if each.id in walk.way.told.answers]
    found = answer_put_right(sentence, answered, walk.given, walk.desk)
    if not (sentence.correction or sentence.takes_back or (found and wants_change(sentence))):
        meant = read_told(open_one, sentence, walk.desk.today)
        if meant is not None and meant.is_sure:
            if open_one.options or not (found and _is_said(found[0], sentence)):
                return None
            walk = replace(walk, offered={**walk.offered, open_one.id: meant.told})
    if found:
        question, told = found
        walk = replace(walk, month="")
        return _take(walk.noting(walk.say("put_right", ask=question.ask)), question, told)
    again = question_to_change(sentence, answered, walk.desk)
    if again and says_what_it_is(sentence.text):
        return replace(walk.without(again.id), node="", guess={}, month="", misses=0)
    return _asked_again(walk, again) if again else None


def _not_yet(walk: ScenarioWalk, question: Asked, told: Told, day: date) -> Step[ScenarioWalk]:
    """2099年1月1日出生 tells of no birth; where one option alone is left, it is asked back."""
    left = [value for value in question.values if value != told]
    guess = {question.id: left[0]} if question.kind == "single" and len(left) == 1 else {}
    noted = walk.noting(walk.say("still_to_come", day=say_day(day), answer=answer_in_words(question, told)))
    return ask_again(replace(noted, guess=guess), QUESTIONS[ANSWER])


def keeping(walk: ScenarioWalk, later: Asked, told: Told) -> ScenarioWalk:
    """What was told of a question that is still to come."""
    noted = walk.noting(walk.say("kept_for_later", answer=answer_in_words(later, told)))
    return replace(noted, offered={**walk.offered, later.id: told}, guess={})


def _is_said(question: Asked, sentence: Sentence) -> bool:
    """By the words of its options."""
    return says("puts_right", sentence.text) and any(said_of_options(question, sentence.text).values())


def _asked_again(walk: ScenarioWalk, question: Asked) -> ScenarioWalk:
    """The others keep their answers, and its own is offered."""
    offered = {**walk.offered, question.id: walk.given[question.id]}
    return replace(walk.without(question.id), node="", guess={}, month="", misses=0, offered=offered)

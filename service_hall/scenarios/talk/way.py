"""The way of a scenario: which question comes next, and what may be said at any of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from knowledge_base.scenarios.topics import topic_id_of
from knowledge_base.search.find import Answered, Decision
from service_hall.conversation.acts import Act
from service_hall.conversation.guided.question import Question, Step
from service_hall.conversation.guided.runner import ask_again
from service_hall.conversation.guided.way import ANSWERS, Way
from service_hall.conversation.turn import Ended, Turn
from service_hall.hearing.figures import is_amount
from service_hall.hearing.notions import says
from service_hall.hearing.several import place_done, place_to_book, place_undone
from service_hall.scenarios.asking import answer_in_words
from service_hall.scenarios.talk.answers_meant import read_told
from service_hall.scenarios.talk.ending import finish, leave
from service_hall.scenarios.talk.of_list import asks_of_step
from service_hall.scenarios.talk.other_questions import answered_already, only_fits_later
from service_hall.scenarios.talk.questions import QUESTIONS, keeping, not_known
from service_hall.scenarios.talk.walk import ANSWER, LEAVE, SWITCH, ScenarioWalk


class ScenarioWay(Way[ScenarioWalk]):
    @property
    def questions(self) -> Mapping[str, Question[ScenarioWalk]]:
        return QUESTIONS

    def proceed(self, walk: ScenarioWalk) -> Turn:
        way = walk.way
        if way.refused:  # one answer against another: the later one is asked again
            again = walk.without(way.refused.node).noting(way.refused.says)
            return again.ask(ANSWER, QUESTIONS[ANSWER].ask(again))
        return walk.ask(ANSWER, QUESTIONS[ANSWER].ask(walk)) if way.next else finish(walk)

    def stop(self, walk: ScenarioWalk) -> Turn:
        """Asked once; before anything was told there is nothing to ask."""
        if walk.is_asking(LEAVE) or walk.is_untold:
            return leave(walk)
        return walk.ask(LEAVE, QUESTIONS[LEAVE].ask(walk))

    def stops(self, walk: ScenarioWalk) -> bool:
        return walk.stops

    def before(self, walk: ScenarioWalk) -> str:
        return "" if walk.is_untold else ANSWER

    def read(self, walk: ScenarioWalk) -> Step[ScenarioWalk] | None:
        if says("asks_for_checklists", walk.heard.text):
            return None  # whatever option it is near to
        if other := _other_scenario(walk):
            turned = replace(walk, other=other)
            known = walk.desk.means.library().published.scenarios
            turned = turned.noting(known[other].opening) if known[other].opening else turned
            return turned.ask(SWITCH, QUESTIONS[SWITCH].ask(turned))
        if walk.is_asking(ANSWER) and asks_of_step(walk.heard.sentence):
            return ask_again(walk, QUESTIONS[ANSWER], "list_not_yet")
        if walk.is_asking(ANSWER) and _speaks_of_list(walk.heard.text) and not _has_list(walk):
            return ask_again(walk, QUESTIONS[ANSWER], "list_not_yet")
        read = QUESTIONS[walk.node].read(walk)
        if read is None and walk.is_asking(ANSWER) and says("does_not_know", walk.heard.text):
            return not_known(walk)
        if read is None and walk.is_asking(ANSWER) and (already := answered_already(walk)):
            noted = walk.say("answered_already", answer=answer_in_words(*already))
            return ask_again(walk.noting(noted), QUESTIONS[ANSWER])
        question = walk.way.next if read is None and walk.is_asking(ANSWER) and self.misses(walk) else None
        if question and (later := only_fits_later(walk, question)):
            return ask_again(keeping(walk, *later), QUESTIONS[ANSWER])
        if read is None and walk.guess and self.misses(walk):  # what was asked back is no longer
            answer = QUESTIONS[ANSWER]
            return replace(ask_again(replace(walk, guess={}), answer, answer.missed(walk)), is_miss=True)
        return read

    def misses(self, walk: ScenarioWalk) -> bool:
        """A question in the middle is answered by whoever answers it; what tells nothing is a miss."""
        act, sentence = walk.heard.act, walk.heard.sentence
        if is_amount(sentence.text):
            return True  # 0个人 wants nobody to talk to
        if not sentence.asks and _is_found(sentence.found, topic_id_of(walk.scenario.id)):
            return True  # 有一个孩子, in the middle of 离婚: what is walked through already answers nothing
        return not sentence.asks and (act in ANSWERS or not isinstance(sentence.found, Answered)) and act not in _BESIDE

    def take_back(self, walk: ScenarioWalk, ended: Ended) -> ScenarioWalk:
        return walk


_BESIDE = frozenset(
    {Act.GREET, Act.THANKS, Act.GOODBYE, Act.ASK_HUMAN, Act.MY_APPOINTMENTS, Act.PROGRESS, Act.COMPLAINT}
)


def _speaks_of_list(text: str) -> bool:
    """下一步办什么, 打印清单, 第1件办好了, 约第2件."""
    is_asked = says("asks_next_step", text) or says("prints_list", text)
    return is_asked or any(place(text) is not None for place in (place_done, place_undone, place_to_book))


def _has_list(walk: ScenarioWalk) -> bool:
    """One that was made before."""
    return any(not each.is_draft for each in walk.desk.checklists.of_visitor(walk.heard.visitor_id))


def _is_found(found: Decision, topic_id: str) -> bool:
    return isinstance(found, Answered) and found.hit.guide_id == topic_id


def _other_scenario(walk: ScenarioWalk) -> str:
    """我还想开个餐馆, 我妈昨晚走了, in the middle of another; what answers the open question is none."""
    sentence = walk.heard.sentence
    question = walk.way.next
    if not walk.is_asking(ANSWER) or question is None:
        return ""
    library, found = sentence.library, sentence.found
    told = library.event_told_in(sentence.text)
    meant = read_told(question, sentence, walk.desk.today)
    is_near = meant is not None and not meant.by_words and bool(told)
    if (
        QUESTIONS[ANSWER].read(walk) is not None and not is_near
    ):  # 我妈昨晚走了 is told outright, whatever it is near to
        return ""
    told = told or (found.hit.guide_id if isinstance(found, Answered) else "")
    scenario = library.scenario_of(told)
    return scenario.id if scenario and scenario.id != walk.scenario.id else ""

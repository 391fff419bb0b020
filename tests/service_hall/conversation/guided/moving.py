"""A made-up life event of two questions, which leads into a real booking: how many move, and whether to book now."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from service_hall.conversation.acts import Act
from service_hall.conversation.context import OpenWalk
from service_hall.conversation.flow import Heard
from service_hall.conversation.guided.flow import GuidedFlow
from service_hall.conversation.guided.question import Question, Step
from service_hall.conversation.guided.walk import Walk
from service_hall.conversation.guided.way import Way
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import Outcome, Progress, QuestionOption, QuestionReply, TextReply
from service_hall.conversation.turn import Ended, Turn
from service_hall.hearing.heard import Sentence
from tests.visit_town import CARD, VisitTown

WORDS = {
    "stale": "这个选项用过了。",
    "missed": "没听懂。",
    "which_one": "选一个。",
    "tired": "不想办了就说“不办了”。",
    "first_step": "已经是第一步。",
    "resumed": "接着办搬家。",
    "stopped": "好的，搬家先不办。",
}


@dataclass(frozen=True, kw_only=True)
class MovingWalk(Walk):
    name: ClassVar[str] = "moving"
    answers: Mapping[str, Any] = field(default_factory=dict)

    def say(self, name: str, /, **filled: Any) -> str:
        return WORDS[name].format(**filled)

    def kept(self) -> dict[str, Any]:
        return dict(self.answers)

    def knowing(self, **answers: Any) -> MovingWalk:
        return replace(self, answers={**self.answers, **answers})


class HowMany(Question[MovingWalk]):
    node = "how_many"

    def ask(self, walk: MovingWalk) -> QuestionReply:
        return _reply(walk, self.node, "几个人搬？", kind="number")

    def read(self, walk: MovingWalk) -> Step[MovingWalk] | None:
        return self.choose(walk, walk.heard.text)

    def choose(self, walk: MovingWalk, value: str) -> Step[MovingWalk] | None:
        return walk.knowing(how_many=int(value)) if value in ("1", "2", "3") else None

    def forget(self, walk: MovingWalk) -> MovingWalk:
        return replace(walk, answers={})


class BookNow(Question[MovingWalk]):
    node = "book_now"

    def ask(self, walk: MovingWalk) -> QuestionReply:
        return _reply(walk, self.node, "现在就约吗？", options=("book", "again", "later"))

    def read_first(self, walk: MovingWalk) -> Step[MovingWalk] | None:
        """不约 is an answer here, and stops nothing."""
        return self.read(walk)

    def read(self, walk: MovingWalk) -> Step[MovingWalk] | None:
        return self.choose(walk, {"约": "book", "不约": "later"}.get(walk.heard.text, ""))

    def choose(self, walk: MovingWalk, value: str) -> Step[MovingWalk] | None:
        match value:
            case "book":
                return walk.noting("先约办证。").lead_into("booking", {"guide_id": CARD})
            case "again":
                return walk.lead_into("moving", {"how_many": 3})
            case "nowhere":
                return walk.lead_into("nowhere", {})
            case "later":
                return walk.knowing(booked="")
        return None


QUESTIONS: Mapping[str, Question[MovingWalk]] = {question.node: question for question in (HowMany(), BookNow())}


class MovingWay(Way[MovingWalk]):
    @property
    def questions(self) -> Mapping[str, Question[MovingWalk]]:
        return QUESTIONS

    def proceed(self, walk: MovingWalk) -> Turn:
        for node, known in (("how_many", "how_many"), ("book_now", "booked")):
            if known not in walk.answers:
                return walk.ask(node, self.questions[node].ask(walk))
        told = f"{walk.answers['how_many']}个人搬，预约码：{walk.answers['booked'] or '没有约'}"
        return walk.end(Outcome.DONE, TextReply(text=told), told={"how_many": walk.answers["how_many"]})

    def stop(self, walk: MovingWalk) -> Turn:
        return walk.end(Outcome.ANSWERED, TextReply(text=walk.say("stopped")))

    def stops(self, walk: MovingWalk) -> bool:
        return walk.heard.stops

    def take_back(self, walk: MovingWalk, ended: Ended) -> MovingWalk:
        if ended.name == "moving":
            return walk.noting(f"另一家{ended.told['how_many']}人。") if ended.told else walk
        return walk.knowing(booked=ended.told["code"]) if ended.told else walk


class MovingFlow(GuidedFlow[MovingWalk]):
    name = "moving"
    acts: Set[Act] = frozenset({Act.CHANGE_ITEM})

    def __init__(self, town: VisitTown) -> None:
        self.way = MovingWay()
        super().__init__(self.way, town.means.hear)

    def claims(self, sentence: Sentence) -> Act | None:
        return Act.CHANGE_ITEM if "搬家" in sentence.text else None

    def begin(self, heard: Heard) -> Turn | None:
        return self.way.proceed(MovingWalk(heard=heard, walk_id=secrets.token_urlsafe(4)))

    def enter(self, heard: Heard, given: Mapping[str, Any]) -> Turn | None:
        return self.way.proceed(MovingWalk(heard=heard, walk_id=secrets.token_urlsafe(4), answers=given))

    def opened(self, heard: Heard, kept: OpenWalk) -> MovingWalk:
        return MovingWalk(
            heard=heard,
            walk_id=kept.walk_id,
            node=kept.node,
            answers=kept.answers,
            misses=kept.misses,
            trail=kept.trail,
        )


def tap_on(node: str, value: str) -> str:
    return command_payload("give_details", node=node, value=value)


def _reply(
    walk: MovingWalk, node: str, text: str, kind: Any = "single", options: tuple[str, ...] = ()
) -> QuestionReply:
    return QuestionReply(
        text=text,
        form="moving",
        node=node,
        kind=kind,
        options=tuple(QuestionOption(label=each, payload=tap_on(node, each), value=each) for each in options),
        progress=Progress(step=len(walk.trail_to(node)) + 1, of=2),
    )

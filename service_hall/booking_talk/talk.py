"""One turn of the talk: what is known, what is to be said before the next question, and the ways in which it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge_base.library import Library
from service_hall.appointments import changing
from service_hall.booking_talk.answers import Answers
from service_hall.conversation.context import Context, OpenFlow
from service_hall.conversation.flow import Heard
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import Choice, Outcome, Progress, QuestionOption, QuestionReply, Reply, TextReply
from service_hall.conversation.turn import Turn
from service_hall.conversation.whereabouts import whom_to_ask
from service_hall.shared.wording import Wording
from service_hall.visits.means import Means
from service_hall.visits.visit import Code

FORM = "booking"
wording = Wording(Path(__file__).parent / "wording.yml")
_STEPS = {"item": 1, "office": 2, "when": 3, "person": 4, "confirm": 5}


@dataclass(frozen=True)
class Talk:
    means: Means
    heard: Heard
    flow_id: str
    node: str = ""
    answers: Answers = field(default_factory=Answers)
    notes: tuple[str, ...] = ()
    """Said above the next question."""
    misses: int = 0
    region: str | None = None

    @property
    def library(self) -> Library:
        return self.means.library()

    def knowing(self, **answers: Any) -> Talk:
        return replace(self, answers=self.answers.model_copy(update=answers))

    def noting(self, *notes: str) -> Talk:
        return replace(self, notes=(*self.notes, *(note for note in notes if note)))

    def say(self, name: str, /, **filled: Any) -> str:
        return wording.say(name, **whom_to_ask(self.library, self.region), **filled)

    @property
    def context(self) -> Context:
        """What carries over; the item of the talk is what a question in between is about."""
        before = self.heard.context
        guide_id = self.answers.guide_id or before.guide_id
        moved_on = guide_id != before.guide_id and before.guide_id
        return before.model_copy(
            update={
                "guide_id": guide_id,
                "previous_id": before.guide_id if moved_on else before.previous_id,
                "region": self.region,
            }
        )

    # how a turn ends

    def ask(self, node: str, question: Reply, misses: int = 0) -> Turn:
        kept = self.answers.model_dump(mode="json", exclude_defaults=True)
        flow = OpenFlow(name=FORM, flow_id=self.flow_id, node=node, answers=kept, misses=misses)
        return Turn(Outcome.ASKING, (self._with_notes(question),), self.context.model_copy(update={"flow": flow}))

    def end(self, outcome: Outcome, *replies: Reply) -> Turn:
        replies = (self._with_notes(replies[0]), *replies[1:])
        return Turn(outcome, replies, self.context.model_copy(update={"flow": None}))

    def end_saying(self, text: str, outcome: Outcome = Outcome.ANSWERED) -> Turn:
        """The place that was held is let go."""
        return self.let_go().end(outcome, TextReply(text=text))

    def let_go(self) -> Talk:
        if self.answers.hold:
            changing.cancel(self.means, self.heard.visitor_id, Code(self.answers.hold))
        return self.knowing(hold="", starts_at=None)

    def _with_notes(self, reply: Reply) -> Reply:
        return reply.model_copy(update={"text": "\n".join((*self.notes, reply.text))}) if self.notes else reply


def region_of(context: Context, means: Means) -> str | None:
    """A region that was named before may have gone from the tree since."""
    return context.region if context.region in means.library().regions else None


def progress_at(node: str) -> Progress | None:
    return Progress(step=_STEPS[node], of=len(_STEPS)) if node in _STEPS else None


def option(node: str, label: str, value: str, code: str = "") -> QuestionOption:
    fields = {"node": node, "value": value} | ({"code": code} if code else {})
    return QuestionOption(label=label, payload=command_payload("give_details", **fields), value=value)


def single_choice(node: str, text: str, options: Sequence[QuestionOption]) -> QuestionReply:
    """The text alone must do on a door without buttons: numbered, answered with the number."""
    return QuestionReply(
        text="\n".join((text, *numbered(options))),
        form=FORM,
        node=node,
        kind="single",
        options=tuple(options),
        progress=progress_at(node),
    )


def numbered(options: Sequence[Choice]) -> list[str]:
    return [f"{number}. {each.label}" for number, each in enumerate(options, start=1)]

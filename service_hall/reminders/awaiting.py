"""有答案了告诉我: asked below what was not found, noted on consent, told once when there is an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from knowledge_base.language.plain import plain
from service_hall.conversation.acts import Act
from service_hall.conversation.flow import Errand, Heard
from service_hall.conversation.message import AWAIT
from service_hall.conversation.reply import AnswerReply, Choice, NoticeReply, Outcome, TextReply, ask_payload
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import button_label
from service_hall.reminders.awaited import KEPT, Awaited, AwaitedRecords, new_awaited
from service_hall.reminders.delivering import Door
from service_hall.reminders.rendering import wording
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.errors import VisitorForgotten
from service_hall.visits.decent_hours import next_decent
from service_hall.visits.means import Means
from service_hall.visits.notices import NoticeId

log = logging.getLogger(__name__)
KIND = "answer_found"
Answer = Callable[[str, str | None], AnswerReply | None]
"""What is answered to a question in a region today; None: nothing."""


class AwaitingErrand(Errand):
    def __init__(self, means: Means, records: AwaitedRecords) -> None:
        self._means, self._records = means, records

    @property
    def name(self) -> str:
        return AWAIT

    @property
    def acts(self) -> Set[Act]:
        return frozenset()

    def begin(self, heard: Heard) -> Turn | None:
        return None  # no act does: it is offered, and taken (`take_up`, `enter`)

    def take_up(self, heard: Heard) -> Turn | None:
        """好, or the words of the button, right after it was offered."""
        context = heard.context
        if not context.unanswered or context.walks or context.options:
            return None
        agrees = heard.sentence.assents or plain(heard.text) == plain(button_label(AWAIT))
        return self._note(heard) if agrees else None

    def enter(self, heard: Heard, given: Mapping[str, Any]) -> Turn | None:
        """By a tap."""
        return self._note(heard)

    def _note(self, heard: Heard) -> Turn:
        context = heard.context
        if not context.unanswered:
            return _said(heard, "ask_anew")
        wanted = new_awaited(heard.visitor_id, context.unanswered, context.region, self._means.now())
        try:
            is_new = self._records.keep(wanted)
        except VisitorForgotten:
            is_new = False
        return _said(heard, "will_be_told" if is_new else "waits_already")


@dataclass
class Awaiting:
    """What became answerable is told. `told_of`: what was looked at last, so that nothing is asked twice of what is
    published."""

    means: Means
    records: AwaitedRecords
    answer: Answer
    _looked_in: object = field(default=None, init=False)
    _looked_at: frozenset[NoticeId] = field(default=frozenset(), init=False)

    def tell_due(self, doors: Sequence[Door]) -> int:
        """How many were told; by day. Each is told once, however often and on however many nodes this runs."""
        now, library = self.means.now(), self.means.library()
        if next_decent(now, self.means.rules_now()) != now:
            return 0
        known = self._looked_at if self._looked_in is library else frozenset[NoticeId]()
        waiting = [each for each in self.records.open_ones() if each.awaited_id not in known]
        told = sum(self._tell(each, doors) for each in waiting)
        self._looked_in, self._looked_at = library, known | {each.awaited_id for each in waiting}
        return told

    def as_it_stands(self, awaited_id: NoticeId) -> NoticeReply | None:
        """For a door that tells it later. None: there is no answer (any more)."""
        awaited = self.records.find(awaited_id)
        return self._notice(awaited) if awaited else None

    def drop_old(self) -> int:
        return self.records.drop(self.means.now() - KEPT)

    def _tell(self, awaited: Awaited, doors: Sequence[Door]) -> bool:
        notice = self._notice(awaited)
        if notice is None:
            return False
        now = self.means.now()
        for door in doors:
            door.deliver(awaited.visitor_id, awaited.awaited_id, notice, now)
        # After the doors have it: a crash in between hands it in again, under the same id.
        return self.records.told(awaited.awaited_id, now)

    def _notice(self, awaited: Awaited) -> NoticeReply | None:
        reply = self.answer(awaited.question, awaited.region or None)
        if reply is None:
            return None
        day = awaited.asked_at.astimezone(SHANGHAI)
        said = wording.say("answer_found", month=day.month, day=day.day, question=awaited.question)
        lead = reply.text[: reply.lead].strip() if reply.lead else reply.text.partition("\n")[0]
        look = Choice(label=wording.say("do_read_answer"), payload=ask_payload(reply.aspect, reply.guide_id))
        return NoticeReply(text=f"{said}\n{lead}", kind=KIND, options=(look,))


def _said(heard: Heard, name: str) -> Turn:
    context = heard.context.model_copy(update={"unanswered": "", "suggested": ()})
    outcome = Outcome.DONE if name == "will_be_told" else Outcome.ANSWERED
    return Turn(outcome, (TextReply(text=wording.say(name)),), context, name)


def answer_by(respond: Callable[[str, str | None], Turn]) -> Answer:
    """`respond`: to somebody's first sentence, in a region."""

    def answer(question: str, region: str | None) -> AnswerReply | None:
        turn = respond(question, region)
        return next((each for each in turn.replies if isinstance(each, AnswerReply)), None)

    return answer

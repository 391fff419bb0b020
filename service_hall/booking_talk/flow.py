"""The booking as a flow: what begins it, and its walk as the context keeps it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Any

from service_hall.booking_talk import own_bookings, waiting
from service_hall.booking_talk.answers import Answers, read_answers
from service_hall.booking_talk.beginning import book, book_item, change
from service_hall.booking_talk.claiming import claimed
from service_hall.booking_talk.details import take_out
from service_hall.booking_talk.questions import QUESTIONS
from service_hall.booking_talk.talk import FORM, Talk, region_of
from service_hall.booking_talk.way import BookingWay
from service_hall.booking_talk.way_there import way_there
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context, OpenWalk
from service_hall.conversation.flow import Heard, TakenOut
from service_hall.conversation.guided.flow import GuidedFlow
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.conversation.turn import Turn
from service_hall.hearing.heard import Sentence
from service_hall.shared.ids import VisitorId
from service_hall.visits.means import Means

GIVEN = frozenset({"guide_id", "office_id"})
"""What a walk that leads into a booking may know of it."""


class BookingFlow(GuidedFlow[Talk]):
    def __init__(self, means: Means) -> None:
        super().__init__(BookingWay(), means.hear)
        self._means = means

    @property
    def name(self) -> str:
        return FORM

    @property
    def acts(self) -> Set[Act]:
        return {Act.BOOK, Act.CANCEL, Act.RESCHEDULE, Act.MY_APPOINTMENTS, Act.GIVE_DETAILS}

    def claims(self, sentence: Sentence) -> Act | None:
        return claimed(sentence)

    def begin(self, heard: Heard) -> Turn | None:
        """One that was open before, on top, is over: the new one may be for the same place. But for one more, and for
        what is done with a booking that there is, which come on top of it."""
        if heard.act is Act.BOOK and heard.sentence.takes_number:
            return None  # 取号, of what is booked
        if heard.sentence.books_one_more and self.open_walk(heard):
            return book(self._one_more(heard))
        if heard.act is Act.MY_APPOINTMENTS:
            return self._tell_own(heard)
        open_talk = self.open_walk(heard)
        before = heard.context
        waits = open_talk and open_talk.books_anew and heard.act in (Act.CANCEL, Act.RESCHEDULE)
        if open_talk and not waits:
            heard = replace(heard, context=before.without_walk(open_talk.walk_id))
        talk = self._new_talk(heard)
        if heard.act is Act.BOOK:
            self.let_go(heard.visitor_id, before)
            return book(talk)
        turn = self._errand(talk)
        if turn and not waits:
            self.let_go(heard.visitor_id, before)
        return turn

    def take_up(self, heard: Heard) -> Turn | None:
        return way_there(self._new_talk(heard)) if heard.sentence.asks_the_way else None

    def enter(self, heard: Heard, given: Mapping[str, Any]) -> Turn | None:
        talk = self._new_talk(heard)
        known = {name: value for name, value in given.items() if name in GIVEN}
        return book_item(talk.knowing(**known)) if known.get("guide_id") in talk.library.names else None

    def let_go(self, visitor_id: VisitorId, context: Context) -> None:
        if talk := self.open_walk(self.silent(visitor_id, context)):
            talk.let_go()

    def take_out_person(self, visitor_id: VisitorId, text: str, context: Context) -> TakenOut:
        talk = self.open_walk(self.silent(visitor_id, context))
        question = QUESTIONS.get(talk.node) if talk else None
        if talk is None or question is None:
            return take_out(self._means, visitor_id, text, expect_name=False)
        return question.take_out(self._means, visitor_id, text, talk.answers)

    def opened(self, heard: Heard, kept: OpenWalk) -> Talk:
        answers = read_answers(kept.answers)
        if heard.context.location:
            answers = answers.model_copy(update={"location": heard.context.location})
        return Talk(
            means=self._means,
            heard=heard,
            walk_id=kept.walk_id,
            node=kept.node,
            answers=answers,
            misses=kept.misses,
            trail=kept.trail,
            region=region_of(heard.context, self._means),
        )

    def _errand(self, talk: Talk) -> Turn | None:
        command = talk.heard.command
        match talk.heard.act:
            case Act.CANCEL if not command and talk.heard.sentence.keeps_booking:
                return Turn(Outcome.ANSWERED, (TextReply(text=talk.say("kept")),), talk.heard.context)
            case Act.CANCEL:
                return change(talk.knowing(errand="cancel"))
            case Act.RESCHEDULE if command or _moves_booking(talk):
                return change(talk.knowing(errand="move"))
            case Act.GIVE_DETAILS if command and command["node"] == "offer":
                return waiting.answer_offer(talk, command["code"], command["value"])
            case Act.GIVE_DETAILS if not command and _speaks_of_booking(talk.heard.sentence):
                return book(talk) if talk.heard.sentence.sure_item else None
        return None

    def _new_talk(self, heard: Heard) -> Talk:
        return Talk(
            means=self._means,
            heard=heard,
            walk_id=secrets.token_urlsafe(9),
            answers=Answers(location=heard.context.location),
            region=region_of(heard.context, self._means),
        )

    def _one_more(self, heard: Heard) -> Talk:
        """再约一个: what was being talked about is the other one's."""
        about_nothing = heard.context.model_copy(update={"guide_id": None})
        talk = self._new_talk(replace(heard, act=Act.BOOK, context=about_nothing))
        return talk.noting(talk.say("one_more"))

    def _tell_own(self, heard: Heard) -> Turn | None:
        replies = own_bookings.told(self.open_walk(heard) or self._new_talk(heard))
        if not replies:
            return None
        if question := self.ask_again(heard.context):
            return Turn(Outcome.ASKING, (*replies, question), heard.context)
        return Turn(Outcome.ANSWERED, replies, heard.context)


def _moves_booking(talk: Talk) -> bool:
    """改密码, 换证 change what a service changes; 改到周五 and 第二个改一下 a booking."""
    sentence = talk.heard.sentence
    return bool(sentence.speaks_of_moving or sentence.when or sentence.picks_by_place or not sentence.subject)


def _speaks_of_booking(sentence: Sentence) -> bool:
    """办社保卡，约后天下午三点: a booking, though most of it tells a time."""
    return sentence.speaks_of_booking and not sentence.asks

"""The way through a booking: which question comes next, and what each sentence is an answer to."""

from __future__ import annotations

import secrets
from collections.abc import Set

from service_hall.booking_talk import details, own_bookings, proving, signals, waiting, who
from service_hall.booking_talk.answers import Answers, read_answers
from service_hall.booking_talk.beginning import book, change
from service_hall.booking_talk.claiming import claimed
from service_hall.booking_talk.listening import listen, tapped
from service_hall.booking_talk.next_question import proceed, question_at
from service_hall.booking_talk.talk import FORM, Talk, region_of
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context, OpenFlow
from service_hall.conversation.flow import Heard, TakenOut
from service_hall.conversation.reply import Outcome, Reply
from service_hall.conversation.turn import Turn
from service_hall.hearing.heard import Sentence
from service_hall.shared.ids import VisitorId
from service_hall.visits.means import Means

_NOBODY = VisitorId("")


class BookingFlow:
    def __init__(self, means: Means) -> None:
        self._means = means

    @property
    def name(self) -> str:
        return FORM

    @property
    def acts(self) -> Set[Act]:
        return {Act.BOOK, Act.CANCEL, Act.RESCHEDULE, Act.MY_APPOINTMENTS, Act.GIVE_DETAILS}

    def claims(self, sentence: Sentence) -> Act | None:
        return claimed(sentence, self._means)

    def begin(self, heard: Heard) -> Turn | None:
        if heard.act is Act.MY_APPOINTMENTS:
            return self._tell_own(heard)
        talk = self._new_talk(heard)
        if heard.act is Act.BOOK:
            self._let_go_of_open(heard)  # first: the new booking may be for the same place
            return book(talk)
        turn = self._errand(talk)
        if turn:
            self._let_go_of_open(heard)
        return turn

    def go_on(self, heard: Heard) -> Turn | None:
        if heard.context.flow is None:
            return None
        talk = self._open_talk(heard, heard.context.flow)
        heard_as = tapped(talk, heard.command) if heard.command else listen(talk)
        return proceed(heard_as) if isinstance(heard_as, Talk) else heard_as

    def ask_again(self, context: Context) -> Reply | None:
        if context.flow is None or context.flow.name != FORM:
            return None
        talk = self._open_talk(Heard(_NOBODY, self._means.hear(""), Act.REPEAT, None, context), context.flow)
        return question_at(talk)

    def take_out_person(self, visitor_id: VisitorId, text: str, context: Context) -> TakenOut:
        flow = context.flow if context.flow and context.flow.name == FORM else None
        answers = read_answers(flow.answers) if flow else Answers()
        if (
            flow
            and flow.node == proving.NODE
            and (code := proving.take_out_code(self._means, visitor_id, text, answers))
        ):
            return code
        at_person = bool(flow and flow.node == who.NODE)
        asks_name = at_person and ("name" in answers.lacks or answers.changing)
        known = details.open_fields(self._means.safe, visitor_id, answers.person).get("name", "")
        return details.take_out(self._means, visitor_id, text, expect_name=asks_name, at_person=at_person, known=known)

    def _errand(self, talk: Talk) -> Turn | None:
        command = talk.heard.command
        match talk.heard.act:
            case Act.CANCEL:
                return change(talk.knowing(errand="cancel"))
            case Act.RESCHEDULE:
                return change(talk.knowing(errand="move"))
            case Act.GIVE_DETAILS if command and command["node"] == "offer":
                return waiting.answer_offer(talk, command["code"], command["value"])
            case Act.GIVE_DETAILS if not command and signals.books(talk.heard.text):
                return book(talk) if talk.heard.sentence.sure_item else None
        return None

    def _let_go_of_open(self, heard: Heard) -> None:
        """A talk that was open before is over."""
        if heard.context.flow and heard.context.flow.name == FORM:
            self._open_talk(heard, heard.context.flow).let_go()

    def _new_talk(self, heard: Heard) -> Talk:
        answers = Answers(location=heard.context.location)
        return Talk(
            self._means, heard, secrets.token_urlsafe(9), answers=answers, region=region_of(heard.context, self._means)
        )

    def _open_talk(self, heard: Heard, flow: OpenFlow) -> Talk:
        answers = read_answers(flow.answers)
        if heard.context.location:
            answers = answers.model_copy(update={"location": heard.context.location})
        return Talk(
            self._means,
            heard,
            flow.flow_id,
            flow.node,
            answers,
            misses=flow.misses,
            region=region_of(heard.context, self._means),
        )

    def _tell_own(self, heard: Heard) -> Turn | None:
        flow = heard.context.flow
        talk = self._open_talk(heard, flow) if flow and flow.name == FORM else self._new_talk(heard)
        replies = own_bookings.told(talk)
        if not replies:
            return None
        if flow and flow.name == FORM and (question := self.ask_again(heard.context)):
            return Turn(Outcome.ASKING, (*replies, question), heard.context)
        return Turn(Outcome.ANSWERED, replies, heard.context)

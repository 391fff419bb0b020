"""The questions about a booking that there is: which one, and whether to cancel or move it."""

from __future__ import annotations

from service_hall.booking_talk import own_bookings
from service_hall.booking_talk.asked import BookingQuestion
from service_hall.booking_talk.listening import other_place_or_time
from service_hall.booking_talk.reading import read_said
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.guided.question import Step
from service_hall.conversation.guided.runner import ask_again
from service_hall.conversation.message import Command
from service_hall.conversation.reply import QuestionReply


class _OfOwn(BookingQuestion):
    """About a booking that there is."""

    def takes(self, talk: Talk, command: Command) -> bool:
        return talk.is_asking(self.node) and command["code"] in ("", talk.answers.visit)


class Which(_OfOwn):
    node = own_bookings.WHICH

    def ask(self, talk: Talk) -> QuestionReply:
        return own_bookings.which_question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        if talk.heard.sentence.assents:
            return None
        named = own_bookings.read_which(talk)
        is_still_open = talk.answers.errand == "cancel" and talk.heard.sentence.confirms_cancelling  # 确定取消
        return named or (ask_again(talk, self) if is_still_open else None)

    def read(self, talk: Talk) -> Step[Talk] | None:
        return other_place_or_time(self, talk) if talk.answers.errand == "move" else None

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return own_bookings.choose(talk, value)

    def to_choose_from(self, talk: Talk) -> tuple[str, ...]:
        return tuple(each.payload for each in self.ask(talk).options)

    def has_other_answer(self, talk: Talk) -> bool:
        return len(own_bookings.ahead(talk)) > 1

    def forget(self, talk: Talk) -> Talk:
        offered = tuple(visit.code for visit in own_bookings.ahead(talk))
        return talk.knowing(
            visit="", guide_id="", office_id="", starts_at=None, offered=offered[: own_bookings.MOST_ASKED]
        )


class CancelReally(_OfOwn):
    node = own_bookings.CANCEL

    def ask(self, talk: Talk) -> QuestionReply:
        return own_bookings.cancel_question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        """取消 says yes here, and 算了 no; 取消第二个 is about another one."""
        if talk.heard.sentence.ends_by_place:
            return own_bookings.settle(talk, talk.heard.text)
        if picked := self.choose_picked(talk, self.ask(talk).options):
            return picked
        if talk.heard.sentence.confirms_cancelling:
            return own_bookings.cancel(talk)
        if talk.heard.disagrees or talk.heard.sentence.keeps_booking:
            return own_bookings.keep(talk)
        return own_bookings.cancel(talk) if talk.heard.agrees else None

    def read(self, talk: Talk) -> Step[Talk] | None:
        return None

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return own_bookings.choose_cancel(talk, value)


class MoveReally(_OfOwn):
    node = own_bookings.CONFIRM_MOVE

    def ask(self, talk: Talk) -> QuestionReply:
        return own_bookings.move_question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        if picked := self.choose_picked(talk, self.ask(talk).options):
            return picked
        if talk.heard.disagrees:
            return own_bookings.keep(talk)
        return self.choose(talk, own_bookings.YES) if talk.heard.agrees else None

    def read(self, talk: Talk) -> Step[Talk] | None:
        """对，改到后天十点 says the same once more."""
        said = read_said(talk.heard.sentence)
        if said.wanted and talk.answers.starts_at and said.wanted.is_just(talk.answers.starts_at):
            return self.choose(talk, own_bookings.YES)
        return other_place_or_time(self, talk, said)

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return own_bookings.choose_move(talk, value)
